using MimHybrid.Store.Rows;

namespace MimHybrid.Graph;

/// <summary>What one poll came to. Whatever it says is already committed to the store.</summary>
public abstract record PollResult
{
    private PollResult()
    {
    }

    /// <summary>The attribute <c>mimhybrid.poll.outcome</c>.</summary>
    internal string Outcome => this switch
    {
        Unchanged => "unchanged",
        Changed => "changed",
        BaselineRead => "baseline_read",
        Waiting => "waiting",
        _ => "failed",
    };

    /// <summary>A complete round in which no guest changed.</summary>
    public sealed record Unchanged : PollResult;

    /// <summary>A complete round; so many changes are pending now in addition.</summary>
    public sealed record Changed(int Added, int Updated, int Removed, int Restored) : PollResult
    {
        public static Changed Of(CommittedChanges committed) => new(
            committed.Of(ChangeKind.Added), committed.Of(ChangeKind.Updated),
            committed.Of(ChangeKind.Removed), committed.Of(ChangeKind.Restored));

        internal Changed And(Changed more) =>
            new(Added + more.Added, Updated + more.Updated, Removed + more.Removed, Restored + more.Restored);
    }

    /// <summary>The whole tenant was read, members included; the differences to the guests known before are pending changes now.</summary>
    public sealed record BaselineRead(long Users, long Guests, long Changes) : PollResult;

    /// <summary>All is well, and nothing can be read before <paramref name="Until"/> (UTC), for the reason of the sentence.</summary>
    public sealed record Waiting(DateTimeOffset Until, string Sentence) : PollResult;

    /// <summary>No complete round. Cursor and guests are as they were; of a baseline, the pages so far are kept.</summary>
    public sealed record Failed(PollFailure Failure) : PollResult;
}
