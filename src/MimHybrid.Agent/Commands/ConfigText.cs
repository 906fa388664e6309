using MimHybrid.Agent.Settings;
using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Settings;
using MimHybrid.Cycles.Words;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Commands;

/// <summary>The settings in force, for people: with short words for where they come from, and one legend.</summary>
/// <param name="file">The settings file.</param>
/// <param name="settings">What each function is triggered by says which of its settings have a meaning.</param>
internal sealed class ConfigText(string file, AgentSettings settings)
{
    private const string FromEnvironment = "environment variable ";

    /// <summary>What has a meaning for the functions of one trigger alone.</summary>
    private static readonly Dictionary<string, TriggerKind> meantFor = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(FunctionSettings.PollInterval)] = TriggerKind.GraphDelta,
        [nameof(FunctionSettings.SettleTime)] = TriggerKind.GraphDelta,
        [nameof(FunctionSettings.LongestWait)] = TriggerKind.GraphDelta,
        [nameof(FunctionSettings.EditsAndRemovalsWait)] = TriggerKind.GraphDelta,
        [nameof(FunctionSettings.On)] = TriggerKind.GraphDelta,
        [nameof(FunctionSettings.Interval)] = TriggerKind.Timer,
        [nameof(FunctionSettings.Cron)] = TriggerKind.Timer,
    };

    public Sheet Of(IReadOnlyList<EffectiveSetting> all)
    {
        var sheet = new Sheet();
        var shown = all.Where(HasMeaning).ToList();
        if (shown.Count == 0) return sheet.Line("No setting matches.");
        var (name, value) = (shown.Max(each => each.Name.Length), Math.Min(36, shown.Max(each => each.Value?.Length ?? 1)));
        foreach (var each in shown)
        {
            var source = Source(each.Source);
            sheet.Row($"{each.Name.PadRight(name)}  ", $"{Printable.Of(each.Value ?? "-").PadRight(value)}  {source}",
                source == SettingsLayers.Default ? Tone.Faint : Tone.Plain);
        }

        sheet.Blank().Row("file  ", file, Tone.Faint);
        foreach (var variable in shown.Select(each => each.Source).Where(IsVariable).Distinct())
            sheet.Row("env   ", variable[FromEnvironment.Length..], Tone.Faint);
        return sheet;
    }

    /// <summary>A setting that somebody stated is shown, whatever it means.</summary>
    public bool HasMeaning(EffectiveSetting setting) => setting.Source != SettingsLayers.Default
        || setting.Name.Split(':') is not ["Functions", var function, var property]
        || !meantFor.TryGetValue(property, out var trigger)
        || !settings.Functions.TryGetValue(function, out var stated)
        || (stated.Trigger == trigger && !(property == nameof(FunctionSettings.Interval) && stated.Cron is { Length: > 0 }));

    private string Source(string source) => source == file ? "file" : IsVariable(source) ? "env" : source;

    private static bool IsVariable(string source) => source.StartsWith(FromEnvironment, StringComparison.Ordinal);
}
