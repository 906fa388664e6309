using System.Globalization;

namespace MimHybrid.Mim.Cim;

/// <summary>Times as MIM writes them, UTC without saying so: <c>yyyy-MM-dd HH:mm:ss.fff</c> (README.md#the-run-history).</summary>
internal static class UtcText
{
    // The schema allows one to three digits of a fraction; so many or none are read.
    private const string Readable = "yyyy-MM-dd HH:mm:ss.FFFFFFF";

    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParseExact(text?.Trim(), Readable, CultureInfo.InvariantCulture, Utc, out var time) ? time : null;

    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
