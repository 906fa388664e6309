namespace MimHybrid.Sandbox.SyncServer;

public enum DirectoryChangeKind
{
    Created,
    Changed,
    Deleted,
}

/// <summary>What just happened to an account.</summary>
public sealed class AccountChangedEventArgs(DirectoryChangeKind kind, DirectoryAccount account, bool byHand) : EventArgs
{
    public DirectoryChangeKind Kind { get; } = kind;

    /// <summary>As it is now, or as it last was.</summary>
    public DirectoryAccount Account { get; } = account;

    /// <summary>An administrator did it, not an export.</summary>
    public bool ByHand { get; } = byHand;
}
