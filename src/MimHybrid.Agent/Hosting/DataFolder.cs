using MimHybrid.Agent.Settings;
using MimHybrid.Store;
using MimHybrid.Store.Faults;

namespace MimHybrid.Agent.Hosting;

/// <summary>
/// The lock on a data folder: one agent at a time.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private const string Sandbox = "Sandbox";
    private const string SandboxTenant = "SandboxTenant";
    private const string Tenant = "Tenant";

    private readonly ExclusiveFile lockFile;

    private DataFolder(string path, ExclusiveFile lockFile) => (Path, this.lockFile) = (path, lockFile);

    public string Path { get; }

    /// <summary>The folder named on the command line, else the one of this system.</summary>
    public static string Resolve(string? named, bool sandbox)
    {
        if (!string.IsNullOrWhiteSpace(named)) return System.IO.Path.GetFullPath(named);

        // Elsewhere than on Windows the common folder is not writable for ordinary accounts; the product runs on Windows, trials run
        // anywhere.
        var root = Environment.GetFolderPath(OperatingSystem.IsWindows() && !sandbox
            ? Environment.SpecialFolder.CommonApplicationData
            : Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        return System.IO.Path.Combine(root, sandbox ? "MimHybrid-Sandbox" : "MimHybrid");
    }

    /// <summary>A sandbox and a real tenant never share a folder: the guests of the one would be removals to the other.</summary>
    /// <exception cref="SettingsException">The folder is of the other kind.</exception>
    public static void Claim(AgentStore store, LoadedSettings settings)
    {
        var claimed = store.ClaimFor(settings switch
        {
            { SandboxTenant: false } => Tenant,
            { SandboxSyncServer: false } => SandboxTenant,
            _ => Sandbox,
        });
        if (Fits(claimed, settings)) return;
        throw new SettingsException([settings.SandboxTenant
            ? $"--data leads to '{store.Path}', which belongs to a real tenant; allowed with the sandbox's tenant is a folder of its own."
            : $"--data leads to '{store.Path}', which belongs to the sandbox; allowed "
                + "with a real tenant is a folder of its own (or add --sandbox)."]);
    }

    /// <summary>
    /// Whether the guests in the folder are of the tenant that the settings mean; so is a folder that nobody has claimed.
    /// </summary>
    public static bool Fits(string? claim, LoadedSettings settings) => claim is null || (claim == Tenant) != settings.SandboxTenant;

    /// <summary>
    /// Whether the folder is a sandbox's in both halves, so that a command about it means the sandbox without saying so. One that begins
    /// an agent has to say it: settings made for the real thing must not end in a pretence that nobody asked for.
    /// </summary>
    public static bool IsSandbox(AgentReader? store) => store?.ReadClaim() == Sandbox;

    /// <inheritdoc cref="IsSandbox(AgentReader?)"/>
    public static bool IsSandbox(string path)
    {
        try
        {
            using var store = AgentReader.TryOpen(path);
            return IsSandbox(store);
        }
        catch (StoreException)
        {
            return false; // whoever opens it next says what is wrong with it
        }
    }

    /// <summary>Locks the folder, making it where it is missing. Null when another process has it.</summary>
    /// <exception cref="SettingsException">There can be no data folder, or this account may not write there.</exception>
    public static async Task<DataFolder?> TryLockAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        // Whoever only looks whether it is held holds it for a moment: that must not turn an agent away.
        for (var until = time.GetUtcNow() + LongestWait; ; await Task.Delay(Pause, time, cancellationToken))
        {
            if (TryLock(path) is { } folder) return folder;
            if (time.GetUtcNow() >= until) return null;
        }
    }

    /// <summary>Whether some process holds the folder now. That it cannot be told is not that nobody does.</summary>
    /// <exception cref="StoreException">This account may not look.</exception>
    public static bool IsLocked(string path)
    {
        try
        {
            return ExclusiveFile.IsOpenElsewhere(LockIn(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.MayNotRead(path, e);
        }
    }

    /// <exception cref="SettingsException">There can be no data folder, or this account may not write there.</exception>
    public static DataFolder? TryLock(string path)
    {
        try
        {
            return ExclusiveFile.TryOpen(LockIn(path)) is { } lockFile ? new DataFolder(path, lockFile) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException(
                [$"--data is '{path}'; allowed is a folder that {CurrentAccount.Name} may modify ({e.Message.TrimEnd('.')})."]);
        }
    }

    public void Dispose() => lockFile.Dispose();

    private static string LockIn(string path) => System.IO.Path.Combine(path, "agent.lock");
}
