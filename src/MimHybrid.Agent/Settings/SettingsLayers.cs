using System.Collections;
using Microsoft.Extensions.Configuration;
using MimHybrid.Graph;
using MimHybrid.Mim;

namespace MimHybrid.Agent.Settings;

/// <summary>
/// Where settings come from, lowest first: the sandbox's pace, the file, the environment, the rehearsal, the command line; later ones win.
/// </summary>
internal sealed class SettingsLayers
{
    public const string Default = "default";

    private const string EnvironmentPrefix = "MIMHYBRID_";

    /// <summary>Sandbox and demo: everything at once. Below the file, so that a file or a variable still changes it.</summary>
    private static readonly Dictionary<string, string?> SandboxPace = new()
    {
        ["BootDelay"] = "00:00:00",
        ["Functions:GuestChanges:PollInterval"] = "00:00:02",
        ["Functions:GuestChanges:SettleTime"] = "00:00:01",
        ["Functions:GuestChanges:LongestWait"] = "00:00:05",
        ["Functions:GuestChanges:EditsAndRemovalsWait"] = "00:00:05",
        ["Retries:First"] = "00:00:02",
        ["Arrival:Wait"] = "00:00:02",
        ["ShortestPause"] = "00:00:01",
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

    private readonly List<(string Name, IConfigurationRoot Settings)> layers = [];

    private SettingsLayers(CommonValues options, string path, byte[] content)
    {
        File = path;
        using var json = new MemoryStream(content);
        var file = new ConfigurationBuilder().AddJsonStream(json).Build();
        var set = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var one in options.Set) set[one.Setting] = one.Value;
        Add("sandbox", new ConfigurationBuilder().AddInMemoryCollection(options.Sandbox ? SandboxPace : []));
        layers.Add((path, file));
        Add(EnvironmentPrefix, new ConfigurationBuilder().AddEnvironmentVariables(EnvironmentPrefix));
        // above a file that was written for the real thing
        Add($"rehearsal {options.Rehearsal?.Name}",
            new ConfigurationBuilder().AddInMemoryCollection(options.Rehearsal?.Settings ?? new Dictionary<string, string?>()));
        Add("command line", new ConfigurationBuilder().AddInMemoryCollection(set));
        Add("sandbox", new ConfigurationBuilder().AddInMemoryCollection(options.Sandbox ? SandboxHalves : []));
        Typed = new ConfigurationBuilder().AddConfiguration(file).AddInMemoryCollection(set).Build();

        var all = new ConfigurationBuilder();
        foreach (var (_, settings) in layers) all.AddConfiguration(settings);
        All = all.Build();
    }

    /// <summary>The settings file, whether it is there or not.</summary>
    public string File { get; }

    /// <summary>All layers, the later ones over the earlier.</summary>
    public IConfigurationRoot All { get; }

    /// <summary>The settings file and the command line alone: what somebody typed for this program and nothing else.</summary>
    public IConfigurationRoot Typed { get; }

    /// <exception cref="SettingsException">The file that was named is not there, or it cannot be read.</exception>
    public static SettingsLayers Read(CommonValues options)
    {
        var path = PathOf(options);
        return new SettingsLayers(options, path, SettingsFile.Read(path) ?? (options.Config is null
            ? SettingsFile.Nothing
            : throw new SettingsException([$"--config is '{options.Config}'; there is no such file ({path})."])));
    }

    /// <summary>The settings file, whether it is there or not.</summary>
    public static string PathOf(CommonValues options) =>
        Path.GetFullPath(options.Config ?? Path.Combine(ProgramFolder.Path, "appsettings.json"));

    /// <summary>For people: where a setting's value comes from.</summary>
    public string SourceOf(string setting) => layers.FindLast(layer => IsThere(layer.Settings.GetSection(setting))) switch
    {
        { Name: EnvironmentPrefix } => $"environment variable {VariableOf(setting)}",
        { Name: { } name } => name,
        _ => Default,
    };

    /// <summary>The environment variable that a setting's value comes from; null where it comes from elsewhere.</summary>
    public string? VariableBehind(string setting) =>
        layers.FindLast(layer => IsThere(layer.Settings.GetSection(setting))).Name == EnvironmentPrefix ? VariableOf(setting) : null;

    private void Add(string name, IConfigurationBuilder settings) => layers.Add((name, settings.Build()));

    private static bool IsThere(IConfigurationSection section) => section.Value is not null || section.GetChildren().Any();

    /// <summary>As it is written in the environment, whatever the case.</summary>
    private static string VariableOf(string setting)
    {
        var name = EnvironmentPrefix + setting.Replace(":", "__", StringComparison.Ordinal);
        return Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => (string)variable.Key)
            .FirstOrDefault(variable => variable.Equals(name, StringComparison.OrdinalIgnoreCase), name);
    }
}
