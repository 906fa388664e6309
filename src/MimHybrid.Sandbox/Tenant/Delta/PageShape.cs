namespace MimHybrid.Sandbox.Tenant;

/// <summary>
/// What pages of users/delta look like. Graph promises little here, so each thing that it may do can be had for sure
/// (MimHybrid.Graph/README.md#order-and-repetition).
/// </summary>
public sealed record PageShape
{
    /// <summary>The most entries of a page; Graph gives 200 or fewer.</summary>
    public int Size { get; init; } = 200;

    /// <summary>Every n-th page is empty and only leads on; 0 for none, otherwise 2 or more.</summary>
    public int EmptyEvery { get; init; }

    /// <summary>Every second page holds half of what it could.</summary>
    public bool Uneven { get; init; }

    /// <summary>The entries of a page come in another order than the changes did.</summary>
    public bool Shuffled { get; init; }

    /// <summary>Each page tells its first entry again at its end.</summary>
    public bool Repeated { get; init; }

    /// <summary>Each round tells the last change of the round before again.</summary>
    public bool Replayed { get; init; }

    /// <summary>Users deleted before a first round are told in it, which the documents rule out and show.</summary>
    public bool RemovedInFirstRound { get; init; }

    /// <summary>A restored user is not told at all, as somebody found (docs #5821).</summary>
    public bool SilentRestores { get; init; }

    /// <summary>
    /// Each page tells its first user a second time as it was one change before: with other values, as deleted, or as not deleted yet.
    /// The sandbox's management agent is spared: how Microsoft's connector settles such a thing is nowhere said.
    /// </summary>
    public bool Contradicted { get; init; }
}
