using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Benchmarks.Months;

/// <summary>One run profile, as far as the model tells one from another.</summary>
/// <param name="OfGuests">On the agent that reads the tenant; else on the one that keeps the accounts.</param>
/// <param name="Kind">What it does.</param>
/// <param name="IsFull">Whether it looks at every object.</param>
internal readonly record struct Profile(bool OfGuests, StepKind Kind, bool IsFull)
{
    public static Profile Of(Step step, AgentSettings settings) => new(
        settings.IsGuestSource(step.ManagementAgent), step.Kind, step.RunProfile.StartsWith("Full", StringComparison.OrdinalIgnoreCase));
}

/// <summary>How a run ended.</summary>
/// <param name="At">When.</param>
/// <param name="Well">False: Graph or MIM was away.</param>
/// <param name="Done">So many changes came a station further, also where it did not end well.</param>
internal readonly record struct RunEnd(DateTimeOffset At, bool Well, int Done);
