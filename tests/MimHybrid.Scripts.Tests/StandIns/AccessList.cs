using System.Globalization;
using System.Text.RegularExpressions;

namespace MimHybrid.Scripts.Tests.StandIns;

/// <summary>
/// An access list: the owner, whether rights are inherited, and own rights as <c>Get-PathRight</c> reads them, sid:mask:inheritance:kind, with :2 at the end for one that
/// holds only for what is inside.
/// </summary>
internal sealed partial record AccessList
{
    public string Owner { get; set; } = "S-1-5-32-544";

    public bool Protected { get; set; }

    public List<string> Rules { get; init; } = [];

    public bool IsOwn => Protected || Rules.Count > 0 || Owner != "S-1-5-32-544";

    /// <summary>As Windows writes it: the owner, P for "inherits nothing", an entry for each right.</summary>
    public string Sddl => $"O:{Owner}D:{(Protected ? "P" : "")}{string.Concat(Rules.Select(Entry))}";

    /// <summary>What a text in that form makes of the rights that were there; without an owner in it, the owner stays.</summary>
    public AccessList Changed(string sddl)
    {
        var parts = Form().Match(sddl);
        if (!parts.Success) throw new NotSupportedException($"The security descriptor is not valid: {sddl}");
        return new AccessList
        {
            Owner = parts.Groups["owner"].Success ? parts.Groups["owner"].Value : Owner,
            Protected = parts.Groups["protected"].Success,
            Rules = [.. parts.Groups["entry"].Captures.Select(entry => Rule(entry.Value))],
        };
    }

    public void Grant(string sid, string rule)
    {
        Rules.RemoveAll(one => one.StartsWith(sid + ":", StringComparison.Ordinal));
        Rules.Add($"{sid}:{rule}:Allow");
    }

    /// <summary>The rights of a path, those that it inherits included, each with its propagation at the end.</summary>
    public static IEnumerable<string> All(string path, Func<string, AccessList> listOf)
    {
        var list = listOf(path);
        var own = list.Rules.Select(rule => rule.Split(':') is { Length: 4 } ? rule + ":0" : rule);
        return list.Protected || Path.GetDirectoryName(path) is not { } above ? own : own.Concat(All(above, listOf).Select(Passed).OfType<string>());
    }

    public override string ToString() => $"{Owner} {(Protected ? "protected" : "inherits")} {string.Join(' ', Rules.Order(StringComparer.Ordinal))}";

    /// <summary>What a folder made in one with this right gets of it.</summary>
    private static string? Passed(string rule) => rule.Split(':') is [var sid, var mask, var inheritance and not "0", var kind, _] ? $"{sid}:{mask}:{inheritance}:{kind}:0" : null;

    private static string Entry(string rule) => rule.Split(':') is [var sid, var mask, var inheritance, .. var rest]
        ? $"(A;{(inheritance == "0" ? "" : "OICI")}{(rest.Length > 1 ? "IO" : "")};0x{int.Parse(mask, CultureInfo.InvariantCulture):x};;;{sid})"
        : throw new NotSupportedException(rule);

    private static string Rule(string entry) => entry.Trim('(', ')').Split(';') is [_, var flags, var mask, _, _, var sid]
        ? $"{sid}:{int.Parse(mask[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)}:{(flags.StartsWith("OICI", StringComparison.Ordinal) ? 3 : 0)}:Allow{(flags.EndsWith("IO", StringComparison.Ordinal) ? ":2" : "")}"
        : throw new NotSupportedException(entry);

    [GeneratedRegex(@"^(O:(?<owner>S-[\d-]+))?D:(?<protected>P)?(?<entry>\(A;(OICI(IO)?)?;0x[0-9a-f]+;;;S-[\d-]+\))*$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
