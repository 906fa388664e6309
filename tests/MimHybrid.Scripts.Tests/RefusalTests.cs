using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

/// <summary>What an installation refuses, it refuses before anything is changed.</summary>
public sealed class RefusalTests : ScriptTest
{
    [Fact]
    public void Somebody_who_is_no_administrator()
    {
        world.Elevated = false;

        Refused("Run as administrator");
    }

    [Fact]
    public void A_damaged_file()
    {
        File.AppendAllText(Path.Combine(setup.First.Root, "LICENSE"), "damaged");

        Refused("LICENSE is not as it was made");
    }

    [Fact]
    public void Code_that_the_checksums_do_not_name()
    {
        File.WriteAllText(Path.Combine(setup.First.Root, "version.dll"), "planted");

        Refused("version.dll is not in the list");
    }

    [Fact]
    public void A_missing_file()
    {
        File.Delete(Path.Combine(setup.First.Root, "LICENSE"));

        Refused("LICENSE is missing");
    }

    [Fact]
    public void An_account_that_is_not_there() => Refused("There is no account 'Nobody'", new() { ["Account"] = "Nobody" });

    [Fact]
    public void A_credential_of_another_account() => Refused(
        "-Credential is for", new() { ["Credential"] = new System.Management.Automation.PSCredential(@"SERVER\Stranger", WindowsWorld.Secure()) });

    [Fact]
    public void Two_credentials_for_Entra() => Refused(
        "exactly one", new() { ["CertificateThumbprint"] = new string('A', 40), ["ManagedIdentity"] = true });

    [Fact]
    public void A_data_folder_that_a_stranger_made_in_advance()
    {
        Directory.CreateDirectory(world.DataFolder);
        world.AccessListOf(world.DataFolder).Owner = WindowsWorld.Stranger;

        Refused(@"belongs to SERVER\Stranger");
    }

    [Fact]
    public void A_program_folder_with_something_else_in_it()
    {
        Directory.CreateDirectory(world.ProgramFolder);
        File.WriteAllText(Path.Combine(world.ProgramFolder, "other.exe"), "");

        Refused("files of something else");
    }

    [Theory]
    [InlineData("Task", "SeDenyBatchLogonRight", "Log on as a batch job")]
    [InlineData("Service", "SeDenyServiceLogonRight", "Log on as a service")]
    public void An_account_that_policy_denies(string runAs, string right, string plain)
    {
        world.Rights[right] = ["*" + WindowsWorld.SyncUser];

        Refused($"is denied '{plain}' by policy", new() { ["RunAs"] = runAs });
    }

    [Fact]
    public void A_task_of_the_agent_that_somebody_imported_by_hand()
    {
        world.Tasks["MIM Hybrid Agent"] = new StandInTask { TaskName = "MIM Hybrid Agent" };

        Refused("did not make here");
    }

    [Fact]
    public void Another_way_to_run_than_the_installed_one()
    {
        setup.Install().Succeeded();

        Refused("RunAs is 'Task', asked for was 'Service'", new() { ["RunAs"] = "Service" });
    }

    [Fact]
    public void Another_version_over_the_installed_one()
    {
        setup.Install().Succeeded();
        var before = world.Snapshot();

        var run = ScriptRun.Of(world, new UnzippedFolder(world, "2.0").Script("Install-MimHybrid.ps1"), new() { ["ProgramFolder"] = world.ProgramFolder, ["DataFolder"] = world.DataFolder });

        Assert.Contains("Update-MimHybrid.ps1 changes versions", run.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(before, world.Snapshot());
    }

    [Fact]
    public void A_failed_check_undoes_everything_and_shows_what_failed()
    {
        world.AgentAnswers("check", 4);

        var run = Refused("-AllowFailedCheck");

        Assert.Contains("failed  sign-in  AADSTS700027; upload the certificate", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_MIM_has_other_names_the_way_to_find_them_is_told()
    {
        (world.AccountCheck.Code, world.AccountCheck.Line) = (4, "failed   management-agents  AADMA is not there; there are Guests, Corp AD; if yours has another name: mimhybrid config discover finds it");

        Refused("install with -AllowFailedCheck, let the agent find them (& '");
        Assert.EndsWith("mimhybrid.exe' config discover --write), and run this again.", Refused("config discover").Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_check_may_be_allowed_and_then_nothing_is_started_and_the_old_loop_goes_on()
    {
        setup.HasOldTask();
        world.AgentAnswers("check", 4);

        setup.Install(new() { ["AllowFailedCheck"] = true, ["DisableOldTask"] = true }).Succeeded();

        Assert.Contains("MIM Hybrid Agent", world.Tasks.Keys);
        Assert.False(world.AgentRuns);
        Assert.True(world.Tasks["MIM Scheduled Sync"].Enabled);
    }

    private ScriptRun Refused(string because, Dictionary<string, object?>? more = null)
    {
        var before = world.Snapshot();

        var run = setup.Install(more);

        Assert.Contains(because, run.Failure?.Message, StringComparison.Ordinal);
        Assert.Equal(before, world.Snapshot());
        return run;
    }
}
