using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using MimHybrid.Cycles.Settings;

namespace MimHybrid.Agent.Settings;

/// <summary>A setting in force.</summary>
/// <param name="Name">As in the file, with colons: <c>Graph:TenantId</c>.</param>
/// <param name="Value">For people, never a secret; null when there is none.</param>
/// <param name="Source">Where it comes from.</param>
internal sealed record EffectiveSetting(string Name, string? Value, string Source);

/// <summary>All settings in force, the defaults among them, one line each. Secrets are not shown.</summary>
internal static partial class EffectiveSettings
{
    private const string Hidden = "(set; not shown)";

    public static IEnumerable<EffectiveSetting> Of(LoadedSettings settings, SettingsLayers layers)
    {
        foreach (var (section, values) in SettingsLoader.Sections(settings))
            foreach (var setting in Flatten(section, values))
                yield return new EffectiveSetting(setting.Name, setting.Value, SourceOf(setting.Name, setting.Value, layers));
        foreach (var (name, value) in ShippedSteps(settings.Agent)) yield return new EffectiveSetting(name, value, SettingsLayers.Default);
    }

    /// <summary>
    /// A value that nobody wrote down and that the program did not ship with was found out at the start, such as the account.
    /// </summary>
    private static string SourceOf(string name, string? value, SettingsLayers layers) =>
        layers.SourceOf(name) is var source && source == SettingsLayers.Default && name == "SyncServer:Account" && value is not null
            ? "the account of this process"
            : source;

    private static IEnumerable<(string Name, string? Value)> Flatten(string? path, object values)
    {
        foreach (var (name, property) in SettingsShape.PropertiesOf(values.GetType()))
            foreach (var setting in Entries(path is null ? name : $"{path}:{name}", property.GetValue(values))) yield return setting;
    }

    private static IEnumerable<(string Name, string? Value)> Entries(string path, object? value) => value switch
    {
        null or string or IFormattable or bool or Enum => [(path, Shown(path, value))],
        IDictionary named => named.Keys.Cast<string>().SelectMany(key => Entries($"{path}:{key}", named[key])),
        IEnumerable list =>
            list.Cast<object>().SelectMany((item, index) => Entries(string.Create(CultureInfo.InvariantCulture, $"{path}:{index}"), item)),
        _ => Flatten(path, value),
    };

    /// <summary>
    /// What the shipped sequences do, where the settings do not state them: most who look want to know which profiles will run.
    /// </summary>
    private static IEnumerable<(string Name, string Value)> ShippedSteps(AgentSettings settings) =>
        from name in ShippedSequences.Names
        where !settings.Sequences.Keys.Contains(name, StringComparer.OrdinalIgnoreCase)
        from step in ShippedSequences.Find(name)!.Steps.Select((step, index) => (step, index))
        from setting in new[]
        {
            (nameof(StepSettings.ManagementAgent), step.step.ManagementAgent), (nameof(StepSettings.RunProfile), step.step.RunProfile),
            (nameof(StepSettings.When), step.step.When.ToString()),
        }
        select (string.Create(CultureInfo.InvariantCulture, $"Sequences:{name}:{step.index}:{setting.Item1}"), setting.Item2);

    public static bool IsSecret(string path, string text) => SecretName().IsMatch(path) || SecretText().IsMatch(text);

    private static string? Shown(string path, object? value) => value switch
    {
        null or "" => null,
        string text when IsSecret(path, text) => Hidden,
        TimeSpan duration => duration.ToString("c", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>Settings of type text only: the day on which a secret expires is none.</summary>
    [GeneratedRegex("Secret|Password|ConnectionString|Token|Key|Headers|^Alerts:(Webhook|Heartbeat):.*Address",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    /// <summary>Secrets end up in the wrong box: one that Entra made contains a tilde, one in an address stands before an @.</summary>
    [GeneratedRegex("~|://[^/]*@", RegexOptions.CultureInvariant)]
    private static partial Regex SecretText();
}
