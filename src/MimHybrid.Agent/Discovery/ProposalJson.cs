using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MimHybrid.Cycles.Settings;

namespace MimHybrid.Agent.Discovery;

/// <summary>A proposal as it stands in <c>appsettings.json</c>: one line for each step, as people write it.</summary>
internal static class ProposalJson
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string GuestSource(Proposal proposal) => Text(proposal.Guests.ManagementAgent);

    public static string Sequences(Proposal proposal) => Block(proposal.Sequences.Select(sequence =>
        $"{Text(sequence.Name)}: [\n    {string.Join(",\n    ", sequence.Steps.Select(Line))}\n  ]"));

    /// <summary>Both, for whoever pastes it.</summary>
    public static string Whole(Proposal proposal) => Block(
        [$"\"GuestSource\": {GuestSource(proposal)}", $"\"Sequences\": {Sequences(proposal).ReplaceLineEndings("\n  ")}"]);

    private static string Block(IEnumerable<string> lines) => $"{{\n  {string.Join(",\n  ", lines)}\n}}";

    /// <summary>The kind is stated, because a name of this server's may not say it.</summary>
    private static string Line(Step step)
    {
        var line = new JsonObject
        {
            [nameof(StepSettings.ManagementAgent)] = step.ManagementAgent,
            [nameof(StepSettings.RunProfile)] = step.RunProfile,
            [nameof(StepSettings.Kind)] = step.Kind.ToString(),
        };
        if (step.When != StepCondition.Always) line[nameof(StepSettings.When)] = step.When.ToString();
        if (step.FullImport is { } full) line[nameof(StepSettings.FullImport)] = full;
        var parts = line.Select(pair => $"{Text(pair.Key)}: {pair.Value!.ToJsonString(OneLine)}");
        return $"{{ {string.Join(", ", parts)} }}";
    }

    private static string Text(string text) => JsonValue.Create(text).ToJsonString(OneLine);
}
