using Microsoft.Extensions.Configuration;
using MimHybrid.Agent.Commands;
using MimHybrid.Agent.Telemetry;
using MimHybrid.Core.Settings;
using MimHybrid.Graph;
using MimHybrid.Mim;

namespace MimHybrid.Agent.Settings;

/// <summary>Reads the settings: the file, then environment variables, then the command line; later ones win.</summary>
internal static class SettingsLoader
{
    private const string EnvironmentPrefix = "MIMHYBRID_";
    private const string GraphSection = "Graph";
    private const string SyncServerSection = "SyncServer";
    private const string SandboxSection = "Sandbox";
    private const string TelemetrySection = "Telemetry";

    /// <summary>What the top level of the file may say: the agent's own settings, and the two sections of the systems that it talks to.</summary>
    internal static readonly Dictionary<string, Type> TopLevel = new(SettingsShape.PropertiesOf(typeof(AgentSettings)), StringComparer.OrdinalIgnoreCase)
    {
        [GraphSection] = typeof(GraphSettings),
        [SyncServerSection] = typeof(SyncServerSettings),
        [SandboxSection] = typeof(SandboxSettings),
        [TelemetrySection] = typeof(TelemetrySettings),
    };

    /// <summary>Sandbox and demo: everything at once. Below the file, so that a file or a variable still changes it.</summary>
    private static readonly Dictionary<string, string?> SandboxPace = new()
    {
        ["BootDelay"] = "00:00:00",
        ["Functions:GuestChanges:PollInterval"] = "00:00:02",
        ["Functions:GuestChanges:SettleTime"] = "00:00:01",
        ["Functions:GuestChanges:LongestWait"] = "00:00:05",
        ["Retries:First"] = "00:00:02",
        ["Arrival:Wait"] = "00:00:02",
        ["Backoff:First"] = "00:00:02",
        ["Backoff:Longest"] = "00:01:00",
        ["SyncServer:PollInterval"] = "00:00:00.2",
    };

    /// <summary>Above everything: a sandbox asked for is never anything real.</summary>
    private static readonly Dictionary<string, string?> SandboxHalves = new()
    {
        ["Graph:Connection"] = nameof(GraphSide.Sandbox),
        ["SyncServer:Connection"] = nameof(SyncServerConnection.Sandbox),
    };

    /// <exception cref="SettingsException">With every error at once.</exception>
    public static LoadedSettings Load(CommonValues options)
    {
        var (all, file) = Read(options);
        var shape = new SettingsShape(all, file, TopLevel);
        var root = shape.WithoutMalformed();

        var settings = new LoadedSettings(new AgentSettings(), new GraphSettings(), new SyncServerSettings(), new SandboxSettings()) { Rehearsal = options.Rehearsal };
        root.Bind(settings.Agent);
        root.GetSection(GraphSection).Bind(settings.Graph);
        root.GetSection(SyncServerSection).Bind(settings.SyncServer);
        root.GetSection(SandboxSection).Bind(settings.Sandbox);
        root.GetSection(TelemetrySection).Bind(settings.Telemetry);

        // MIM writes down who started a run; on its own server that is this account, and a run of anybody else's is not ours.
        if (OperatingSystem.IsWindows() && !settings.SandboxSyncServer) settings.SyncServer.Account ??= Caller.Name;

        string[] errors =
        [
            .. shape.Errors,
            .. settings.SandboxTenant ? [] : settings.Graph.Validate(),
            .. settings.SyncServer.Validate(),
            .. AgentSettingsValidator.Validate(settings.Agent),
            .. settings.Sandbox.Validate(),
            .. settings.Telemetry.Validate(),
            .. HalvesThatFit(settings),
        ];
        return errors.Length > 0 ? throw new SettingsException(errors) : settings;
    }

    private static IEnumerable<string> HalvesThatFit(LoadedSettings settings)
    {
        if (settings is { Telemetry.AzureMonitorSignIn: true, SandboxTenant: true })
            yield return "Telemetry:AzureMonitorSignIn is 'true'; with the sandbox's tenant that is not allowed, because nobody outside knows its application.";
        if (settings is { SandboxSyncServer: true, SandboxTenant: false } && string.IsNullOrEmpty(settings.Graph.ClientSecret))
            yield return "SyncServer:Connection is 'Sandbox'; with a real tenant that is allowed only with a Graph:ClientSecret, because the sandbox's AADMA signs in with it.";
    }

    private static (IConfigurationRoot All, IConfigurationRoot File) Read(CommonValues options)
    {
        var path = Path.GetFullPath(options.Config ?? Path.Combine(AppContext.BaseDirectory, "appsettings.json"));
        if (options.Config is not null && !File.Exists(path))
            throw new SettingsException([$"--config is '{options.Config}'; there is no such file ({path})."]);
        try
        {
            var file = new ConfigurationBuilder().AddJsonFile(path, optional: true, reloadOnChange: false).Build();
            var set = options.Set.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)).ToList();
            var all = new ConfigurationBuilder()
                .AddInMemoryCollection(options.Sandbox ? SandboxPace : [])
                .AddConfiguration(file)
                .AddEnvironmentVariables(EnvironmentPrefix)
                .AddInMemoryCollection(options.Rehearsal?.Settings ?? new Dictionary<string, string?>()) // above a file that was written for the real thing
                .AddInMemoryCollection(set)
                .AddInMemoryCollection(options.Sandbox ? SandboxHalves : [])
                .Build();
            return (all, new ConfigurationBuilder().AddConfiguration(file).AddInMemoryCollection(set).Build());
        }
        catch (InvalidDataException e)
        {
            throw new SettingsException([$"The settings file {path} is no JSON: {e.GetBaseException().Message}"]);
        }
    }
}
