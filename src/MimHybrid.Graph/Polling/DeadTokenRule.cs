using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Polling;

/// <summary>
/// Whether a refusal says that a delta or page token is dead. Documents and production disagree on its form, so all known forms count at
/// once, and after three every other answer that is neither passing nor a page: no answer may keep the agent at the same link for ever.
/// A refusal about sign-in, permission, load or transport never counts (README.md#dead-tokens).
/// </summary>
internal sealed class DeadTokenRule(GuestStore store, TimeProvider time)
{
    /// <summary>What explains nothing may be a passing fault once or twice.</summary>
    private const int Enough = 3;

    /// <summary>Refusals nearer to each other are one: a gateway that starts anew refuses for some seconds.</summary>
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(10);

    /// <summary>An answer that is none, such as a portal's page, says less about the token than a refusal.</summary>
    private static readonly TimeSpan LongestNonsense = TimeSpan.FromHours(1);

    private static readonly HashSet<string> Codes = new(StringComparer.OrdinalIgnoreCase)
    {
        "syncStateNotFound", "syncStateInvalid", "resyncRequired", "resyncApplyDifferences", "resyncUploadDifferences",
        "resyncChangesApplyDifferences", "resyncChangesUploadDifferences", "Directory_ExpiredPageToken", "Request_UnsupportedQuery",
    };

    /// <summary>Judges the refusal of a request that carried a token.</summary>
    public bool IsDead(GraphError error, LinkHolder holder) =>
        error.Status == 410 || (error.Status is 400 or 404 && error.Codes.Any(Codes.Contains)) || IsGivenUp(error, holder);

    /// <summary>Judges the refusal of any request without which cursor or reading cannot go on.</summary>
    public bool IsGivenUp(GraphError error, LinkHolder holder) =>
        IsEnough(error, now => store.CountRefusal(holder, now, Spacing));

    /// <summary>Judges the refusal of a read of one user: nobody else has to wait for it for ever.</summary>
    public bool IsGivenUp(GraphError error, string user) => IsEnough(error, now => store.CountRefusal(user, now, Spacing));

    /// <summary>Whether it says something about what was asked for, and not about sign-in, permission, load or transport.</summary>
    public static bool IsAboutTheAsked(GraphError error) => PatienceWith(error) is not null;

    private bool IsEnough(GraphError error, Func<DateTimeOffset, Refusals> count)
    {
        if (PatienceWith(error) is not { } deadline) return false;
        var now = time.GetUtcNow();
        var refusals = count(now);
        return refusals.Count >= Enough && now - refusals.Since >= deadline;
    }

    /// <summary>How long such answers have to go on; null for what passes, or has a cause of its own.</summary>
    private static TimeSpan? PatienceWith(GraphError error) => error.Status switch
    {
        0 or 407 or 408 or 429 or >= 500 => null,
        401 or 403 when error.IsExplained => null, // without a word of Graph's it is a gateway's, which may dislike the link
        >= 400 => TimeSpan.Zero,
        _ => LongestNonsense,
    };
}
