using System.Globalization;

namespace MimHybrid.Sandbox.SyncServer.Runs;

/// <summary>How MIM writes dates and GUIDs (MimHybrid.Mim/README.md#the-run-history, MimHybrid.Mim/README.md#the-xml-of-a-run).</summary>
internal static class MimText
{
    private const string DateFormat = "yyyy-MM-dd HH:mm:ss.fff";

    /// <summary>UTC; empty where there is none.</summary>
    public static string Date(DateTimeOffset? moment) => moment?.ToUniversalTime().ToString(DateFormat, CultureInfo.InvariantCulture) ?? "";

    /// <summary>Braces, upper case.</summary>
    public static string Id(Guid id) => id.ToString("B").ToUpperInvariant();

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads <c>yyyy-MM-dd HH:mm:ss.fff</c>, UTC; the date alone is allowed.</summary>
    public static bool TryReadDate(string text, out DateTimeOffset moment) => DateTimeOffset.TryParseExact(
        text, [DateFormat, "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment);
}
