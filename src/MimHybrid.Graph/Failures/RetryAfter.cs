using System.Net.Http.Headers;

namespace MimHybrid.Graph.Failures;

/// <summary>
/// The header Retry-After, seconds or a date. The SDK caps the one form and misreads the other (README.md#waiting-and-retries). A date is
/// by the other side's clock, and so is the answer's own: the difference is right whatever the time here.
/// </summary>
internal static class RetryAfter
{
    /// <summary>An answer that asks for more is not obeyed: every wait has an end.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static TimeSpan? Read(HttpResponseHeaders? headers, TimeProvider time) => headers?.RetryAfter switch
    {
        { Delta: { } seconds } => Bounded(seconds),
        { Date: { } date } => Bounded(date - (headers.Date ?? time.GetUtcNow())),
        _ => null,
    };

    private static TimeSpan Bounded(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
}
