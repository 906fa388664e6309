using System.CommandLine;
using MimHybrid.Agent.Checks;
using MimHybrid.Agent.Json;
using MimHybrid.Agent.Settings;
using MimHybrid.Agent.Show;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Commands;

/// <summary>
/// <c>check</c>: everything that must be right before the agent can do its work, in order. Looks, and changes nothing; what it found last
/// is kept beside the store, for the page.
/// </summary>
internal static class CheckCommand
{
    public static Command Build(CommonOptions common)
    {
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var output = OutputFile.Option("Write what was found to a file instead, whole or not at all (UTF-8).");
        var command = new Command("check",
            "Checks settings, data folder, sign-in, Graph, MIM and the task, and says "
                + "what to do about each. Changes nothing; an agent may run meanwhile.")
        {
            json,
            output,
        };
        common.AddTo(command);
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(output) is { } file
            ? CheckIntoAsync(file, common.Read(parsed), parsed.GetValue(json), cancellationToken)
            : CheckAsync(common.Read(parsed), parsed.GetValue(json), Say.Line, Screen.Show, cancellationToken));
        return command;
    }

    /// <summary>Where no console is, as in a scheduled task.</summary>
    private static async Task<int> CheckIntoAsync(string file, CommonValues options, bool json, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        var code = await CheckAsync(options, json, lines.Add, sheet => lines.Add(sheet.ToString()), cancellationToken);
        if (OutputFile.TryWrite(file, () => AtomicFile.Write(file, lines))) return code;
        foreach (var line in lines) Say.Line(line);
        return ExitCode.CheckFailed;
    }

    private static async Task<int> CheckAsync(
        CommonValues options, bool json, Action<string> say, Action<Sheet> show, CancellationToken cancellationToken)
    {
        await using var examined = await CheckContext.OpenAsync(options, TimeProvider.System, cancellationToken);
        var text = new CheckText(show);
        await CheckRunner.CheckAsync(examined, json ? _ => { } : text.Tell, cancellationToken);
        if (json) say(ToJson(examined.Findings));
        else text.End(examined.Findings);
        CheckNotes.TryWrite(options.Data, examined.Findings, TimeProvider.System.GetUtcNow());
        var failed = examined.Findings.Any(finding => finding.State == FindingState.Failed);
        return examined.NothingLoaded ? ExitCode.SettingsInvalid : failed ? ExitCode.CheckFailed : ExitCode.Done;
    }

    private static string ToJson(IReadOnlyList<Finding> findings) => JsonLine.Of(
        new CheckLine(
            findings.Max(finding => finding.State) switch
            {
                FindingState.Failed => "failed",
                FindingState.Warning => "warning",
                _ => "ok",
            },
            [.. findings.Select(finding => new FindingLine(finding.Word, finding.Name, finding.Saw, finding.Todo))]),
        AgentJson.Lines.CheckLine);
}
