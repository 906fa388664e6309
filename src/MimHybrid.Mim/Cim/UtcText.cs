using System.Globalization;

namespace MimHybrid.Mim.Cim;

/// <summary>Times as MIM writes them, UTC without saying so: <c>yyyy-MM-dd HH:mm:ss.fff</c> (reference/mim-sync-engine.md 2.2).</summary>
internal static class UtcText
{
    // The schema allows one to three digits of a fraction, and filters may be written without any.
    private static readonly string[] Formats = ["yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd"];

    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParseExact(text?.Trim(), Formats, CultureInfo.InvariantCulture, Utc, out var time) ? time : null;

    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
