namespace MimHybrid.Store.Rows;

/// <summary>Why a guest change starts nothing: the administrator has said so in the settings.</summary>
public enum IgnoredBecause
{
    AddedNotChosen,

    UpdatedNotChosen,

    /// <summary>Does not start a cycle. The removal guard counts it all the same, since the next import carries it.</summary>
    RemovedNotChosen,

    RestoredNotChosen,

    NotAccepted,

    NotInvited,

    OtherMailDomain,
}

/// <summary>So many changes were ignored for that reason since the store was made.</summary>
/// <param name="Last">When the last of them was read, UTC.</param>
public sealed record IgnoredChanges(IgnoredBecause Reason, long Count, DateTimeOffset Last);

public static class IgnoredReasons
{
    public static IgnoredBecause NotChosen(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => IgnoredBecause.AddedNotChosen,
        ChangeKind.Updated => IgnoredBecause.UpdatedNotChosen,
        ChangeKind.Removed => IgnoredBecause.RemovedNotChosen,
        _ => IgnoredBecause.RestoredNotChosen,
    };

    /// <summary>For people, after a number: "12 invitation not accepted".</summary>
    public static string Describe(this IgnoredBecause reason) => reason switch
    {
        IgnoredBecause.NotAccepted => "invitation not accepted",
        IgnoredBecause.NotInvited => "not created by invitation",
        IgnoredBecause.OtherMailDomain => "of another mail domain",
        IgnoredBecause.AddedNotChosen => "added, which the setting On leaves out",
        IgnoredBecause.UpdatedNotChosen => "updated, which the setting On leaves out",
        IgnoredBecause.RemovedNotChosen => "removed, which the setting On leaves out",
        _ => "restored, which the setting On leaves out",
    };
}
