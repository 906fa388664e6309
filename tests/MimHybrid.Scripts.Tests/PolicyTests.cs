using System.Management.Automation;
using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

/// <summary>What a policy of the domain would undo or forbid is said before it does, with whom to ask.</summary>
public sealed class PolicyTests : ScriptTest
{
    [Theory]
    [InlineData("Task", "SeBatchLogonRight", "Log on as a batch job")]
    [InlineData("Service", "SeServiceLogonRight", "Log on as a service")]
    public void A_policy_that_will_take_the_logon_right_away_is_named(string runAs, string right, string plain)
    {
        world.PolicyRights[right] = ["*S-1-5-32-544", @"CONTOSO\somebody"];

        var run = setup.Install(new() { ["RunAs"] = runAs }).Succeeded();

        Assert.Contains($"The group policy 'Tier 0 servers' says who has '{plain}' on this server, and does not name SERVER\\MIMSyncUser", run.Said, StringComparison.Ordinal);
        Assert.Contains("Whoever maintains that policy must add the account", run.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SeBatchLogonRight", "*" + WindowsWorld.SyncUser)]
    [InlineData("SeBatchLogonRight", @"SERVER\MIMSyncUser")]
    [InlineData("SeServiceLogonRight", "*S-1-5-80-0")]
    public void One_that_names_the_account_or_is_about_another_right_is_no_matter(string right, string account)
    {
        world.PolicyRights[right] = [account];

        Assert.DoesNotContain("group policy", setup.Install().Succeeded().Said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_that_forbids_to_store_passwords_is_named_before_one_is_asked_for()
    {
        world.CredentialsForbidden = true;

        var run = setup.Install();

        Assert.Contains("Do not allow storage of passwords and credentials for network authentication", run.Failure?.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was changed.", run.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(0, world.PasswordsAsked);
    }

    [Theory]
    [InlineData("Service", "MIMSyncUser")]
    [InlineData("Task", @"CONTOSO\svc-mim$")]
    public void Where_no_password_of_a_task_is_stored_it_is_no_matter(string runAs, string account)
    {
        world.CredentialsForbidden = true;

        setup.Install(new() { ["RunAs"] = runAs, ["Account"] = account }).Succeeded();
    }

    [Theory]
    [InlineData("Install-MimHybrid.ps1")]
    [InlineData("Update-MimHybrid.ps1")]
    [InlineData("Uninstall-MimHybrid.ps1")]
    [InlineData("New-MimHybridApp.ps1")]
    public void Where_PowerShell_s_language_is_constrained_each_script_says_so(string script)
    {
        world.Language = PSLanguageMode.ConstrainedLanguage;
        Dictionary<string, object?> parameters = script == "New-MimHybridApp.ps1" ? new() { ["TenantId"] = Setup.Tenant } : [];

        var run = ScriptRun.Of(world, setup.First.Script(script), parameters);

        Assert.StartsWith("PowerShell runs in Constrained Language Mode here", run.Failure?.Message, StringComparison.Ordinal);
        Assert.Empty(world.Changes);
    }
}
