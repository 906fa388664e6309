using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Principal;

namespace MimHybrid.Agent.Tasks;

/// <summary>
/// Task Scheduler's own command line tool, which every Windows Server has. It asks for the account's password by itself, on its console: the
/// password never passes through this process (README.md#schtasks).
/// </summary>
[SupportedOSPlatform("windows")]
internal static class Schtasks
{
    /// <summary>HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND): with /HRESULT, what schtasks ends with when there is no such task. Its texts are translated.</summary>
    private const int NoSuchTask = unchecked((int)0x80070002);

    /// <summary>The task as XML; null when there is none.</summary>
    /// <exception cref="InvalidOperationException">It could not be asked; the message is that of schtasks.</exception>
    public static async Task<string?> QueryAsync(string name, CancellationToken cancellationToken)
    {
        using var process = Start(["/Query", "/TN", name, "/XML", "/HRESULT"], captured: true);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var xml = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode == NoSuchTask) return null;
        if (process.ExitCode != 0) throw new InvalidOperationException($"schtasks /Query ended with 0x{process.ExitCode:X8}: {(await errors).Trim()}");
        return string.IsNullOrWhiteSpace(xml) ? throw new InvalidOperationException("schtasks /Query printed nothing.") : xml;
    }

    /// <summary>Registers the task, in place of one of the same name. Answers with the exit code; what went wrong is on the console.</summary>
    public static async Task<int> CreateAsync(TaskDefinition task, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Path.GetTempPath(), $"mimhybrid-task-{Environment.ProcessId}.xml");
        try
        {
            await File.WriteAllBytesAsync(file, TaskXml.ToFile(task), cancellationToken);

            // An empty password for a gMSA, which has none to type: so schtasks takes one (schtasks /Change /RU "DOMAIN\account$" /RP "").
            return await RunAsync(["/Create", "/TN", TaskDefinition.Name, "/XML", file, "/RU", task.Account, "/RP", task.Logon == TaskLogon.Gmsa ? "" : "*", "/F"], cancellationToken);
        }
        finally
        {
            File.Delete(file);
        }
    }

    public static Task<int> DeleteAsync(CancellationToken cancellationToken) => RunAsync(["/Delete", "/TN", TaskDefinition.Name, "/F"], cancellationToken);

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

    private static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Start(arguments, captured: false);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }

    private static Process Start(string[] arguments, bool captured) => Process.Start(
        new ProcessStartInfo(Path.Combine(Environment.SystemDirectory, "schtasks.exe"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = captured,
            RedirectStandardError = captured,
        })!;
}
