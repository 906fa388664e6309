namespace MimHybrid.Scripts.Tests.StandIns;

/// <summary>
/// An access list: the owner, whether rights are inherited, and own rights as <c>Get-PathRight</c> reads them, sid:mask:inheritance:kind, with :2 at the end for one that
/// holds only for what is inside.
/// </summary>
internal sealed record AccessList
{
    public string Owner { get; set; } = "S-1-5-32-544";

    public bool Protected { get; set; }

    public List<string> Rules { get; init; } = [];

    public bool IsOwn => Protected || Rules.Count > 0 || Owner != "S-1-5-32-544";

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
}
