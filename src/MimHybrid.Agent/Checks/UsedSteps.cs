using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Checks;

/// <summary>The steps that the enabled functions may run.</summary>
internal static class UsedSteps
{
    public static IEnumerable<IGrouping<string, Step>> ByManagementAgent(AgentSettings settings) => settings.Functions.Values
        .Where(function => function.Enabled)
        .Select(function => settings.FindSequence(function.Sequence))
        .OfType<Sequence>()
        .SelectMany(sequence => sequence.Steps)
        .GroupBy(step => step.ManagementAgent, StringComparer.OrdinalIgnoreCase);

    /// <summary>What else there is to do where these profiles are missing; empty where no Fallback asks with one of them.</summary>
    public static string KeepFull(AgentSettings settings, string managementAgent, IReadOnlyCollection<string> profiles) =>
        TimedDefaults.HourRuns(settings, ShippedSequences.Fallback)
            && settings.FindSequence(ShippedSequences.Fallback) is { } fallback
            && fallback.Steps.Any(step => step.Kind == StepKind.Import && step.When == StepCondition.Always
                && step.ManagementAgent.Equals(managementAgent, StringComparison.OrdinalIgnoreCase)
                && profiles.Contains(step.RunProfile, StringComparer.OrdinalIgnoreCase))
            ? "; if MIM has no delta profiles, keep the full ones: set Functions:FallbackCycle:Sequence to Full"
            : "";

    /// <summary>The profiles that these steps may run, those that take their place when MIM asks for a full import among them.</summary>
    public static IEnumerable<string> Profiles(IEnumerable<Step> steps) => steps
        .SelectMany(step => new[] { step.RunProfile, step.FullImport })
        .OfType<string>()
        .Distinct(StringComparer.OrdinalIgnoreCase);
}
