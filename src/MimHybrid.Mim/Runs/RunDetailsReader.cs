using System.Globalization;
using System.Xml;
using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;

namespace MimHybrid.Mim.Runs;

/// <summary>
/// Reads one <c>run-details</c> element. What was read so far can be had at any time, so that a torn document still tells something.
/// </summary>
internal sealed class RunDetailsReader(XmlReader xml, int errorsKept)
{
    private readonly CounterTally discovery = new();
    private readonly CounterTally staging = new();
    private readonly CounterTally inbound = new();
    private readonly CounterTally export = new();
    private readonly Dictionary<string, CounterTally> outbound = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<RunStep> steps = [];
    private readonly List<RunError> errors = [];
    private long errorCount;
    private string connectionProblem = "";
    private RunDetails run = new();

    private IEnumerable<CounterTally> Tallies => [discovery, staging, inbound, export, .. outbound.Values];

    public void Read() => xml.ReadChildren(name =>
    {
        switch (name)
        {
            case "run-number": run = run with { RunNumber = Number(xml.ReadText()) }; break;
            case "ma-name": run = run with { ManagementAgent = xml.ReadText() }; break;
            case "run-profile-name": run = run with { RunProfile = xml.ReadText() }; break;
            case "security-id": run = run with { Caller = xml.ReadText() }; break;
            case "step-details": ReadStep(); break;
            default: xml.Skip(); break;
        }
    });

    public RunDetails ReadSoFar() => run with
    {
        Steps = [.. steps.OrderBy(step => step.Number)],
        Counters = new RunCounters
        {
            Discovery = discovery.Total,
            Staging = staging.Total,
            Inbound = inbound.Total,
            Outbound = outbound.ToDictionary(target => target.Key, target => target.Value.Total, outbound.Comparer).AsReadOnly(),
            Export = export.Total,
        },
        Errors = [.. errors],
        ErrorCount = errorCount,
        ConnectionProblem = connectionProblem,
        Defect = Tallies.Select(tally => tally.Defect).FirstOrDefault(defect => defect.Length > 0) ?? "",
    };

    private void ReadStep()
    {
        var step = new RunStep(Number(xml.GetAttribute("step-number")) ?? 0, "", ResultWords.Judge(""), StartedAt: null, EndedAt: null);
        xml.ReadChildren(name =>
        {
            switch (name)
            {
                case "start-date": step = step with { StartedAt = UtcText.Parse(xml.ReadText()) }; break;
                case "end-date": step = step with { EndedAt = UtcText.Parse(xml.ReadText()) }; break;
                case "step-result": step = step with { Result = ResultWords.Judge(xml.ReadText()) }; break;
                case "step-description": xml.Read(); break;
                case "step-type": step = step with { Type = xml.ReadAttribute("type") ?? "" }; xml.Read(); break;
                case "import-subtype": step = step with { StagesOnly = xml.ReadText() == "to-cs" }; break;
                case "apply-rules-subtype": step = step with { WorksOnEverything = xml.ReadText() == "reevaluate-flow-connectors" }; break;
                default: ReadFindings(name); break;
            }
        });
        steps.Add(step);
    }

    private void ReadFindings(string name)
    {
        switch (name)
        {
            case "ma-connection": ReadConnection(); break;
            case "ma-discovery-errors": ReadErrors(RunErrorKind.Discovery); break;
            case "synchronization-errors": ReadErrors(RunErrorKind.Import); break;
            case "mv-retry-errors": ReadErrors(RunErrorKind.Retry); break;
            case "ma-discovery-counters": discovery.Add(xml); break;
            case "staging-counters": staging.Add(xml); break;
            case "inbound-flow-counters": inbound.Add(xml); break;
            case "outbound-flow-counters": OutboundTo(xml.GetAttribute("ma") ?? "").Add(xml); break;
            case "export-counters": export.Add(xml); break;
            default: xml.Skip(); break;
        }
    }

    private void ReadErrors(RunErrorKind kind) => xml.ReadChildren(name =>
    {
        errorCount++;
        if (errors.Count < errorsKept)
            errors.Add(new RunErrorReader(xml).Read(name == "export-error" ? RunErrorKind.Export : kind));
        else
            xml.Skip();
    });

    private void ReadConnection()
    {
        string result = "", server = "", text = "";
        xml.ReadChildren(name =>
        {
            switch (name)
            {
                case "connection-result": result = xml.ReadText(); break;
                case "server": server = xml.ReadText(); break;
                case "connection-log": text = ReadIncident(); break;
                default: xml.Skip(); break;
            }
        });

        // A missing watermark is said by the result word already, and "warning" is not a problem of the connection.
        if (result is not ("" or "success" or "warning-no-watermark"))
            connectionProblem = string.Join(' ', new[] { result, server, text }.Where(part => part.Length > 0));
    }

    /// <summary>The connected directory's own code and text, of the last incident that has one.</summary>
    private string ReadIncident()
    {
        string code = "", literal = "", detail = "";
        xml.ReadChildren(name =>
        {
            switch (name)
            {
                case "incident" or "cd-error": xml.Read(); break;
                case "error-code": code = xml.ReadText(); break;
                case "error-literal": literal = xml.ReadText(); break;
                case "server-error-detail": detail = xml.ReadText(); break;
                default: xml.Skip(); break;
            }
        });
        var text = string.Join(' ', new[] { code, literal, detail }.Where(part => part.Length > 0));
        return text.Length > 0 ? $"({text})" : "";
    }

    private CounterTally OutboundTo(string managementAgent)
    {
        if (!outbound.TryGetValue(managementAgent, out var tally))
            outbound[managementAgent] = tally = new();
        return tally;
    }

    private static int? Number(string? text) =>
        int.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
