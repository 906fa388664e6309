using System.CommandLine;
using MimHybrid.Agent.Json;
using MimHybrid.Agent.Settings;
using MimHybrid.Agent.Show;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Commands;

/// <summary><c>config show</c>: the settings in force, and where each comes from.</summary>
internal static class ConfigCommand
{
    public static Command Build(CommonOptions common)
    {
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var changed = new Option<bool>("--changed") { Description = "Only what is not the default." };
        var prefix = new Argument<string?>("PREFIX")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "How the settings' names begin, e.g. Graph or Functions:GuestChanges.",
        };
        prefix.Validators.Add(result => CommonOptions.RefuseSwitch(result));
        var show = new Command("show", "Shows each setting in force, and where its value comes from. Secrets are not shown.")
        {
            prefix,
            changed,
            json,
        };
        common.AddTo(show);
        show.SetAction(parsed => Show(
            common.Read(parsed), new Wish(parsed.GetValue(prefix), parsed.GetValue(changed), parsed.GetValue(json))));
        return new Command("config", "The settings.") { show, DiscoverCommand.Build(common) };
    }

    /// <summary>Which settings are shown.</summary>
    internal sealed record Wish(string? Prefix, bool Changed, bool Json)
    {
        public IReadOnlyList<EffectiveSetting> Of(LoadedSettings settings, SettingsLayers layers, CommonValues options) =>
        [
            .. EffectiveSettings.Of(settings, layers).Prepend(new("(data folder)", options.Data, "--data or its default")).Where(Has),
        ];

        private bool Has(EffectiveSetting setting) => (!Changed || (setting.Source != SettingsLayers.Default && setting.Value is not null))
            && (Prefix is null || setting.Name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase));
    }

    private static int Show(CommonValues options, Wish wish)
    {
        var layers = SettingsLayers.Read(options);
        var (settings, errors) = SettingsLoader.Bind(layers, options);
        var all = wish.Of(settings, layers, options);
        if (wish.Json) Say.Line(ToJson(all, errors));
        else Screen.Show(new ConfigText(layers.File, settings.Agent).Of(all));
        foreach (var error in errors) Say.Error(error);
        if (errors.Count > 0) Say.Note($"The settings file is {layers.File}.");
        return errors.Count == 0 ? ExitCode.Done : ExitCode.SettingsInvalid;
    }

    private static string ToJson(IReadOnlyList<EffectiveSetting> settings, IReadOnlyList<string> errors) => JsonLine.Of(
        new ConfigLine([.. settings.Select(setting => new SettingLine(setting.Name, setting.Value, setting.Source))], errors),
        AgentJson.Lines.ConfigLine);
}
