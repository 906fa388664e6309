namespace MimHybrid.Store.Rows;

/// <summary>Outcomes for people. JSON and the store keep the enum's word.</summary>
public static class CycleOutcomeText
{
    public static string ToWords(this CycleOutcome outcome) => outcome switch
    {
        CycleOutcome.SucceededWithFindings => "succeeded with findings",
        _ => outcome.ToString().ToLowerInvariant(),
    };
}
