using System.Globalization;
using System.Text;
using System.Xml;
using MimHybrid.Sandbox.SyncServer.Runs;
using MimHybrid.Sandbox.SyncServer.State;

namespace MimHybrid.Sandbox.SyncServer.Provider;

/// <summary>Writes a run the way RunDetails gives it (MimHybrid.Mim/README.md#the-xml-of-a-run).</summary>
internal sealed class RunDetailsXml(SyncServerOptions options, ErrorShelf errors)
{
    private static readonly XmlWriterSettings Settings = new() { Indent = true, OmitXmlDeclaration = true };

    /// <summary>
    /// The run's XML; an empty run-history element where there is no run, and nothing at all while it goes on
    /// (MimHybrid.Mim/README.md#what-a-management-agent-says-of-its-run).
    /// </summary>
    public string Write(SandboxRunRecord? run)
    {
        if (run is { IsGoing: true }) return "";

        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, Settings))
        {
            xml.WriteStartElement("run-history");
            if (run is not null)
                WriteRun(xml, run);
            xml.WriteEndElement();
        }

        return text.ToString();
    }

    private void WriteRun(XmlWriter xml, SandboxRunRecord run)
    {
        xml.WriteStartElement("run-details");
        xml.WriteElementString("ma-id", MimText.Id(run.AgentId));
        xml.WriteElementString("ma-name", run.AgentName);
        xml.WriteElementString("run-number", MimText.Number(run.RunNumber));
        xml.WriteElementString("run-profile-name", run.RunProfile);
        xml.WriteElementString("security-id", run.SecurityId);
        WriteStep(xml, run);
        xml.WriteEndElement();
    }

    private void WriteStep(XmlWriter xml, SandboxRunRecord run)
    {
        xml.WriteStartElement("step-details");
        xml.WriteAttributeString("step-number", "1");
        xml.WriteAttributeString("step-id", MimText.Id(run.StepId));
        xml.WriteElementString("start-date", MimText.Date(run.StartedAt));
        xml.WriteElementString("end-date", MimText.Date(run.EndedAt));
        xml.WriteElementString("step-result", run.Status);
        WriteDescription(xml, run);
        xml.WriteElementString("current-export-step-counter", MimText.Number(run.Exports.Current));
        xml.WriteElementString("last-successful-export-step-counter", MimText.Number(run.Exports.LastSuccessful));
        WriteConnection(xml, run);
        WriteDiscoveryErrors(xml, run.Report);
        xml.WriteElementString("ma-discovery-counters", "");
        WriteExportErrors(xml, errors.Read(run));
        xml.WriteElementString("mv-retry-errors", "");
        WriteCounters(xml, run);
        xml.WriteEndElement();
    }

    private void WriteDescription(XmlWriter xml, SandboxRunRecord run)
    {
        var (type, subtype, subtypeValue) = run.Step switch
        {
            SandboxStepKind.FullImport => ("full-import", "import-subtype", "to-cs"),
            SandboxStepKind.DeltaImport => ("delta-import", "import-subtype", "to-cs"),
            SandboxStepKind.FullSynchronization => ("apply-rules", "apply-rules-subtype", "reevaluate-flow-connectors"),
            SandboxStepKind.DeltaSynchronization => ("apply-rules", "apply-rules-subtype", "apply-pending"),
            _ => ("export", null, null),
        };

        xml.WriteStartElement("step-description");
        xml.WriteStartElement("step-type");
        xml.WriteAttributeString("type", type);
        if (subtype is not null)
            xml.WriteElementString(subtype, subtypeValue);
        xml.WriteEndElement();
        xml.WriteStartElement("threshold");
        xml.WriteElementString("batch-size", "100");
        xml.WriteEndElement();
        xml.WriteElementString("partition", IsTarget(run) ? DirectoryDomain.Partition : "default");
        xml.WriteEndElement();
    }

    private void WriteConnection(XmlWriter xml, SandboxRunRecord run)
    {
        xml.WriteStartElement("ma-connection");
        if (!run.Step.IsSynchronization)
        {
            xml.WriteElementString("connection-result", run.Report.ConnectionResult);
            xml.WriteElementString("server", IsTarget(run) ? $"dc1.{DirectoryDomain.Dns}:389" : options.Graph.BaseUrl.Authority);
        }

        xml.WriteEndElement();
    }

    private static void WriteDiscoveryErrors(XmlWriter xml, StepReport report)
    {
        xml.WriteStartElement("ma-discovery-errors");
        if (report.HasDiscoveryErrors)
        {
            xml.WriteStartElement("ma-object-error");
            xml.WriteElementString("error-type", "missing-anchor-value");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteExportErrors(XmlWriter xml, IEnumerable<ExportError> errors)
    {
        xml.WriteStartElement("synchronization-errors");
        foreach (var error in errors)
        {
            xml.WriteStartElement("export-error");
            xml.WriteAttributeString("cs-guid", MimText.Id(error.ObjectId));
            xml.WriteAttributeString("dn", error.Dn);
            xml.WriteElementString("date-occurred", MimText.Date(error.Occurred));
            xml.WriteElementString("first-occurred", MimText.Date(error.FirstOccurred));
            xml.WriteElementString("retry-count", MimText.Number(error.RetryCount));
            xml.WriteElementString("error-type", error.Fault.ErrorType);
            xml.WriteStartElement("cd-error");
            xml.WriteElementString("error-code", error.Fault.Code);
            xml.WriteElementString("error-literal", error.Fault.Literal);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void WriteCounters(XmlWriter xml, SandboxRunRecord run)
    {
        if (run.Step.IsSynchronization)
        {
            xml.WriteStartElement("outbound-flow-counters");
            xml.WriteAttributeString("ma", options.Target.Name);
            xml.WriteAttributeString("ma-id", MimText.Id(options.Target.Id));
            WriteTally(xml, CounterNames.Outbound, run.Report.Outbound);
            xml.WriteEndElement();
        }

        WriteGroup(xml, "staging-counters", CounterNames.Staging, run.Report.Staging);
        WriteGroup(xml, "inbound-flow-counters", CounterNames.Inbound, run.Report.Inbound);
        WriteGroup(xml, "export-counters", CounterNames.Export, run.Report.Export);
    }

    private static void WriteGroup(XmlWriter xml, string group, string[] names, Tally tally)
    {
        xml.WriteStartElement(group);
        WriteTally(xml, names, tally);
        xml.WriteEndElement();
    }

    private static void WriteTally(XmlWriter xml, string[] names, Tally tally)
    {
        foreach (var name in names)
        {
            xml.WriteStartElement(name);
            // Objects without a change are not listed one by one, so there is no detail to open.
            xml.WriteAttributeString("detail", name == CounterNames.StageNoChange ? "false" : "true");
            xml.WriteString(tally[name].ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
        }
    }

    private bool IsTarget(SandboxRunRecord run) => run.AgentId == options.Target.Id;
}
