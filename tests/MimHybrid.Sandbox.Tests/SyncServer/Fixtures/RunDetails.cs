using System.Globalization;
using System.Xml.Linq;

namespace MimHybrid.Sandbox.Tests.SyncServer.Fixtures;

/// <summary>A run's XML, as a test asks about it.</summary>
internal sealed class RunDetails(string xml)
{
    public XElement Root { get; } = XElement.Parse(xml);

    public XElement Step => Root.Element("run-details")!.Element("step-details")!;

    public string ConnectionResult => Step.Element("ma-connection")!.Element("connection-result")!.Value;

    public int this[string group, string counter] =>
        int.Parse(Step.Element(group)!.Element(counter)!.Value, CultureInfo.InvariantCulture);

    /// <summary>The counters of a group that are not zero, e.g. <c>stage-add 2, stage-update 1</c>.</summary>
    public string Counters(string group) => string.Join(
        ", ", Step.Element(group)!.Elements().Where(counter => counter.Value != "0").Select(counter => $"{counter.Name} {counter.Value}"));

    public string Staged => Counters("staging-counters");

    public string Inbound => Counters("inbound-flow-counters");

    public string Outbound => Counters("outbound-flow-counters");

    public string Exported => Counters("export-counters");
}
