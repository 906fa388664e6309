using System.Diagnostics;
using System.Globalization;

namespace MimHybrid.Chaos;

/// <summary>A process that this one started: what it says, and how it ends.</summary>
internal sealed class Child : IDisposable
{
    private const int LinesKept = 4000;

    /// <summary>Whatever looks like a bug report: nothing that is done to the agent from outside may end in one.</summary>
    private static readonly string[] BugReports =
        ["   at ", "Unhandled exception", "This is a fault in MimHybrid", "failed that should not", "should not happen"];

    private readonly Process process;
    private readonly Lock gate = new();
    private readonly Queue<string> lines = new();
    private string? bugReport;

    private Child(string name, Process process)
    {
        (Name, this.process) = (name, process);
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Name { get; }

    public bool HasEnded => process.HasExited;

    public int Code => process.ExitCode;

    /// <summary>The first line that must never be said; null when there is none.</summary>
    public string? BugReport
    {
        get
        {
            lock (gate) return bugReport;
        }
    }

    public IReadOnlyList<string> Said
    {
        get
        {
            lock (gate) return [.. lines];
        }
    }

    public static Child Start(string name, ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError, start.RedirectStandardInput) = (true, true, true);
        var child = new Child(name, new Process { StartInfo = start });
        child.process.StandardInput.Close();
        return child;
    }

    /// <summary>Any other program, run to its end. Returns its exit code and what it said.</summary>
    public static async Task<(int Code, string Said)> RunAsync(string program, params string[] arguments)
    {
        using var child = Start(program, new ProcessStartInfo(program, arguments));
        var code = await child.EndAsync(TimeSpan.FromMinutes(6), CancellationToken.None);
        return (code, string.Join(Environment.NewLine, child.Said));
    }

    public bool Says(string text) => Said.Any(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>Waits for the end. Returns the exit code.</summary>
    /// <exception cref="BrokenPromiseException">It did not end in time.</exception>
    public async Task<int> EndAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            await process.WaitForExitAsync(cancellationToken).WaitAsync(patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new BrokenPromiseException($"{Name} did not end within {patience:c}");
        }

        return process.ExitCode;
    }

    /// <summary>As kill -9: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited) process.Kill();
        await EndAsync(TimeSpan.FromMinutes(1), CancellationToken.None);
    }

    public Task SendAsync(string signal) =>
        RunAsync("kill", $"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)); // it may have ended meanwhile

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.WaitForExit(TimeSpan.FromMinutes(1)); // its folder goes next
        process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null) return;
        lock (gate)
        {
            lines.Enqueue(line);
            if (lines.Count > LinesKept) lines.Dequeue();
            if (bugReport is null && BugReports.Any(sign => line.Contains(sign, StringComparison.Ordinal))) bugReport = line;
        }
    }
}
