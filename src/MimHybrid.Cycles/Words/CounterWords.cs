using System.Globalization;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Words;

/// <summary>What a run counted, in words. What changed nothing is left out; a name that is not known here stays as MIM has it.</summary>
public static class CounterWords
{
    /// <summary>Counters that say that nothing was to be done: with <c>--verbose</c> they are there.</summary>
    private static readonly HashSet<string> nothing = new(StringComparer.Ordinal)
    {
        "stage-no-change", "connector-no-flow", "disconnector-remains", "disconnector-filtered", "connector-filtered-leave-mv",
    };

    private static readonly Dictionary<string, string> staging = new(StringComparer.Ordinal)
    {
        ["stage-add"] = "new",
        ["stage-update"] = "changed",
        ["stage-rename"] = "renamed",
        ["stage-delete"] = "gone",
        ["stage-delete-add"] = "replaced",
        ["stage-failure"] = "could not be read",
    };

    private static readonly Dictionary<string, string> inbound = new(StringComparer.Ordinal)
    {
        ["disconnector-projected-flow"] = "new in MIM",
        ["disconnector-projected-no-flow"] = "new in MIM",
        ["disconnector-projected-remove-mv"] = "new in MIM and removed again",
        ["disconnector-joined-flow"] = "joined in MIM",
        ["disconnector-joined-no-flow"] = "joined in MIM",
        ["disconnector-joined-remove-mv"] = "joined in MIM and removed again",
        ["connector-flow"] = "changed in MIM",
        ["connector-flow-remove-mv"] = "changed in MIM and removed",
        ["connector-filtered-remove-mv"] = "filtered out and removed from MIM",
        ["connector-delete-remove-mv"] = "removed from MIM",
        ["connector-delete-leave-mv"] = "gone; MIM keeps what others know of it",
        ["connector-delete-add-processed"] = "replaced in MIM",
        ["flow-failure"] = "could not be synchronized",
    };

    private static readonly Dictionary<string, string> outbound = new(StringComparer.Ordinal)
    {
        ["provisioned-add-flow"] = "to create",
        ["provisioned-add-no-flow"] = "to create",
        ["provisioned-delete-add"] = "to replace",
        ["provisioned-disconnect"] = "to delete",
        ["provisioned-rename"] = "to rename",
        ["connector-flow"] = "to change",
    };

    private static readonly Dictionary<string, string> export = new(StringComparer.Ordinal)
    {
        ["export-add"] = "created",
        ["export-update"] = "changed",
        ["export-rename"] = "renamed",
        ["export-delete"] = "deleted",
        ["export-delete-add"] = "replaced",
        ["export-failure"] = "refused",
    };

    /// <summary>"1 new in MIM, 1 to create in ADMA"; empty where nothing changed.</summary>
    public static string Of(StepCounters? counters) => string.Join(", ",
    [
        .. Say(counters?.Staging, staging),
        .. Say(counters?.Inbound, inbound),
        .. (counters?.Outbound ?? []).SelectMany(target => Say(target.Value, outbound, $" in {target.Key}")),
        .. Say(counters?.Export, export),
    ]);

    /// <summary>MIM's own names: "staging: stage-add 1".</summary>
    public static string Raw(StepCounters? counters) => string.Join("; ", (counters?.Groups ?? []).Select(group =>
        $"{group.Name}: "
        + string.Join(", ", group.Counters.Select(counter => FormattableString.Invariant($"{counter.Key} {counter.Value}")))));

    private static IEnumerable<string> Say(
        OrderedDictionary<string, long>? counters, Dictionary<string, string> words, string where = "") => (counters ?? [])
            .Where(counter => !nothing.Contains(counter.Key))
            .GroupBy(counter => words.GetValueOrDefault(counter.Key, counter.Key), counter => counter.Value)
            .Select(same => string.Create(CultureInfo.InvariantCulture, $"{same.Sum()} {same.Key}{where}"));
}
