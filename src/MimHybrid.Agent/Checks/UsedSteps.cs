using MimHybrid.Cycles.Settings;

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

    /// <summary>The profiles that these steps may run, those that take their place when MIM asks for a full import among them.</summary>
    public static IEnumerable<string> Profiles(IEnumerable<Step> steps) => steps
        .SelectMany(step => new[] { step.RunProfile, step.FullImport })
        .OfType<string>()
        .Distinct(StringComparer.OrdinalIgnoreCase);
}
