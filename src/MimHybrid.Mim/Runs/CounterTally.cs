using System.Globalization;
using System.Xml;

namespace MimHybrid.Mim.Runs;

/// <summary>Adds up the counters of one kind over the steps of a run.</summary>
internal sealed class CounterTally
{
    private readonly Dictionary<string, long> sums = new(StringComparer.Ordinal);

    public string Defect { get; private set; } = "";

    public CounterGroup Total => new(sums);

    public void Add(XmlReader xml) => xml.ReadChildren(name =>
    {
        // What carries "detail" is a counter; without it, it may be an element that we do not know. The schema says unsignedInt.
        var isCounter = xml.GetAttribute("detail") is not null;
        if (uint.TryParse(xml.ReadText(), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            sums[name] = sums.GetValueOrDefault(name) + value;
        else if (isCounter)
            Defect = $"the counter {name} is not a number";
    });
}
