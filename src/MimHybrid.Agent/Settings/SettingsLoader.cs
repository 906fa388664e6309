using Microsoft.Extensions.Configuration;
using MimHybrid.Alerts.Settings;
using MimHybrid.Cycles.Settings;
using MimHybrid.Graph;
using MimHybrid.Mim;

namespace MimHybrid.Agent.Settings;

/// <summary>Reads the settings: the file, then environment variables, then the command line; later ones win.</summary>
internal static class SettingsLoader
{
    private const string GraphSection = "Graph";
    private const string SyncServerSection = "SyncServer";
    private const string SandboxSection = "Sandbox";
    private const string TelemetrySection = "Telemetry";
    private const string AlertsSection = "Alerts";

    /// <summary>
    /// What the top level of the file may say: the agent's own settings, and the two sections of the systems that it talks to.
    /// </summary>
    internal static readonly Dictionary<string, Type> TopLevel = new(
        SettingsShape.PropertiesOf(typeof(AgentSettings)).Values.Select(own => KeyValuePair.Create(own.Name, own.PropertyType)),
        StringComparer.OrdinalIgnoreCase)
    {
        [GraphSection] = typeof(GraphSettings),
        [SyncServerSection] = typeof(SyncServerSettings),
        [SandboxSection] = typeof(SandboxSettings),
        [TelemetrySection] = typeof(TelemetrySettings),
        [AlertsSection] = typeof(AlertSettings),
    };

    /// <exception cref="SettingsException">With every error at once.</exception>
    public static LoadedSettings Load(CommonValues options)
    {
        var layers = SettingsLayers.Read(options);
        var (settings, errors) = Bind(layers, options);
        return errors.Count > 0 ? throw new SettingsException(errors) { File = layers.File } : settings;
    }

    /// <summary>The settings as far as they can be understood, and every error.</summary>
    public static (LoadedSettings Settings, IReadOnlyList<string> Errors) Bind(SettingsLayers layers, CommonValues options)
    {
        var shape = new SettingsShape(layers, TopLevel);
        var root = shape.WithoutMalformed();

        var settings = new LoadedSettings(new AgentSettings(), new GraphSettings(), new SyncServerSettings(), new SandboxSettings())
        {
            Rehearsal = options.Rehearsal,
        };
        root.Bind(settings.Agent);
        TimedDefaults.Fit(settings.Agent, name => root.GetSection(name).Exists());
        root.GetSection(GraphSection).Bind(settings.Graph);
        root.GetSection(SyncServerSection).Bind(settings.SyncServer);
        root.GetSection(SandboxSection).Bind(settings.Sandbox);
        root.GetSection(TelemetrySection).Bind(settings.Telemetry);
        root.GetSection(AlertsSection).Bind(settings.Alerts);

        // MIM writes down who started a run; on its own server that is this account, and a run of anybody else's is not ours.
        if (OperatingSystem.IsWindows() && !settings.SandboxSyncServer) settings.SyncServer.Account ??= CurrentAccount.Name;

        return (settings,
        [
            .. shape.Errors,
            .. settings.SandboxTenant ? [] : settings.Graph.Validate(shape.InError),
            .. settings.SyncServer.Validate(),
            .. AgentSettingsValidator.Validate(settings.Agent, shape.InError),
            .. settings.Sandbox.Validate(),
            .. TelemetrySettingsRules.Check(settings.Telemetry, shape.InError),
            .. settings.Alerts.Validate(loopbackWithoutTls: settings is { SandboxTenant: true, SandboxSyncServer: true }),
            .. HalvesThatFit(settings, shape),
        ]);
    }

    /// <summary>The objects that the settings were bound to, with the sections that they stand in; the agent's own have none.</summary>
    public static IReadOnlyList<(string? Section, object Settings)> Sections(LoadedSettings settings) =>
        [(GraphSection, settings.Graph), (SyncServerSection, settings.SyncServer), (null, settings.Agent),
            (SandboxSection, settings.Sandbox), (TelemetrySection, settings.Telemetry),
            (AlertsSection, settings.Alerts)];

    private static IEnumerable<string> HalvesThatFit(LoadedSettings settings, SettingsShape shape)
    {
        if (!settings.SandboxSyncServer && settings.Agent.ShortestPause is { Ticks: >= 0 and < TimeSpan.TicksPerSecond } pause)
            yield return $"ShortestPause is '{pause:c}'; allowed is a duration from 00:00:01 to 01:00:00, "
                + "and less only with the sandbox's sync server.";
        if (settings is { Telemetry.AzureMonitorSignIn: true, SandboxTenant: true })
            yield return "Telemetry:AzureMonitorSignIn is 'true'; with the sandbox's tenant that "
                + "is not allowed, because nobody outside knows its application.";
        if (settings is { SyncServerPipe: not null, SandboxTenant: true })
            yield return "Sandbox:SyncServerPipe is set; allowed is that only with a tenant that is not the agent's own sandbox, "
                + "because a sync server in another process cannot read that one, and no rehearsal can play with it.";
        if (settings is { SyncServerWithin: true, SandboxTenant: false } && string.IsNullOrEmpty(settings.Graph.ClientSecret)
            && !shape.InError("Graph:ClientSecret"))
            yield return "SyncServer:Connection is 'Sandbox'; with a real tenant that is allowed only with a Graph:ClientSecret, "
                + "because the sandbox's AADMA signs in with it.";
    }
}
