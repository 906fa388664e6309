namespace MimHybrid.Graph.Polling;

/// <summary>
/// Whether a refusal says that a delta or page token is dead. Documents and production disagree on its form, so all known forms count;
/// a refusal about sign-in, permission, load or transport never does (README.md#dead-tokens).
/// </summary>
internal sealed class DeadTokenRule
{
    /// <summary>A 400 that explains nothing may be a passing fault once or twice.</summary>
    private const int UnexplainedBeforeDead = 3;

    private static readonly HashSet<string> Codes = new(StringComparer.OrdinalIgnoreCase)
    {
        "syncStateNotFound", "syncStateInvalid", "resyncRequired", "resyncApplyDifferences", "resyncUploadDifferences",
        "resyncChangesApplyDifferences", "resyncChangesUploadDifferences", "Directory_ExpiredPageToken", "Request_UnsupportedQuery",
    };

    private int unexplained;

    /// <summary>Judges the refusal of a request that carried a token.</summary>
    public bool IsDead(GraphError error) => error switch
    {
        { Status: 410 } => true,
        { Status: 400 or 404 } when error.Codes.Any(Codes.Contains) => true,
        { Status: 400 } => ++unexplained >= UnexplainedBeforeDead,
        _ => false,
    };

    /// <summary>A token was accepted, or given up: unexplained refusals are counted anew.</summary>
    public void StartOver() => unexplained = 0;
}
