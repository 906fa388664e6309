using System.Management.Automation;
using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

/// <summary>
/// What the agent's account may do is shown while the administrator is still there: the check runs as that account, by a task that is gone afterwards. What fails at each of its
/// changes, and what a power cut leaves of it, show <see cref="RollbackTests"/> and <see cref="PowerCutTests"/> with all other changes.
/// </summary>
public sealed class AccountCheckTests : ScriptTest
{
    private const string Check = "MIM Hybrid Check";

    private static PSCredential Given => new("MIMSyncUser", WindowsWorld.Secure());

    [Fact]
    public void The_check_runs_as_the_account_before_the_agent_may_start_and_its_task_is_gone_afterwards()
    {
        var run = setup.Install().Succeeded();

        Assert.Equal(
            ["register task MIM Hybrid Agent", $"register task {Check}", $"start task {Check}", $"unregister task {Check}", "enable task MIM Hybrid Agent", "start task MIM Hybrid Agent"],
            world.Changes.Where(change => change.Contains("task", StringComparison.Ordinal)));
        Assert.Equal([@"SERVER\MIMSyncUser by Password with its password"], world.AccountCheck.Runs);
        Assert.DoesNotContain(world.AgentAsked, asked => asked.StartsWith("check", StringComparison.Ordinal));
        Assert.Contains("mimhybrid check, as SERVER\\MIMSyncUser:\n  ok       settings           all well", run.Said, StringComparison.Ordinal);
        Assert.Equal(["MimHybrid.folder", "agent.db"], Directory.GetFiles(world.DataFolder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_is_waited_for_and_the_person_is_told_for_what()
    {
        var waits = 0;
        world.AccountCheck.Seconds = 100;
        world.Meanwhile = () => waits++;

        var run = setup.Install().Succeeded();

        Assert.Equal(50, waits);
        Assert.Contains("by the temporary task 'MIM Hybrid Check'. Waiting for its end, three minutes at most.", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_managed_account_is_checked_without_any_password()
    {
        setup.Install(new() { ["Account"] = @"CONTOSO\svc-mim$" }).Succeeded();

        Assert.Equal([@"CONTOSO\svc-mim$ by Gmsa"], world.AccountCheck.Runs);
        Assert.Equal(0, world.PasswordsAsked);
    }

    [Fact]
    public void An_administrator_who_may_not_ask_MIM_does_not_stand_in_the_way_of_an_account_that_may()
    {
        world.AgentAnswers("check", 4);
        world.AccountCheck.Code = 0;

        setup.Install().Succeeded();

        Assert.True(world.AgentRuns);
    }

    [Fact]
    public void An_account_that_may_not_ask_MIM_fails_the_installation_whatever_the_administrator_may()
    {
        (world.AccountCheck.Code, world.AccountCheck.Line) = (4, @"failed   sync-server        access denied; add SERVER\MIMSyncUser to the group FIMSyncOperators");

        var run = Undone();

        Assert.Contains(@"  failed   sync-server        access denied; add SERVER\MIMSyncUser to the group FIMSyncOperators", run.Said, StringComparison.Ordinal);
    }

    /// <summary>Time heals what Entra does not know everywhere yet, and nothing else.</summary>
    [Fact]
    public void What_is_not_Entra_s_fault_is_not_tried_again()
    {
        (world.AccountCheck.Code, world.AccountCheck.Line) = (4, "failed   sync-server        access denied");

        Undone(new() { ["CheckPatience"] = TimeSpan.FromMinutes(5) });

        Assert.Single(world.AccountCheck.Runs);
    }

    [Fact]
    public void A_check_that_does_not_end_in_time_is_ended_and_has_failed()
    {
        world.AccountCheck.Seconds = AccountCheck.Never;

        var run = Undone();

        Assert.Contains("it did not end within three minutes; see what it says in a window of that account", run.Said, StringComparison.Ordinal);
        Assert.Contains($"stop task {Check}", world.Changes);
    }

    [Theory]
    [InlineData(0x80070569, "Windows says 0x80070569, ", "log on as a batch job")] // ERROR_LOGON_TYPE_NOT_GRANTED
    [InlineData(0x80041314, "Task Scheduler says 0x80041314; ", "log on as a batch job")] // SCHED_E_UNKNOWN_OBJECT_VERSION
    [InlineData(0x00000046, "it ended with 0x00000046; ", "in a window of that account")]
    [InlineData(0xC000013A, "it ended with 0xC000013A; ", "in a window of that account")]
    public void A_check_that_could_not_be_made_has_failed_and_says_why(uint refusal, string why, string todo)
    {
        world.AccountCheck.Refusal = refusal;

        var run = Undone();

        Assert.Contains($"failed   account            the check as SERVER\\MIMSyncUser: {why}", run.Said, StringComparison.Ordinal);
        Assert.Contains(todo, run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_that_cannot_be_registered_has_failed_and_says_what_to_look_at()
    {
        world.FailAt = ChangesUntil($"register task {Check}");

        var run = Undone();

        Assert.Contains("failed   account            the check as SERVER\\MIMSyncUser: The test made this fail", run.Said, StringComparison.Ordinal);
        Assert.Contains("no policy denies it (secpol.msc, User Rights Assignment)", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_that_may_not_write_into_the_data_folder_is_named()
    {
        (world.AccountCheck.Code, world.AccountCheck.Writes) = (4, false);

        var run = Undone();

        Assert.Contains($"could not write its findings; let the account modify {world.DataFolder}", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_account_wrote_cannot_drive_the_administrator_s_window()
    {
        (world.AccountCheck.Code, world.AccountCheck.Line) = (4, "failed   sync-server        \e]0;planted\a");

        Assert.DoesNotContain('\e', Undone().Said);
    }

    /// <summary>It reads a store that the account writes.</summary>
    [Fact]
    public void Nor_can_what_the_agent_says_when_the_administrator_runs_it()
    {
        world.CheckAdds = "\e]0;planted\a\u009b2J";

        var run = setup.Install(new() { ["RunAs"] = "Service" }).Succeeded();

        Assert.Contains("]0;planted", run.Said, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Said, character => character is '\e' or '\u009b');
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0x80070569u)]
    public void A_failed_check_may_be_allowed_here_as_well(uint? refusal)
    {
        (world.AccountCheck.Code, world.AccountCheck.Refusal) = (4, refusal);

        setup.Install(new() { ["AllowFailedCheck"] = true }).Succeeded();

        Assert.Equal(["MIM Hybrid Agent"], world.Tasks.Keys);
        Assert.Equal((false, false), (world.Tasks["MIM Hybrid Agent"].Enabled, world.AgentRuns));
        Assert.Equal(["MimHybrid.folder"], Directory.GetFiles(world.DataFolder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_second_installation_asks_for_no_password_and_says_that_the_account_was_not_checked_anew()
    {
        setup.Install().Succeeded();

        var run = setup.Install().Succeeded();

        Assert.Single(world.AccountCheck.Runs);
        Assert.Equal(1, world.PasswordsAsked);
        Assert.Contains(@"SERVER\MIMSyncUser was not checked anew: that needs its password (-Credential). How the agent does: mimhybrid status", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_installation_checks_an_account_whose_password_it_is_given()
    {
        setup.Install().Succeeded();
        var before = world.Snapshot();

        setup.Install(new() { ["Credential"] = Given }).Succeeded();

        Assert.Equal(2, world.AccountCheck.Runs.Count);
        Assert.Equal(before, world.Snapshot());
    }

    [Fact]
    public void A_second_installation_checks_a_managed_account_which_needs_none()
    {
        setup.Install(new() { ["Account"] = @"CONTOSO\svc-mim$" }).Succeeded();
        var before = world.Snapshot();

        setup.Install(new() { ["Account"] = @"CONTOSO\svc-mim$" }).Succeeded();

        Assert.Equal(2, world.AccountCheck.Runs.Count);
        Assert.Equal(before, world.Snapshot());
    }

    /// <summary>A service's account gets no right to log on as a batch job, only for this.</summary>
    [Theory]
    [InlineData("MIMSyncUser")]
    [InlineData(@"CONTOSO\svc-mim$")]
    public void For_a_service_it_is_said_that_nobody_but_the_administrator_was_checked(string account)
    {
        var run = setup.Install(new() { ["RunAs"] = "Service", ["Account"] = account }).Succeeded();

        Assert.Empty(world.AccountCheck.Runs);
        Assert.Contains("check --data", string.Join('\n', world.AgentAsked), StringComparison.Ordinal);
        Assert.Equal(["*S-1-5-32-544", "*S-1-5-32-551"], world.Rights["SeBatchLogonRight"]);
        Assert.Contains("The check ran as you: only the service itself signs in as ", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_of_that_name_that_somebody_made_by_hand_does_not_stand_in_the_way()
    {
        world.Tasks[Check] = new StandInTask { TaskName = Check, Runs = true };

        setup.Install().Succeeded();

        Assert.DoesNotContain(Check, world.Tasks.Keys);
    }

    [Fact]
    public void Uninstalling_removes_one_that_was_left()
    {
        var before = world.Snapshot();
        setup.Install().Succeeded();
        world.Tasks[Check] = new StandInTask { TaskName = Check };

        setup.Uninstall(new() { ["RemoveData"] = true }).Succeeded();

        Assert.Equal(before, world.Snapshot());
    }

    [Fact]
    public void With_WhatIf_it_is_told()
    {
        var run = setup.Install(new() { ["WhatIf"] = true }).Succeeded();

        Assert.Contains("as this account, by the temporary task 'MIM Hybrid Check'", run.Said, StringComparison.Ordinal);
        Assert.Empty(world.Changes);
    }

    [Fact]
    public void With_WhatIf_no_check_is_said_to_have_run()
    {
        var run = setup.Install(new() { ["WhatIf"] = true, ["RunAs"] = "Service" }).Succeeded();

        Assert.DoesNotContain("The check ran as you", run.Said, StringComparison.Ordinal);
    }

    /// <summary>Somebody presses Ctrl+C while the check runs.</summary>
    [Fact]
    public void Control_C_ends_and_removes_it()
    {
        var before = world.Snapshot();
        world.InterruptAt = ChangesUntil($"start task {Check}");

        var run = setup.Install();

        Assert.Empty(run.Output);
        Assert.Equal([$"start task {Check}", $"stop task {Check}", $"unregister task {Check}"], world.Changes.Skip(world.InterruptAt - 1).Take(3));
        Assert.Equal(before, world.Snapshot());
    }

    private ScriptRun Undone(Dictionary<string, object?>? more = null)
    {
        var before = world.Snapshot();

        var run = setup.Install(more);

        Assert.Contains("'mimhybrid check' found something", run.Failure?.Message, StringComparison.Ordinal);
        Assert.Equal(before, world.Snapshot());
        return run;
    }

    private static int ChangesUntil(string change)
    {
        using var other = new WindowsWorld();
        new Setup(other).Install().Succeeded();
        return other.Changes.IndexOf(change) + 1;
    }
}
