using System.Diagnostics;
using System.Globalization;

namespace MimHybrid.Testing;

/// <summary>The built executable, as a captive process.</summary>
public sealed class Mimhybrid : IDisposable
{
    /// <summary>Far longer than anything here takes: a hang must end the test run, not hold it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>
    /// One agent drives one sync server of a machine (SyncServerLock); this folder stands for the machine, so that another copy of
    /// these tests, or an agent that somebody tries, is on another one.
    /// </summary>
    private static readonly string Machine = Directory.CreateTempSubdirectory("mimhybrid-machine-").FullName;

    private readonly Process process;
    private readonly Lines<string> lines = new();
    private readonly Lines<string> results = new();

    private Mimhybrid(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } result) results.Add(result);
            Take(line.Data);
        };
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Standard output and standard error, as their lines came: of two pipes nobody knows which was written to first.</summary>
    public IReadOnlyList<string> Output => lines.All;

    /// <summary>Standard output alone.</summary>
    public IReadOnlyList<string> Results => results.All;

    /// <summary>What was built beside the tests; or a published executable, which is named.</summary>
    private static string[] Program { get; } = Environment.GetEnvironmentVariable("MIMHYBRID_TEST_EXECUTABLE") is { Length: > 0 } published
        ? [published]
        : ["dotnet", Path.Combine(AppContext.BaseDirectory, "mimhybrid.dll")];

    /// <summary>Where the program and its settings lie, with the separator at the end.</summary>
    public static string Folder => Path.GetDirectoryName(Path.GetFullPath(Program[^1])) + Path.DirectorySeparatorChar;

    private string Said => $"Said was:{Environment.NewLine}{string.Join(Environment.NewLine, Output)}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Mimhybrid Start(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Program[0], [.. Program[1..], .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TMPDIR"] = Machine;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new Mimhybrid(new Process { StartInfo = start });
    }

    /// <summary>
    /// As another account, which may do what everybody may; what is printed goes to a file instead, where one is named. Only root can do
    /// the first, only a shell the second.
    /// </summary>
    public static Mimhybrid StartOnLinux(string[] arguments, bool asNobody, string? output, params (string Name, string Value)[] environment)
    {
        string[] command = asNobody
            ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", .. Program, .. arguments]
            : [.. Program, .. arguments];
        var start = new ProcessStartInfo("sh", ["-c", output is null ? "exec \"$@\"" : "out=$1; shift; exec \"$@\" > \"$out\"", "sh", .. output is null ? [] : new[] { output }, .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TMPDIR"] = asNobody ? "/tmp" : Machine;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new Mimhybrid(new Process { StartInfo = start });
    }

    /// <summary>Runs to the end. Returns the exit code and all lines.</summary>
    public static async Task<(int Code, IReadOnlyList<string> Output)> RunAsync(
        string[] arguments, params (string Name, string Value)[] environment)
    {
        using var process = Start(arguments, environment);
        return (await process.ExitAsync(), process.Output);
    }

    /// <summary>Runs to the end with standard output redirected as a shell does it; the lines are those of standard error.</summary>
    public static async Task<(int Code, IReadOnlyList<string> Output)> RunIntoAsync(string redirection, string[] arguments)
    {
        string[] line = ["-c", $"exec \"$@\" {redirection}", "sh", .. Program, .. arguments];
        var start = new ProcessStartInfo("sh", line) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = new Mimhybrid(new Process { StartInfo = start });
        return (await process.ExitAsync(), process.Output);
    }

    /// <summary>
    /// Waits for a line that contains the text, among those printed so far or to come. The patience is for the whole wait: an agent
    /// whose story goes on prints for ever, and a patience that began anew with each line never ended.
    /// </summary>
    public async Task<string> SaysAsync(string text)
    {
        try
        {
            return await FindAsync(text).WaitAsync(Patience, Token);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"'{text}' was not said. {Said}");
        }
    }

    public async Task<int> ExitAsync()
    {
        try
        {
            await process.WaitForExitAsync(Token).WaitAsync(Patience, Token);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The process did not end. {Said}");
        }

        return process.ExitCode;
    }

    /// <summary>As kill -9: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(Token);
    }

    /// <summary>As Ctrl+C.</summary>
    public void Interrupt() => Send("INT");

    /// <summary>A signal by its name.</summary>
    public void Send(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.WaitForExit(Patience); // until then it has what it had taken hold of, and the next test's agent would be refused it
        process.Dispose();
    }

    private async Task<string> FindAsync(string text)
    {
        string? found = null;
        await lines.UntilAsync(said => (found = said.Find(line => line.Contains(text, StringComparison.Ordinal))) is not null, Token);
        return found!;
    }

    private void Take(string? line)
    {
        if (line is not null) lines.Add(line);
    }
}
