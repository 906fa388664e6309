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
        var show = new Command("show", "Shows each setting in force, and where its value comes from. Secrets are not shown.") { json };
        common.AddTo(show);
        show.SetAction(parsed => Show(common.Read(parsed), parsed.GetValue(json)));
        return new Command("config", "The settings.") { show, DiscoverCommand.Build(common) };
    }

    private static int Show(CommonValues options, bool json)
    {
        var layers = SettingsLayers.Read(options);
        var (settings, errors) = SettingsLoader.Bind(layers, options);
        IReadOnlyList<EffectiveSetting> all = [new("(data folder)", options.Data, "--data or its default"),
            .. EffectiveSettings.Of(settings, layers)];
        Say.Line(json ? ToJson(all, errors) : ToText(all));
        foreach (var error in errors) Say.Error(error);
        return errors.Count == 0 ? ExitCode.Done : ExitCode.SettingsInvalid;
    }

    private static string ToText(IReadOnlyList<EffectiveSetting> settings)
    {
        var (name, value) = (
            settings.Max(setting => setting.Name.Length), Math.Min(50, settings.Max(setting => setting.Value?.Length ?? 1)));
        return string.Join(Environment.NewLine, settings.Select(setting =>
            $"{setting.Name.PadRight(name)}  {Printable.Of(setting.Value ?? "-").PadRight(value)}  {setting.Source}"));
    }

    private static string ToJson(IReadOnlyList<EffectiveSetting> settings, IReadOnlyList<string> errors) => JsonLine.Of(
        new ConfigLine([.. settings.Select(setting => new SettingLine(setting.Name, setting.Value, setting.Source))], errors),
        AgentJson.Lines.ConfigLine);
}
