using System.Globalization;
using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

/// <summary>The window is closed after the old loop was disabled, and no loop runs: whoever then looks at the old task reads why, and what to do.</summary>
public sealed class OldTaskNoteTests : ScriptTest
{
    private const string Own = "Runs MIM every hour.";

    private StandInTask Old => world.Tasks["MIM Scheduled Sync"];

    [Fact]
    public void The_old_task_says_who_disabled_it_when_and_how_to_go_on_or_back()
    {
        setup.HasOldTask();
        world.Culture = CultureInfo.GetCultureInfo("th-TH"); // whose year is 2569

        var run = Replace().Succeeded();

        Assert.StartsWith(Own + " [MimHybrid] The installation of MimHybrid disabled this task on 20", Old.Description, StringComparison.Ordinal);
        Assert.Contains("run Install-MimHybrid.ps1 again to go on, or enable this task to go back. [/MimHybrid]", Old.Description, StringComparison.Ordinal);
        Assert.Contains("Its description says so.", run.Said, StringComparison.Ordinal);
        Assert.Equal(("MIMSyncUser", true), (Old.User, Old.HasPassword));
    }

    [Fact]
    public void It_says_so_from_the_moment_at_which_it_is_disabled()
    {
        setup.HasOldTask(runs: true);
        List<string> silent = [];
        world.Before = change =>
        {
            if (!Old.Enabled && !Old.Description.Contains("[MimHybrid]", StringComparison.Ordinal)) silent.Add(change);
        };

        Replace().Succeeded();

        Assert.Empty(silent);
        Assert.False(Old.Enabled);
    }

    [Fact]
    public void Undoing_takes_the_note_away()
    {
        setup.HasOldTask(runs: true);
        world.Before = change =>
        {
            if (change == "start task MIM Hybrid Agent") throw new InvalidOperationException("It does not start.");
        };

        Assert.NotNull(Replace().Failure);

        Assert.Equal((Own, true, true), (Old.Description, Old.Enabled, Old.Runs));
    }

    /// <summary>Whose password the run does not have, it cannot change.</summary>
    [Fact]
    public void A_task_of_another_account_is_disabled_without_a_note_and_the_administrator_is_told()
    {
        setup.HasOldTask();
        world.Tasks[Old.TaskName] = Old with { User = @"SERVER\Stranger" };

        var run = Replace().Succeeded();

        Assert.Equal((Own, false), (Old.Description, Old.Enabled));
        Assert.Contains("Its description does not say so: Windows changes that only with the password of its account.", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void So_is_one_where_the_next_run_was_given_no_password()
    {
        setup.HasOldTask();
        setup.Install(new() { ["DisableOldTask"] = false }).Succeeded();

        var run = Replace().Succeeded();

        Assert.Equal((Own, false), (Old.Description, Old.Enabled));
        Assert.Contains("Its description does not say so", run.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 5)]
    [InlineData(@"CONTOSO\svc-mim$", 1)]
    [InlineData(WindowsWorld.Managed, 1)]
    public void A_task_without_a_password_needs_none_and_uninstalling_takes_the_note_off_when_it_brings_the_loop_back(string? user, int logon)
    {
        setup.HasOldTask();
        world.Tasks[Old.TaskName] = Old with { User = user, HasPassword = false, Logon = logon };
        Replace().Succeeded();
        Assert.Contains("[MimHybrid]", Old.Description, StringComparison.Ordinal);

        setup.Uninstall(new() { ["EnableOldTask"] = true }).Succeeded();

        Assert.Equal((Own, true), (Old.Description, Old.Enabled));
    }

    [Fact]
    public void Uninstalling_brings_a_task_with_a_password_back_and_tells_what_to_delete()
    {
        setup.HasOldTask();
        Replace().Succeeded();

        var run = setup.Uninstall(new() { ["EnableOldTask"] = true }).Succeeded();

        Assert.True(Old.Enabled);
        Assert.Contains("Delete what stands there between [MimHybrid] and [/MimHybrid].", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void Uninstalling_alone_leaves_the_task_with_its_note()
    {
        setup.HasOldTask();
        Replace().Succeeded();

        setup.Uninstall().Succeeded();

        Assert.False(Old.Enabled);
        Assert.Contains("[MimHybrid]", Old.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_note_takes_the_place_of_the_first()
    {
        setup.HasOldTask();
        Old.Description = Own + " [MimHybrid] of last year [/MimHybrid]";

        Replace().Succeeded();

        Assert.Equal(2, Old.Description.Split("[MimHybrid]").Length);
        Assert.DoesNotContain("of last year", Old.Description, StringComparison.Ordinal);
    }

    private ScriptRun Replace() => setup.Install(new() { ["DisableOldTask"] = true });
}
