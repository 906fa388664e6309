using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;

namespace MimHybrid.Store.Telemetry;

/// <summary>How a value is written as an attribute, so that it stays one of few.</summary>
public static partial class TelemetryWords
{
    private const int LongestWord = 64;

    /// <summary>
    /// Of durations that end between a twentieth of a second and hours: a full import of a large directory takes its time.
    /// </summary>
    public static InstrumentAdvice<double> Runs { get; } = new()
    {
        HistogramBucketBoundaries = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400],
    };

    /// <summary>Of what people wait for: minutes as a rule, hours where something is wrong.</summary>
    public static InstrumentAdvice<double> Waits { get; } = new()
    {
        HistogramBucketBoundaries = [30, 60, 120, 180, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400],
    };

    /// <summary>
    /// The boundaries that the conventions advise for requests: https://opentelemetry.io/docs/specs/semconv/http/http-metrics/.
    /// </summary>
    public static InstrumentAdvice<double> Requests { get; } = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30],
    };

    /// <summary><c>SucceededWithFindings</c> is <c>succeeded_with_findings</c>.</summary>
    public static string Snake<T>(T word) where T : struct, Enum => Hump().Replace(word.ToString(), "_").ToLowerInvariant();

    /// <summary>
    /// MIM's word without what follows a colon, such as the number of a call that failed: each would be a series of its own.
    /// </summary>
    public static string Word(string raw) => raw.Split(':')[0] is { Length: <= LongestWord } word ? word : raw[..LongestWord];

    /// <summary>
    /// A span of something that failed; one that ended well is left without a status
    /// (https://opentelemetry.io/docs/specs/semconv/general/recording-errors/).
    /// </summary>
    public static void Fail(this Activity span, string errorType, string? description)
    {
        span.SetStatus(ActivityStatusCode.Error, description);
        span.SetTag(TelemetryNames.Convention.ErrorType, errorType);
    }

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex Hump();
}
