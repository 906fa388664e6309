using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

/// <summary>The power fails at every change, before it is made and after it, and no script has time to undo anything: the same command afterwards ends as if nothing had been.</summary>
public sealed class PowerCutTests
{
    [Theory]
    [InlineData("Task", true)]
    [InlineData("Task", false)]
    [InlineData("Service", true)]
    public void An_installation_that_was_cut_off_is_undone_and_made_by_the_next_one(string runAs, bool afterwards) => EachCut(afterwards, (world, setup) =>
    {
        setup.HasOldTask(runs: true);
        world.HasKeptData();
        return () => setup.Install(new() { ["RunAs"] = runAs, ["ClientSecret"] = WindowsWorld.Secure(), ["DisableOldTask"] = true });
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void So_is_one_on_another_drive(bool afterwards) => EachCut(afterwards, (world, setup) =>
    {
        world.IsOnAnotherDrive();
        return () => setup.Install();
    });

    [Theory]
    [InlineData("Task", true)]
    [InlineData("Service", false)]
    public void An_update_that_was_cut_off_is_undone_and_made_by_the_next_one(string runAs, bool afterwards) => EachCut(afterwards, (world, setup) =>
    {
        setup.Install(new() { ["RunAs"] = runAs, ["ClientSecret"] = WindowsWorld.Secure() }).Succeeded();
        var newer = new UnzippedFolder(world, "2.0");
        return () => setup.Update(newer);
    });

    [Theory]
    [InlineData("Task", true)]
    [InlineData("Service", true)]
    public void An_uninstallation_that_was_cut_off_goes_on(string runAs, bool afterwards) => EachCut(afterwards, (_, setup) =>
    {
        setup.Install(new() { ["RunAs"] = runAs }).Succeeded();
        return () => setup.Uninstall(new() { ["RemoveData"] = true });
    });

    /// <summary>The check of the new version fails, and the power fails at any change up to the last one of going back.</summary>
    [Theory]
    [InlineData("Task", true)]
    [InlineData("Service", false)]
    public void An_update_that_is_cut_off_while_it_goes_back_loses_nothing(string runAs, bool afterwards) => EachCut(
        afterwards,
        (world, setup) =>
        {
            setup.Install(new() { ["RunAs"] = runAs }).Succeeded();
            var newer = new UnzippedFolder(world, "2.0");
            return () => setup.Update(newer);
        },
        (world, fails) => world.AgentAnswers("check-2.0", fails ? 4 : 0));

    /// <summary>From there on the agent may have run for weeks before somebody runs a script again.</summary>
    [Fact]
    public void What_the_agent_did_after_an_installation_was_cut_off_at_its_end_is_kept()
    {
        using var undisturbed = new WindowsWorld();
        new Setup(undisturbed).Install().Succeeded();
        using var world = new WindowsWorld { CutAt = undisturbed.Changes.Count, FailAfterwards = true };
        var setup = new Setup(world);

        Kept(world, () => setup.Install());
    }

    [Fact]
    public void What_the_new_version_did_after_an_update_was_cut_off_while_it_checked_is_kept()
    {
        using var world = new WindowsWorld();
        var setup = new Setup(world);
        setup.Install().Succeeded();
        var newer = new UnzippedFolder(world, "2.0");
        world.CutAtCheck = true;

        Kept(world, () => setup.Update(newer));

        Assert.Contains("version 2.0", File.ReadAllText(world.Executable), StringComparison.Ordinal);
    }

    /// <summary>Somebody may want it gone instead.</summary>
    [Fact]
    public void Uninstalling_after_an_installation_was_cut_off_leaves_nothing()
    {
        using var world = new WindowsWorld { CutAt = 8 };
        var setup = new Setup(world);
        var before = world.Snapshot();
        Cut(world, () => setup.Install());

        var run = setup.Uninstall();

        Assert.Contains("was cut off. Everything done so far is undone", run.Said, StringComparison.Ordinal);
        Assert.Contains("was not installed in", run.Failure?.Message, StringComparison.Ordinal);
        Assert.Equal(before, world.Snapshot());
    }

    [Fact]
    public void With_WhatIf_the_undoing_is_told_and_not_done()
    {
        using var world = new WindowsWorld { CutAt = 8 };
        var setup = new Setup(world);
        Cut(world, () => setup.Install());
        var before = world.Snapshot();

        var run = setup.Install(new() { ["WhatIf"] = true }).Succeeded();

        Assert.Contains("Undo what was cut off", run.Said, StringComparison.Ordinal);
        Assert.Equal(before, world.Snapshot());
    }

    [Fact]
    public void An_entry_that_was_cut_off_half_way_had_not_begun()
    {
        using var world = new WindowsWorld { CutAt = 8 };
        var setup = new Setup(world);
        Cut(world, () => setup.Install());
        File.AppendAllText(Journal(world), "\n{\"Say\":\"removed the ta");

        setup.Install().Succeeded();

        Assert.True(world.AgentRuns);
    }

    /// <summary>An administrator runs what it names.</summary>
    [Fact]
    public void A_journal_that_names_anything_else_is_not_obeyed()
    {
        using var world = new WindowsWorld();
        Directory.CreateDirectory(Path.GetDirectoryName(Journal(world))!);
        File.WriteAllText(Journal(world), """{"Say":"planted","Command":"Invoke-Native","With":{"Tool":"evil.exe"}}""");

        var run = new Setup(world).Install();

        Assert.Contains("which no script of ours notes", run.Failure?.Message, StringComparison.Ordinal);
        using var free = new FileStream(Journal(world), FileMode.Open, FileAccess.ReadWrite, FileShare.None); // whoever looks at it may take it away
    }

    [Fact]
    public void Two_installations_at_once_are_told_of_each_other()
    {
        using var world = new WindowsWorld();
        Directory.CreateDirectory(Path.GetDirectoryName(Journal(world))!);
        using var held = new FileStream(Journal(world), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        var run = new Setup(world).Install();

        Assert.Contains("Another run is at work", run.Failure?.Message, StringComparison.Ordinal);
    }

    private static string Journal(WindowsWorld world) => Path.Combine(world.ProgramFolder + ".unfinished", "journal");

    private static void EachCut(bool afterwards, Func<WindowsWorld, Setup, Func<ScriptRun>> prepare, Action<WindowsWorld, bool>? failing = null)
    {
        var (changes, undisturbed) = Run(prepare, cutAt: 0, afterwards, failing);
        Assert.InRange(changes, 3, 60);
        for (var at = 1; at <= changes; at++)
        {
            var (_, again) = Run(prepare, at, afterwards, failing);
            var (missing, added) = (undisturbed.Split('\n').Except(again.Split('\n')), again.Split('\n').Except(undisturbed.Split('\n')));
            Assert.True(undisturbed == again, $"Cut off at change {at}.\nmissing:\n{string.Join('\n', missing)}\nadded:\n{string.Join('\n', added)}");
        }
    }

    private static (int Changes, string World) Run(Func<WindowsWorld, Setup, Func<ScriptRun>> prepare, int cutAt, bool afterwards, Action<WindowsWorld, bool>? failing)
    {
        using var world = new WindowsWorld { FailAfterwards = afterwards };
        var script = prepare(world, new Setup(world));
        var before = world.Changes.Count;
        failing?.Invoke(world, true);
        if (cutAt > 0)
        {
            world.CutAt = before + cutAt;
            Cut(world, script);
        }
        else if (failing is not null)
        {
            Assert.NotNull(script().Failure);
        }

        var changes = world.Changes.Count - before;
        failing?.Invoke(world, false);
        var run = script();

        // An uninstallation whose last deed was done has nothing more to do, and says so.
        if (!(cutAt > 0 && run.Failure?.Message.Contains("was not installed in", StringComparison.Ordinal) == true)) run.Succeeded();
        return (failing is null ? world.Changes.Count - before : changes, Timeless(world.Snapshot()));
    }

    private static void Kept(WindowsWorld world, Func<ScriptRun> script)
    {
        Cut(world, script);
        var store = Path.Combine(world.DataFolder, "agent.db");
        File.AppendAllText(store, "weeks of work\n");

        script().Succeeded();

        Assert.Contains("weeks of work", File.ReadAllText(store), StringComparison.Ordinal);
        Assert.True(world.AgentRuns);
    }

    private static void Cut(WindowsWorld world, Func<ScriptRun> script)
    {
        script(); // where the power fails at what a script may do without, it goes on; what it does then has not happened
        Assert.NotNull(world.Cut);
        world.Cut.End();
    }

    /// <summary>What an update keeps has the time in its name, and the old task says on which day it was disabled.</summary>
    private static string Timeless(string snapshot) => System.Text.RegularExpressions.Regex.Replace(snapshot, @"\d{8}-\d{6}|\d{4}-\d\d-\d\d", "TIME");
}
