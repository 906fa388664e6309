using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

public sealed class UninstallTests : ScriptTest
{
    [Theory]
    [InlineData("Task")]
    [InlineData("Service")]
    public void With_the_data_it_leaves_no_trace(string runAs)
    {
        var before = world.Snapshot();
        setup.Install(new() { ["RunAs"] = runAs }).Succeeded();
        setup.Update(new UnzippedFolder(world, "2.0")).Succeeded();

        setup.Uninstall(new() { ["RemoveData"] = true }).Succeeded();

        Assert.Equal(before, world.Snapshot());
    }

    [Fact]
    public void Without_it_data_and_settings_stay_and_it_says_so()
    {
        setup.Install().Succeeded();
        var settings = File.ReadAllText(Path.Combine(world.ProgramFolder, "appsettings.json"));

        var run = setup.Uninstall().Succeeded();

        Assert.False(Directory.Exists(world.ProgramFolder));
        Assert.Equal(["MimHybrid.folder", "agent.db", "appsettings.json"], Directory.GetFiles(world.DataFolder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(settings, File.ReadAllText(Path.Combine(world.DataFolder, "appsettings.json")));
        Assert.Contains($"Kept: the data and the settings in {world.DataFolder}", run.Said, StringComparison.Ordinal);
        Assert.Empty(world.Tasks);
        Assert.Empty(world.Registry);
        Assert.Equal(["*S-1-5-32-544", "*S-1-5-32-551"], world.Rights["SeBatchLogonRight"]);
        Assert.False(world.AgentRuns);
    }

    [Fact]
    public void Installing_again_picks_up_data_and_settings_for_another_account()
    {
        setup.Install(new() { ["ClientSecret"] = WindowsWorld.Secure() }).Succeeded();
        setup.Uninstall().Succeeded();

        setup.Install(new() { ["Account"] = @"CONTOSO\svc-mim$", ["TenantId"] = "", ["ClientId"] = "" }).Succeeded();

        Assert.Contains(WindowsWorld.Password, File.ReadAllText(Path.Combine(world.ProgramFolder, "appsettings.json")), StringComparison.Ordinal);
        Assert.All(world.Snapshot().Split('\n').Where(line => line.Contains("appsettings.json", StringComparison.Ordinal) && line.StartsWith("file", StringComparison.Ordinal)),
            line => Assert.EndsWith("private", line, StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(world.DataFolder, "appsettings.json")));
        Assert.DoesNotContain(world.AccessLists[world.DataFolder].Rules, rule => rule.StartsWith(WindowsWorld.SyncUser, StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_installation_found_it_leaves()
    {
        world.Rights["SeBatchLogonRight"].Add("*" + WindowsWorld.SyncUser);
        world.Registry[@"HKLM:\SYSTEM\CurrentControlSet\Services\EventLog\Application\MimHybrid"] = [];
        var before = world.Snapshot();
        setup.Install().Succeeded();

        var run = setup.Uninstall(new() { ["RemoveData"] = true }).Succeeded();

        Assert.Equal(before, world.Snapshot());
        Assert.Contains("Kept: the logon right", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_task_s_watchdog_does_not_start_the_agent_in_the_midst()
    {
        var before = world.Snapshot();
        setup.Install().Succeeded();
        world.Watchdog = true;

        setup.Uninstall(new() { ["RemoveData"] = true }).Succeeded();

        Assert.Equal(0, world.WatchdogStarts);
        Assert.Equal(before, world.Snapshot());
    }

    [Fact]
    public void What_an_attempt_before_left_does_not_stand_in_the_way()
    {
        var before = world.Snapshot();
        setup.Install().Succeeded();
        Directory.CreateDirectory(world.ProgramFolder + ".removing");

        setup.Uninstall(new() { ["RemoveData"] = true }).Succeeded();

        Assert.Equal(before, world.Snapshot());
    }

    [Fact]
    public void A_folder_that_is_held_for_a_moment_is_waited_for()
    {
        var (from, to) = (Directory.CreateDirectory(world.ProgramFolder).FullName, world.ProgramFolder + ".there");
        Directory.CreateDirectory(to); // a folder in the way fails a move on every system, as an open file does on Windows
        var waits = 0;
        world.Meanwhile = () =>
        {
            if (++waits == 3) Directory.Delete(to);
        };
        var script = Path.Combine(world.StateFolder, "move.ps1");
        File.WriteAllText(script, $"Import-Module '{setup.First.Script("MimHybrid.psm1")}'; Move-Folder -From '{from}' -To '{to}'");

        ScriptRun.Of(world, script, []).Succeeded();

        Assert.Equal(3, waits);
        Assert.True(Directory.Exists(to));
    }

    [Fact]
    public void It_asks_once_and_with_no_nothing_happens()
    {
        setup.Install().Succeeded();
        var before = world.Snapshot();
        var person = new Person { Answer = 1 };

        setup.Uninstall(new() { ["Confirm"] = true }, person).Succeeded();

        Assert.Single(person.Questions);
        Assert.Equal(before, world.Snapshot());
    }

    [Fact]
    public void An_agent_that_does_not_end_in_time_keeps_everything_in_place()
    {
        setup.Install().Succeeded();
        world.AgentAnswers("stop", 1);
        var before = world.Snapshot();

        var run = setup.Uninstall();

        Assert.Contains("did not end within", run.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(before, world.Snapshot());
    }

    [Theory]
    [InlineData("Task")]
    [InlineData("Service")]
    public void After_a_failure_it_goes_on_where_it_ended(string runAs)
    {
        var changes = Uninstall(runAs, failAt: 0);
        Assert.InRange(changes, 3, 20);
        for (var at = 1; at <= changes; at++) Uninstall(runAs, at);
    }

    private static int Uninstall(string runAs, int failAt)
    {
        using var world = new WindowsWorld();
        var setup = new Setup(world);
        var before = world.Snapshot();
        setup.Install(new() { ["RunAs"] = runAs }).Succeeded();
        var installed = world.Changes.Count;
        if (failAt > 0)
        {
            world.FailAt = installed + failAt;
            Assert.NotNull(setup.Uninstall(new() { ["RemoveData"] = true }).Failure);
        }

        setup.Uninstall(new() { ["RemoveData"] = true }).Succeeded();

        Assert.Equal(before, world.Snapshot());
        return world.Changes.Count - installed;
    }
}
