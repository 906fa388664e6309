using System.Collections.ObjectModel;

namespace MimHybrid.Mim.Runs;

/// <summary>Counters of one kind by the names of the run details, e.g. <c>stage-add</c>. Only those that are not zero are kept.</summary>
public sealed class CounterGroup(IEnumerable<KeyValuePair<string, long>> counters)
{
    public static CounterGroup Empty { get; } = new([]);

    public ReadOnlyDictionary<string, long> Values { get; } = counters
        .Where(counter => counter.Value != 0)
        .OrderBy(counter => counter.Key, StringComparer.Ordinal)
        .ToDictionary()
        .AsReadOnly();

    public long this[string name] => Values.GetValueOrDefault(name);

    internal long Sum(params ReadOnlySpan<string> names)
    {
        var sum = 0L;
        foreach (var name in names)
            sum += this[name];
        return sum;
    }
}
