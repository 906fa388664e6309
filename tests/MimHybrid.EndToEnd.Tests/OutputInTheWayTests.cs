using System.Diagnostics;
using static MimHybrid.Testing.Pace;

namespace MimHybrid.EndToEnd.Tests;

/// <summary>Whatever becomes of what the agent prints, it works on, takes requests and ends when it is asked to (src/README.md#statement-9).</summary>
public sealed class OutputInTheWayTests : IDisposable
{
    private readonly DataDirectory data = new();

    private string[] Agent => ["run", "--sandbox", "--verbose", "--data", data.Path];

    [Fact]
    public async Task On_a_full_disk()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full is a file of Linux.");
        await WorksAndEndsAsync("/dev/full");
    }

    /// <summary>A pipe takes 64 KB; here they are in it already, and whoever has the other end never reads.</summary>
    [Fact]
    public async Task With_a_reader_that_does_not_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A named pipe that is full before the start.");
        var pipe = Path.Combine(data.Path, "pipe");
        using (var made = Process.Start("mkfifo", [pipe])) await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var reader = new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite);
        await reader.WriteAsync(new byte[65536], TestContext.Current.CancellationToken);

        await WorksAndEndsAsync(pipe);
    }

    public void Dispose() => data.Dispose();

    private async Task WorksAndEndsAsync(string printsTo)
    {
        // It prints nothing that could be waited for.
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(data.Path, "agent.db.there");
        watcher.Created += (_, _) => begun.TrySetResult();
        watcher.EnableRaisingEvents = true;

        using var agent = Mimhybrid.StartOnLinux(Agent, asNobody: false, printsTo, Fast, Quiet);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);
        var (code, output) = await Mimhybrid.RunAsync(["--force", "--data", data.Path, "--sequence", "ChangeDriven"]);
        Assert.True(code == 0, string.Join(Environment.NewLine, output));
        Assert.Equal(0, (await Mimhybrid.RunAsync(["stop", "--data", data.Path])).Code);
        Assert.Equal(0, await agent.ExitAsync());
    }
}
