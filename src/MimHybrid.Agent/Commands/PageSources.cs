using MimHybrid.Agent.Checks;
using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Settings;
using MimHybrid.Cycles.Settings;
using MimHybrid.Cycles.Words;
using MimHybrid.Graph;
using MimHybrid.Page;

namespace MimHybrid.Agent.Commands;

/// <summary>What page and report show, from this program.</summary>
internal static class PageSources
{
    public static PageSource Of(CommonValues options, TimeProvider time) => new()
    {
        DataFolder = options.Data,
        ReadStatus = store => StatusReader.Read(store, options, time),
        AgentRuns = () => DataFolder.IsLocked(options.Data),
        SeeCycle = (store, cycle) => LastSeen.Of(cycle, store, options.Data),
        ReadProgress = store => ProgressText.Of(store, StatusReader.Load(options).Settings?.Agent ?? new AgentSettings(), time.GetUtcNow()),
        ReadSettings = () => ReadSettings(options),
        ReadChecks = () => CheckNotes.Read(options.Data),
        Time = time,
        Version = Product.Version,
    };

    /// <summary>As <c>config show</c> has them: no secret.</summary>
    private static ShownSettings ReadSettings(CommonValues given)
    {
        var options = given with { Sandbox = given.Sandbox || DataFolder.IsSandbox(given.Data) };
        try
        {
            var layers = SettingsLayers.Read(options);
            var (settings, errors) = SettingsLoader.Bind(layers, options);
            return new ShownSettings(layers.File,
                [
                    .. EffectiveSettings.Of(settings, layers).Where(new ConfigText(layers.File, settings.Agent).HasMeaning)
                        .Select(each => new ShownSetting(each.Name, each.Value, each.Source, each.Source == SettingsLayers.Default)),
                ],
                errors);
        }
        catch (SettingsException e)
        {
            return new ShownSettings(SettingsLayers.PathOf(options), [], e.Errors);
        }
    }
}
