using System.Text.RegularExpressions;
using MimHybrid.Core.RunLog;

namespace MimHybrid.Agent.Telemetry;

/// <summary>Keeps the names of administrators out of a cycle's sentences: who forced it, and who approved removals.</summary>
internal sealed class Persons(CycleRecord cycle)
{
    private const string Somebody = "somebody";

    /// <summary>The planner's reason for a forced cycle ends with a name; in what comes next it may be another one than this cycle's.</summary>
    private const string Forced = "forced by ";

    private readonly string[] names = [.. new[] { cycle.ForcedBy, cycle.Approval?.By }.OfType<string>().Where(name => name.Length > 0)];

    public string? Hide(string? text)
    {
        if (text is null) return null;
        if (text.StartsWith(Forced, StringComparison.Ordinal)) return Forced + Somebody;
        return names.Aggregate(text, (said, name) => Regex.Replace(said, $@"(?<!\w){Regex.Escape(name)}(?!\w)", Somebody, RegexOptions.CultureInvariant));
    }
}
