using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Principal;

namespace MimHybrid.Agent.Tasks;

/// <summary>
/// Task Scheduler's own command line tool, which every Windows Server has, asked what is registered (README.md#schtasks).
/// </summary>
[SupportedOSPlatform("windows")]
internal static class Schtasks
{
    /// <summary>
    /// HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND): with /HRESULT, what schtasks ends with when there is no such task. Its texts are
    /// translated.
    /// </summary>
    private const int NoSuchTask = unchecked((int)0x80070002);

    /// <summary>The task as XML; null when there is none.</summary>
    /// <exception cref="InvalidOperationException">It could not be asked; the message is that of schtasks, or of Windows.</exception>
    public static async Task<string?> QueryAsync(string name, CancellationToken cancellationToken)
    {
        using var process = Start(["/Query", "/TN", name, "/XML", "/HRESULT"]);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var xml = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode == NoSuchTask) return null;
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"schtasks /Query ended with 0x{process.ExitCode:X8}: {(await errors).Trim()}");
        return string.IsNullOrWhiteSpace(xml) ? throw new InvalidOperationException("schtasks /Query printed nothing.") : xml;
    }

    /// <summary>The account behind a security id; null when it has none.</summary>
    public static string? NameOf(string securityId)
    {
        try
        {
            return new SecurityIdentifier(securityId).Translate(typeof(NTAccount)).Value;
        }
        catch (Exception e) when (e is ArgumentException or SystemException)
        {
            return null;
        }
    }

    private static Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Environment.SystemDirectory, "schtasks.exe"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"schtasks could not be started: {e.Message}", e);
        }
    }
}
