using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Sandbox.Tests.SyncServer.Fixtures;
using static MimHybrid.Sandbox.Tests.SyncServer.Fixtures.SyncServerDriver;

namespace MimHybrid.Sandbox.Tests.SyncServer;

/// <summary>Where the errors of runs are kept: not in the state, which is written anew with each run.</summary>
public sealed class RunErrorsTests(LoopbackGraph graph) : IDisposable
{
    private const int Many = 20_000;

    private readonly TestTenant tenant = graph.AddTenant();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mimhybrid-errors-");

    private FileInfo StateFile => new(Path.Combine(folder.FullName, "syncserver.json"));

    private DirectoryInfo Shelf => new(Path.Combine(folder.FullName, "run-errors"));

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Many_errors_outlive_a_restart_and_are_not_in_the_state()
    {
        using (var before = Start())
            await RefuseAsync(before);

        Assert.InRange(StateFile.Length, 1, 100_000);
        using var after = Start();
        var run = await after.LastRunAsync(Target);
        Assert.Equal(Many, run["export-counters", "export-failure"]);
        Assert.Equal(Many, run.Step.Element("synchronization-errors")!.Elements("export-error").Count());
    }

    [Fact]
    public async Task Errors_go_with_their_run_when_the_history_is_cleared()
    {
        using var server = Start();
        await RefuseAsync(server);
        Assert.Single(Shelf.GetFiles());

        await server.ClearRunsAsync("2026-11-22 08:00:00.000");

        Assert.Empty(Shelf.GetFiles());
    }

    [Fact]
    public async Task Errors_go_with_their_run_when_the_history_is_full()
    {
        using var server = Start(options => options with { KeptRuns = 2 });
        await RefuseAsync(server);

        for (var run = 0; run < 2; run++)
            await server.SucceedAsync(Target, Profiles.Export);

        Assert.Empty(Shelf.GetFiles());
    }

    [Fact]
    public async Task Errors_that_no_run_has_any_more_are_swept_at_the_next_start()
    {
        Shelf.Create();
        await File.WriteAllTextAsync(Path.Combine(Shelf.FullName, "of-nobody.jsonl"), "{}", TestContext.Current.CancellationToken);

        using var server = Start();

        Assert.Empty(Shelf.GetFiles());
    }

    [Fact]
    public async Task Without_a_folder_errors_are_kept_in_memory()
    {
        using var server = new SyncServerDriver(graph, tenant);
        await RefuseAsync(server);

        Assert.Equal(Many, (await server.LastRunAsync(Target)).Step.Descendants("export-error").Count());
    }

    [Fact]
    public async Task The_agent_answers_other_questions_while_a_long_list_is_written()
    {
        using var server = Start();
        await RefuseAsync(server);

        var details = Task.Run(() => server.AskAsync(Target, "RunDetails"), TestContext.Current.CancellationToken);
        Assert.Equal("completed-export-errors", await server.AskAsync(Target, "RunStatus"));
        Assert.Contains("Refused 20000", await details, StringComparison.Ordinal);
    }

    private static async Task RefuseAsync(SyncServerDriver server)
    {
        server.Server.Script.Plan(Target, Profiles.Export, new RunPlan { FailingObjects = Many });
        Assert.Equal("completed-export-errors", await server.RunAsync(Target, Profiles.Export));
    }

    private SyncServerDriver Start(Func<SyncServerOptions, SyncServerOptions>? configure = null) => new(
        graph, tenant, options => (configure?.Invoke(options) ?? options) with { StatePath = folder.FullName });
}
