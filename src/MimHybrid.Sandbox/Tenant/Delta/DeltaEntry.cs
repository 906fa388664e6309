namespace MimHybrid.Sandbox.Tenant;

/// <summary>One entry of a delta page.</summary>
internal abstract record DeltaEntry
{
    private DeltaEntry()
    {
    }

    /// <summary>A user as it is now.</summary>
    /// <param name="User">The user.</param>
    /// <param name="Properties">What to tell of it, as far as it was ever set.</param>
    public sealed record Present(TenantUser User, IReadOnlyList<string> Properties) : DeltaEntry;

    /// <summary>A user that is not there any more.</summary>
    /// <param name="Id">Its id, the only value that is told.</param>
    /// <param name="Reason"><c>changed</c> for the deleted items, <c>deleted</c> for good.</param>
    public sealed record Removed(string Id, string Reason) : DeltaEntry;
}

/// <summary>One page: its entries, and where to go on if the round is not over.</summary>
internal sealed record DeltaPage(IReadOnlyList<DeltaEntry> Entries, LogPosition? Next);
