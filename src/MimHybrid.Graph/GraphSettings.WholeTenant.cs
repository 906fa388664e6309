using MimHybrid.Store.Rows;

namespace MimHybrid.Graph;

/// <summary>How the tenant is read as a whole.</summary>
public enum BaselineChoice
{
    /// <summary>By list from <see cref="GraphSettings.ListBaselineFrom"/> users on.</summary>
    Auto,

    /// <summary>All users by delta, 200 a page: right in every tenant, long in a large one.</summary>
    Delta,

    /// <summary>A delta link first, then a list of the guests only, 999 a page.</summary>
    List,
}

/// <content>
/// Reading the tenant as a whole, and noticing when memory and tenant drift apart (README.md#reading-the-whole-tenant, README.md#drift).
/// </content>
public sealed partial class GraphSettings
{
    public BaselineChoice Baseline { get; set; } = BaselineChoice.Auto;

    /// <summary>With how many users a tenant is large enough for <see cref="BaselineChoice.List"/>.</summary>
    public int ListBaselineFrom { get; set; } = 5000;

    /// <summary>
    /// How long after the delta link the list is read, so that the replicas behind the list have caught up with it. May be zero.
    /// </summary>
    public TimeSpan ListSettleTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// A baseline in which more guests than this are missing, and more than <see cref="BrakePercent"/> of all, has to come twice.
    /// </summary>
    public int BrakeCount { get; set; } = 50;

    /// <summary>See <see cref="BrakeCount"/>.</summary>
    public int BrakePercent { get; set; } = 10;

    /// <summary>How often the guests known are compared with a list of them. Zero: never, and nothing is counted either.</summary>
    public TimeSpan ReconcileEvery { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How often they are only counted in between, which costs one request. Zero: never.</summary>
    public TimeSpan CountEvery { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Without a good round for so long, the agent raises an alert: a delta link is said to die after seven days.</summary>
    public TimeSpan AlertAfter { get; set; } = TimeSpan.FromDays(3);

    /// <summary>How long an answer may be silent, before its headers and between any two pieces of its body.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(45);

    internal BaselineBrake Brake => new(BrakeCount, BrakePercent);
}
