namespace MimHybrid.Sandbox.Tenant;

/// <summary>What one application has spent of its limit, and until when it was asked to stay away. Not thread-safe.</summary>
/// <remarks>Counted in units times ticks, so that all sums are exact: a client that comes back to the tick is not a tick too
/// early.</remarks>
internal sealed class ResourceBucket(DateTimeOffset begun)
{
    private DateTimeOffset drainedTo = begun;
    private DateTimeOffset closedUntil = DateTimeOffset.MinValue;
    private TimeSpan told;
    private long spent;

    /// <summary>How a request was met.</summary>
    /// <param name="Used">The share of the limit that is used up.</param>
    /// <param name="IsOver">The request does not fit, or came too early.</param>
    /// <param name="ClosedUntil">When to come back, as far as that is told.</param>
    /// <param name="TooEarly">It came before the time that an earlier answer gave.</param>
    public sealed record Verdict(double Used, bool IsOver, DateTimeOffset ClosedUntil, bool TooEarly);

    public Verdict Spend(int units, ThrottleLimit limit, DateTimeOffset now)
    {
        var capacity = limit.Units * limit.Per.Ticks;
        Drain(limit, now);

        var after = spent + (units * limit.Per.Ticks);
        var tooEarly = now < closedUntil;
        if (!tooEarly && after <= capacity)
        {
            spent = after;
            return new Verdict((double)spent / capacity, IsOver: false, closedUntil, TooEarly: false);
        }

        if (limit.RetryAfter is not RetryAfterForm.None)
            Close(tooEarly ? told : WholeSeconds(TimeSpan.FromTicks((after - capacity) / limit.Units)), limit, now);
        return new Verdict((double)after / capacity, IsOver: true, closedUntil, tooEarly);
    }

    /// <summary>Who comes too early is asked to wait as long again, from now on.</summary>
    private void Close(TimeSpan wait, ThrottleLimit limit, DateTimeOffset now)
    {
        told = wait;
        closedUntil = limit.RetryAfter is RetryAfterForm.Date ? NextWholeSecond(now + told) : now + told;
    }

    private void Drain(ThrottleLimit limit, DateTimeOffset now)
    {
        spent = Math.Max(0, spent - ((now - drainedTo).Ticks * limit.Units));
        drainedTo = now;
    }

    /// <summary>At least one, and never less than it takes.</summary>
    private static TimeSpan WholeSeconds(TimeSpan wait) => TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(wait.TotalSeconds)));

    /// <summary>An HTTP date has no fractions: cut off, it would call back too early.</summary>
    private static DateTimeOffset NextWholeSecond(DateTimeOffset at) =>
        at.AddTicks((TimeSpan.TicksPerSecond - (at.Ticks % TimeSpan.TicksPerSecond)) % TimeSpan.TicksPerSecond);
}
