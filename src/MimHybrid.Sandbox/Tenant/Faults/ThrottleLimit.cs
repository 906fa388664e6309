namespace MimHybrid.Sandbox.Tenant;

/// <summary>
/// How much an application may ask of the tenant: a bucket of resource units that drains evenly (MimHybrid.Graph/README.md#throttling).
/// </summary>
/// <param name="Units">What the bucket holds.</param>
/// <param name="Per">How long a full bucket takes to drain.</param>
public sealed record ThrottleLimit(int Units, TimeSpan Per)
{
    /// <summary>How an answer says when to come back.</summary>
    public RetryAfterForm RetryAfter { get; init; } = RetryAfterForm.Seconds;
}

/// <summary>The forms of Retry-After.</summary>
public enum RetryAfterForm
{
    Seconds,

    Date,

    /// <summary>No header: the client has to find its own patience.</summary>
    None,
}
