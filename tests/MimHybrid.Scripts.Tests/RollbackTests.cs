using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

/// <summary>Every change that an installation makes is made to fail once, before it is done and after it: the world afterwards is the world before.</summary>
public sealed class RollbackTests
{
    [Theory]
    [InlineData("a task, with nothing there before", true)]
    [InlineData("a task, with nothing there before", false)]
    [InlineData("a task with a client secret, a data folder from earlier and the old loop running", true)]
    [InlineData("a service", true)]
    [InlineData("a managed account's service", true)]
    [InlineData("a task for a MIM with other names", true)]
    [InlineData("a task for a MIM with other names", false)]
    [InlineData("a task in a folder of its own on another drive", true)]
    [InlineData("a task in a folder of its own on another drive", false)]
    public void Whatever_fails_nothing_is_left(string form, bool afterwards)
    {
        var total = Install(form, failAt: 0, afterwards);

        Assert.InRange(total, 8, 40);
        for (var at = 1; at <= total; at++) Install(form, at, afterwards);
    }

    [Theory]
    [InlineData("show", "Task", "mimhybrid.exe ended with exit code 70")]
    [InlineData("check", "Task", "'mimhybrid check' found something")]
    [InlineData("check", "Service", "mimhybrid.exe ended with exit code 70")]
    public void Nothing_is_left_when_the_agent_itself_refuses(string command, string runAs, string because)
    {
        using var world = new WindowsWorld();
        var setup = new Setup(world);
        world.AgentAnswers(command, 70);
        var before = world.Snapshot();

        var run = setup.Install(new() { ["RunAs"] = runAs });

        Assert.Contains(because, run.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(before, world.Snapshot());
    }

    [Theory]
    [InlineData(8)] // the event source is half made
    [InlineData(11)] // the task is registered
    public void Nothing_is_left_when_somebody_presses_control_C(int at)
    {
        using var world = new WindowsWorld { InterruptAt = at };
        var setup = new Setup(world);
        var before = world.Snapshot();

        var run = setup.Install();

        Assert.Empty(run.Output);
        Assert.Equal(at, world.Changes.FindIndex(change => change.StartsWith("remove", StringComparison.Ordinal) || change.StartsWith("unregister", StringComparison.Ordinal)));
        Assert.Equal(before, world.Snapshot());
    }

    [Fact]
    public void What_cannot_be_undone_is_told_and_the_rest_is_undone()
    {
        using var world = new WindowsWorld();
        var setup = new Setup(world);
        world.AgentAnswers("check", 4);
        var before = world.Snapshot();
        var registering = 0;
        using (var other = new WindowsWorld())
        {
            new Setup(other).Install().Succeeded();
            registering = other.Changes.FindIndex(change => change.StartsWith("enable task", StringComparison.Ordinal)) + 1;
        }

        world.FailAt = registering; // with the check failing, this is the first change that the undoing makes: to unregister the task
        var run = setup.Install();

        Assert.Contains("Not undone, please do it by hand: removed the task 'MIM Hybrid Agent'", run.Said, StringComparison.Ordinal);
        Assert.Contains("MIM Hybrid Agent", world.Tasks.Keys);
        Assert.Contains("stays noted in", run.Said, StringComparison.Ordinal);

        Assert.Contains("A run before this one was cut off", setup.Install().Said, StringComparison.Ordinal); // which tries it again, and is undone as well
        Assert.Equal(before, world.Snapshot());
    }

    private static int Install(string form, int failAt, bool afterwards)
    {
        using var world = new WindowsWorld { FailAt = failAt, FailAfterwards = afterwards };
        var setup = new Setup(world);
        var more = Prepare(form, world, setup);
        var before = world.Snapshot();

        var run = setup.Install(more);

        if (failAt == 0) return run.Succeeded() is var _ ? world.Changes.Count : 0;
        if (world.Changes[failAt - 1] == "update task MIM Scheduled Sync") return run.Failure is null ? 0 : throw run.Failure; // a note, without which the rest goes on
        Assert.True(run.Failure is not null, $"Nothing failed at {failAt}.");
        Assert.True(before == world.Snapshot(), $"Failing '{world.Changes[failAt - 1]}' left something.\nbefore:\n{before}\nafter:\n{world.Snapshot()}\n{run.Said}");
        return 0;
    }

    private static Dictionary<string, object?> Prepare(string form, WindowsWorld world, Setup setup)
    {
        switch (form)
        {
            case "a service": return new() { ["RunAs"] = "Service" };
            case "a managed account's service": return new() { ["Account"] = @"CONTOSO\svc-mim$", ["RunAs"] = "Service" };
            case "a task, with nothing there before": return [];
            case "a task for a MIM with other names":
                (world.CheckFailures, world.Discovered) = (1, """{ "Graph": { "TenantId": "contoso.com" }, "GuestSource": "Guests" }""");
                world.AccountCheck.Line = "failed   management-agents  AADMA is not there";
                return new() { ["DiscoverNames"] = true };
            case "a task in a folder of its own on another drive":
                world.IsOnAnotherDrive();
                Directory.CreateDirectory(world.ProgramFolder);
                return [];
            default:
                setup.HasOldTask(runs: true);
                world.HasKeptData();
                return new() { ["ClientSecret"] = WindowsWorld.Secure(), ["DisableOldTask"] = true };
        }
    }
}
