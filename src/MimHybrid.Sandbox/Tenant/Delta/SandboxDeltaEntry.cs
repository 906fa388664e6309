namespace MimHybrid.Sandbox.Tenant;

/// <summary>One entry of a delta page.</summary>
internal abstract record SandboxDeltaEntry
{
    private SandboxDeltaEntry()
    {
    }

    /// <summary>Whom it tells of.</summary>
    public abstract string Id { get; }

    /// <summary>A user as it is now.</summary>
    /// <param name="User">The user.</param>
    /// <param name="Properties">What to tell of it, as far as it was ever set.</param>
    public sealed record Present(TenantUser User, IReadOnlyList<string> Properties) : SandboxDeltaEntry
    {
        public override string Id => User.Id;
    }

    /// <summary>A user that is not there any more.</summary>
    /// <param name="UserId">Its id, the only value that is told.</param>
    /// <param name="Reason"><c>changed</c> for the deleted items, <c>deleted</c> for good.</param>
    public sealed record Removed(string UserId, string Reason) : SandboxDeltaEntry
    {
        public override string Id => UserId;
    }
}

/// <summary>One page: its entries, and where to go on if the round is not over.</summary>
internal sealed record SandboxDeltaPage(IReadOnlyList<SandboxDeltaEntry> Entries, LogPosition? Next);

/// <summary>Who reads a page.</summary>
/// <param name="Minimal">Told only of changed properties, as <c>Prefer: return=minimal</c> asks.</param>
/// <param name="IsSpared">Not told contradictions.</param>
internal readonly record struct DeltaReader(bool Minimal, bool IsSpared);
