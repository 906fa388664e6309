using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

public sealed class UpdateTests : ScriptTest
{
    private string Store => Path.Combine(world.DataFolder, "agent.db");

    [Theory]
    [InlineData("Task")]
    [InlineData("Service")]
    public void The_new_version_runs_with_the_old_settings_and_the_old_one_is_kept(string runAs)
    {
        setup.Install(new() { ["RunAs"] = runAs }).Succeeded();
        var settings = File.ReadAllText(Path.Combine(world.ProgramFolder, "appsettings.json"));

        var run = setup.Update(new UnzippedFolder(world, "2.0")).Succeeded();

        Assert.Contains("version 2.0", File.ReadAllText(Path.Combine(world.ProgramFolder, "mimhybrid.exe")), StringComparison.Ordinal);
        Assert.Equal(settings, File.ReadAllText(Path.Combine(world.ProgramFolder, "appsettings.json")));
        Assert.Equal("# version 1.0\n# version 2.0\n", File.ReadAllText(Store));
        Assert.Contains("version 1.0", File.ReadAllText(Path.Combine((string)run.Result.Properties["Previous"].Value, "mimhybrid.exe")), StringComparison.Ordinal);
        Assert.True(world.AgentRuns);
        Assert.Contains("stop --wait 00:30:00", string.Join('\n', world.AgentAsked), StringComparison.Ordinal);
    }

    /// <summary>The executable only starts what lies in lib, and may be the same file in both.</summary>
    [Fact]
    public void A_version_with_the_same_executable_is_another_version()
    {
        setup.Install().Succeeded();
        var newer = new UnzippedFolder(world, "1.1");
        File.Copy(Path.Combine(world.ProgramFolder, "mimhybrid.exe"), Path.Combine(newer.Root, "mimhybrid.exe"), overwrite: true);
        newer.WriteChecksums();

        setup.Update(newer).Succeeded();

        Assert.EndsWith("1.1", File.ReadAllText(Path.Combine(world.ProgramFolder, "lib", "mimhybrid.dll")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Task")]
    [InlineData("Service")]
    public void It_goes_back_by_itself_when_the_check_of_the_new_version_fails(string runAs)
    {
        setup.Install(new() { ["RunAs"] = runAs }).Succeeded();
        world.AgentAnswers("check-2.0", 4);
        var before = world.Snapshot();

        var run = setup.Update(new UnzippedFolder(world, "2.0"));

        Assert.Contains("'mimhybrid check' of the new version found something", run.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal("# version 1.0\n", File.ReadAllText(Store));
        Assert.Equal(before, world.Snapshot());
        Assert.True(world.AgentRuns);
    }

    [Theory]
    [InlineData("Task", true)]
    [InlineData("Service", false)]
    public void It_goes_back_whatever_fails(string runAs, bool afterwards)
    {
        var changes = Update(runAs, failAt: 0, afterwards);
        for (var at = 1; at <= changes; at++) Update(runAs, at, afterwards);
    }

    [Fact]
    public void An_agent_that_does_not_end_in_time_is_left_alone()
    {
        setup.Install().Succeeded();
        world.AgentAnswers("stop", 1);
        var before = world.Snapshot();

        var run = setup.Update(new UnzippedFolder(world, "2.0"), new() { ["StopWait"] = TimeSpan.FromMinutes(1) });

        Assert.Contains("did not end within 00:01:00", run.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(before, world.Snapshot());
    }

    [Fact]
    public void An_agent_that_did_not_run_is_not_started()
    {
        setup.Install(new() { ["NoStart"] = true }).Succeeded();

        setup.Update(new UnzippedFolder(world, "2.0"), new() { ["StopWait"] = "12:00:00" }).Succeeded();

        Assert.False(world.AgentRuns);
    }

    [Fact]
    public void The_task_s_watchdog_does_not_start_the_agent_in_the_midst()
    {
        setup.Install().Succeeded();
        world.Watchdog = true;

        setup.Update(new UnzippedFolder(world, "2.0")).Succeeded();

        Assert.InRange(world.WatchdogStarts, 0, 1); // enabled again and not yet started by us: it may be first
        Assert.Equal("# version 1.0\n# version 2.0\n", File.ReadAllText(Store));
        Assert.True(world.Tasks["MIM Hybrid Agent"].Enabled);
        Assert.True(world.AgentRuns);
    }

    [Fact]
    public void A_task_that_was_disabled_stays_so()
    {
        setup.Install(new() { ["NoStart"] = true }).Succeeded();

        setup.Update(new UnzippedFolder(world, "2.0")).Succeeded();

        Assert.False(world.Tasks["MIM Hybrid Agent"].Enabled);
    }

    [Fact]
    public void The_same_version_changes_nothing()
    {
        setup.Install().Succeeded();
        var before = world.Snapshot();

        var run = setup.Update(setup.First).Succeeded();

        Assert.Contains("this version already", run.Said, StringComparison.Ordinal);
        Assert.Equal(before, world.Snapshot());
    }

    [Fact]
    public void A_client_secret_stays_private_in_the_new_folder()
    {
        setup.Install(new() { ["ClientSecret"] = WindowsWorld.Secure() }).Succeeded();

        setup.Update(new UnzippedFolder(world, "2.0")).Succeeded();

        Assert.All(world.Snapshot().Split('\n').Where(line => line.StartsWith("file", StringComparison.Ordinal) && line.Contains("appsettings.json", StringComparison.Ordinal)), line => Assert.EndsWith("private", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_store_that_is_a_link_is_not_followed()
    {
        setup.Install().Succeeded();
        File.Delete(Store);
        File.CreateSymbolicLink(Store, Path.Combine(world.ProgramFolder, "LICENSE"));

        var run = setup.Update(new UnzippedFolder(world, "2.0"));

        Assert.Contains("is a link", run.Failure!.Message, StringComparison.Ordinal);
        Assert.True(world.AgentRuns);
    }

    [Fact]
    public void Only_the_newest_old_version_is_kept()
    {
        setup.Install().Succeeded();
        Directory.CreateDirectory(world.ProgramFolder + ".previous-20200101-000000");
        Directory.CreateDirectory(Path.Combine(world.DataFolder, "before-update-20200101-000000"));

        setup.Update(new UnzippedFolder(world, "2.0")).Succeeded();

        Assert.Single(Directory.GetDirectories(Path.GetDirectoryName(world.ProgramFolder)!, "*.previous-*"), folder => !folder.Contains("2020", StringComparison.Ordinal));
        Assert.Single(Directory.GetDirectories(world.DataFolder, "before-update-*"), folder => !folder.Contains("2020", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_an_installation_there_is_nothing_to_update()
    {
        var run = setup.Update(setup.First);

        Assert.Contains("was not installed in", run.Failure!.Message, StringComparison.Ordinal);
    }

    private static int Update(string runAs, int failAt, bool afterwards)
    {
        using var world = new WindowsWorld { FailAfterwards = afterwards };
        var setup = new Setup(world);
        setup.Install(new() { ["RunAs"] = runAs, ["ClientSecret"] = WindowsWorld.Secure() }).Succeeded();
        var installed = world.Changes.Count;
        var before = world.Snapshot();
        if (failAt > 0) world.FailAt = installed + failAt;

        var run = setup.Update(new UnzippedFolder(world, "2.0"));

        if (failAt == 0) return run.Succeeded() is var _ ? world.Changes.Count - installed : 0;
        Assert.True(run.Failure is not null, $"Nothing failed at {failAt}.");
        Assert.True(before == world.Snapshot(), $"Failing '{world.Changes[installed + failAt - 1]}' left something.\nbefore:\n{before}\nafter:\n{world.Snapshot()}\n{run.Said}");
        return 0;
    }
}
