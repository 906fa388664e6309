using System.Management.Automation;
using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

/// <summary>What goes wrong on real servers without being anybody's fault: it is waited for, or said in words that help.</summary>
public sealed class TroubleTests : ScriptTest
{
    private string Unfinished => world.ProgramFolder + ".unfinished";

    /// <summary>The exit code of the program before it would be taken for its own.</summary>
    [Fact]
    public void A_program_that_cannot_start_is_said_to_have_failed()
    {
        var script = Path.Combine(world.StateFolder, "native.ps1");
        File.WriteAllText(script, $"Import-Module '{setup.First.Script("MimHybrid.psm1")}'; $null = Invoke-Native -Tool '/bin/sh' -Argument '-c', 'exit 0'; Invoke-Native -Tool '/nowhere/mimhybrid.exe' -Argument 'check'");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no /bin/sh.");

        var run = ScriptRun.Of(world, script, []);

        Assert.StartsWith("/nowhere/mimhybrid.exe could not be started: ", run.Failure?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_of_secedit_about_other_parts_of_the_policy_do_not_stop_it()
    {
        world.SeceditCode = 3;

        setup.Install().Succeeded();

        Assert.Contains("*" + WindowsWorld.SyncUser, world.Rights["SeBatchLogonRight"]);
    }

    [Fact]
    public void A_mistyped_account_of_a_credential_is_said_in_words()
    {
        var run = setup.Install(new() { ["Credential"] = new PSCredential("MIMSyncUsr", WindowsWorld.Secure()) });

        Assert.Equal(@"-Credential is for 'MIMSyncUsr', but the agent is to run as 'SERVER\MIMSyncUser'. Nothing was changed.", run.Failure?.Message);
    }

    [Fact]
    public void A_network_that_fails_while_the_code_is_typed_is_waited_for()
    {
        world.Entra.NetworkFailures = 2;

        setup.NewApp().Succeeded();

        Assert.Single(world.Entra.Grants);
    }

    [Fact]
    public void A_scanner_that_holds_the_journal_is_waited_for()
    {
        var journal = Path.Combine(Directory.CreateDirectory(Unfinished).FullName, "journal");
        using var held = new FileStream(journal, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        var waits = 0;
        world.Meanwhile = () =>
        {
            if (++waits == 3) held.Dispose();
        };

        setup.Install().Succeeded();

        Assert.False(Directory.Exists(Unfinished));
    }

    /// <summary>They were saved in a file of the journal once, which was deleted with it.</summary>
    [Fact]
    public void Rights_that_could_not_be_given_back_are_in_the_warning_and_the_next_run_tries_again()
    {
        world.HasKeptData();
        var before = world.Snapshot();
        world.AgentAnswers("check", 4);
        var rights = 0;
        world.Before = change =>
        {
            if (change == "rights MimHybrid" && ++rights == 2) throw new InvalidOperationException("The disk is away.");
        };

        var run = setup.Install();
        world.Before = _ => { };

        Assert.Contains($"gave {world.DataFolder} its rights back ({WindowsWorld.Closed().Sddl}). ", run.Said, StringComparison.Ordinal);
        Assert.Contains("The disk is away.", run.Said, StringComparison.Ordinal);
        Assert.Contains("stays noted in", run.Said, StringComparison.Ordinal);
        setup.Install();
        Assert.Equal(before, world.Snapshot());
    }

    [Fact]
    public void What_cannot_be_undone_twice_stops_the_next_run()
    {
        world.HasKeptData();
        world.AgentAnswers("check", 4);
        var rights = 0;
        world.Before = change =>
        {
            if (change == "rights MimHybrid" && ++rights >= 2) throw new InvalidOperationException("The disk is away.");
        };
        setup.Install();

        var run = setup.Install();

        Assert.Contains("could not be undone; the warnings above say what", run.Failure?.Message, StringComparison.Ordinal);
        Assert.True(Directory.Exists(Unfinished));
    }

    [Fact]
    public void Uninstalling_undoes_a_registration_that_was_cut_off()
    {
        setup.Install().Succeeded();
        using (var undisturbed = new WindowsWorld())
        {
            new Setup(undisturbed).NewApp().Succeeded();
            world.CutAt = world.Changes.Count + undisturbed.Changes.FindIndex(change => change.StartsWith("Patch", StringComparison.Ordinal)) + 1;
        }

        Assert.NotNull(setup.NewApp().Failure);
        world.Cut!.End();
        Assert.Single(world.Certificates);

        setup.Uninstall().Succeeded();

        Assert.Empty(world.Certificates);
        Assert.False(Directory.Exists(world.ProgramFolder + ".app.unfinished"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Uninstalling_says_whether_the_settings_that_it_keeps_hold_a_secret(bool secret)
    {
        setup.Install(secret ? new() { ["ClientSecret"] = WindowsWorld.Secure() } : []).Succeeded();

        var run = setup.Uninstall().Succeeded();

        Assert.Equal(secret, run.Said.Contains("hold a secret. If nothing is installed here again, delete that file", StringComparison.Ordinal));
    }

    /// <summary>Between the two, no loop runs. Somebody closes the window there, or the power fails.</summary>
    [Fact]
    public void That_the_old_loop_ends_now_is_in_the_event_log_before_it_does()
    {
        setup.HasOldTask(runs: true);
        List<string> told = [];
        world.Before = change =>
        {
            if (change == "update task MIM Scheduled Sync") told.AddRange(world.Events);
        };

        setup.Install(new() { ["DisableOldTask"] = true }).Succeeded();

        Assert.Contains("no loop runs MIM's profiles: run Install-MimHybrid.ps1 again", Assert.Single(told), StringComparison.Ordinal);
        var disabled = world.Changes.IndexOf("update task MIM Scheduled Sync");
        Assert.Equal(["stop task MIM Scheduled Sync", "enable task MIM Hybrid Agent", "start task MIM Hybrid Agent"], world.Changes.Skip(disabled + 1)); // nothing else in between
    }

    [Fact]
    public void Windows_knows_that_the_service_s_account_is_a_managed_one()
    {
        setup.Install(new() { ["Account"] = @"CONTOSO\svc-mim$", ["RunAs"] = "Service" }).Succeeded();
        Assert.True(world.Services["MimHybrid"].IsManaged);
    }
}
