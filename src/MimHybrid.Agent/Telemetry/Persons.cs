using System.Text.RegularExpressions;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Telemetry;

/// <summary>Keeps the names of administrators out of a cycle's sentences: who forced it, who approved removals, and who ran something else in MIM meanwhile.</summary>
internal sealed partial class Persons(CycleRecord cycle)
{
    private const string Somebody = "somebody";

    /// <summary>The planner's reason for a forced cycle ends with a name; in what comes next it may be another one than this cycle's.</summary>
    private const string Forced = "forced by ";

    private readonly string[] names = [.. new[] { cycle.ForcedBy, cycle.Approval?.By }.OfType<string>().Where(name => name.Length > 0)];

    public string? Hide(string? text)
    {
        if (text is null) return null;
        if (text.StartsWith(Forced, StringComparison.Ordinal)) return Forced + Somebody;
        var known = names.Aggregate(text, (said, name) => Regex.Replace(said, $@"(?<!\w){Regex.Escape(name)}(?!\w)", Somebody, RegexOptions.CultureInvariant));
        return Starter().Replace(known, Somebody);
    }

    /// <summary>As MimHybrid.Mim says whose run it met: "started by CONTOSO\anna at 2026-…", or followed by a bracket or a comma. A cycle keeps no list of them.</summary>
    [GeneratedRegex(@"(?<=\bstarted by ).+?(?= at \d|[,)]|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Starter();
}
