using MimHybrid.Agent.Checks;
using MimHybrid.Agent.Tests.Tasks;

namespace MimHybrid.Agent.Tests.Checks;

/// <summary>What the checks make of facts that only Windows or a bad clock could give them.</summary>
public sealed class JudgementTests
{
    /// <summary>Our task, registered for whoever runs these tests.</summary>
    private static string Mine => Exports.Edited("<UserId>" + Exports.Sid, "<UserId>" + CurrentAccount.Name);

    [Fact]
    public Task Without_windows_three_checks_are_left_out_and_say_where_to_look()
    {
        var checkedServer = new CheckContext(new(".", null, false, null, []), TimeProvider.System);
        return Assert.AllAsync(new Check[] { new StartCheck(), new OldTaskCheck(), new EventLogCheck() }, async check =>
        {
            var finding = Assert.Single(await check.LookAsync(checkedServer, TestContext.Current.CancellationToken));
            Assert.Equal((FindingState.Skipped, "not Windows"), (finding.State, finding.Saw));
        });
    }

    [Fact]
    public void Each_check_has_its_place_in_the_help_page_in_order()
    {
        using var reader = new StreamReader(typeof(JudgementTests).Assembly.GetManifestResourceStream("checks.md")!);
        var named = reader.ReadToEnd().Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);
        Assert.Equal(CheckRunner.Checks.Select(check => check.Name), named);
    }

    [Fact]
    public void A_task_as_it_should_be_is_well()
    {
        var finding = Assert.Single(new StartCheck().Judge(new ServerFacts { TaskXml = Mine }));
        Assert.Equal(FindingState.Ok, finding.State);
        Assert.Contains("00:15:00", finding.Saw, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_with_an_account_and_switches_of_its_own_is_well_too()
    {
        var xml = Mine.Replace("<Arguments>run</Arguments>", "<Arguments>run --data D:\\Mim</Arguments>", StringComparison.Ordinal).Replace("PT900S", "PT20M", StringComparison.Ordinal);
        Assert.Equal(FindingState.Ok, Assert.Single(new StartCheck().Judge(new ServerFacts { TaskXml = xml })).State);
    }

    [Fact]
    public void Each_difference_of_the_task_is_a_warning_with_what_comes_of_it()
    {
        var xml = Mine.Replace("<ExecutionTimeLimit>PT0S", "<ExecutionTimeLimit>PT72H", StringComparison.Ordinal).Replace("<Delay>PT900S</Delay>", "", StringComparison.Ordinal);
        var findings = new StartCheck().Judge(new ServerFacts { TaskXml = xml }).ToList();
        Assert.Equal(3, findings.Count);
        Assert.All(findings, finding => Assert.Equal(FindingState.Warning, finding.State));
        Assert.Contains(findings, finding => finding.Todo!.Contains("in the middle of a step", StringComparison.Ordinal));
    }

    [Fact]
    public void Whose_rights_were_seen_is_said()
    {
        var findings = new StartCheck().Judge(new ServerFacts { TaskXml = Exports.Ours, NameOf = Exports.NameOf }).ToList();
        Assert.Contains(@"the agent runs as SERVER\MIMSyncUser", findings[^1].Saw, StringComparison.Ordinal);
        Assert.Contains("runas", findings[^1].Todo!, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_starts_the_agent_two_things_that_do_and_one_that_cannot_be_seen_are_told()
    {
        var service = new ServiceFacts(CurrentAccount.Name, IsAutomatic: true, IsDelayed: true, IsRestarted: true);
        Assert.Contains("Install-MimHybrid.ps1", Assert.Single(new StartCheck().Judge(new ServerFacts())).Todo!, StringComparison.Ordinal);
        Assert.Equal(FindingState.Ok, Assert.Single(new StartCheck().Judge(new ServerFacts { Service = service })).State);
        Assert.Contains("delayed-auto", Assert.Single(new StartCheck().Judge(new ServerFacts { Service = service with { IsAutomatic = false } })).Todo!, StringComparison.Ordinal);
        Assert.Contains("delayed-auto", Assert.Single(new StartCheck().Judge(new ServerFacts { Service = service with { IsDelayed = false } })).Todo!, StringComparison.Ordinal);
        Assert.Contains("failureflag", Assert.Single(new StartCheck().Judge(new ServerFacts { Service = service with { IsRestarted = false } })).Todo!, StringComparison.Ordinal);
        Assert.Contains(new StartCheck().Judge(new ServerFacts { Service = service, TaskXml = Mine }), finding => finding.Saw.StartsWith("both", StringComparison.Ordinal));
        Assert.Equal(FindingState.Skipped, Assert.Single(new StartCheck().Judge(new ServerFacts { TaskTrouble = "ERROR: Access is denied." })).State);
        Assert.Equal(FindingState.Skipped, Assert.Single(new StartCheck().Judge(new ServerFacts { TaskXml = "<nothing/>" })).State);
    }

    [Fact]
    public void While_the_installation_is_at_work_it_keeps_the_agent_from_starting_and_that_is_no_mistake()
    {
        var facts = new ServerFacts { TaskXml = Mine.Replace("<Settings>", "<Settings><Enabled>false</Enabled>", StringComparison.Ordinal), Work = ScriptWork.AtWork };
        Assert.NotEqual(Mine, facts.TaskXml);
        Assert.Equal(FindingState.Ok, Assert.Single(new StartCheck().Judge(facts)).State);
        Assert.Equal(2, new StartCheck().Judge(facts with { Work = ScriptWork.None }).Count());
        var service = new ServiceFacts(CurrentAccount.Name, IsAutomatic: false, IsDelayed: false, IsRestarted: true);
        Assert.Equal(FindingState.Ok, Assert.Single(new StartCheck().Judge(new ServerFacts { Service = service, Work = ScriptWork.AtWork })).State);
    }

    [Fact]
    public void An_installation_that_was_cut_off_is_a_warning()
    {
        var findings = new StartCheck().Judge(new ServerFacts { TaskXml = Mine, Work = ScriptWork.CutOff });
        Assert.Contains(findings, finding => finding.State == FindingState.Warning && finding.Todo!.Contains("Install-MimHybrid.ps1", StringComparison.Ordinal));
    }

    /// <summary>The agent's account reads its own task, and perhaps not that of the old loop, which may have run as somebody else.</summary>
    [Fact]
    public void A_task_that_this_account_may_not_read_is_left_out_and_the_other_is_not()
    {
        var facts = new ServerFacts { TaskXml = Mine, OldTaskTrouble = "ERROR: Access is denied." };

        Assert.Equal(FindingState.Ok, Assert.Single(new StartCheck().Judge(facts)).State);
        Assert.Equal(FindingState.Skipped, Assert.Single(new OldTaskCheck().Judge(facts, [])).State);
    }

    [Fact]
    public void A_missing_event_source_is_a_warning()
    {
        Assert.Equal(FindingState.Ok, new EventLogCheck().Judge(new ServerFacts { HasEventSource = true }).State);
        Assert.EndsWith(EventLogCheck.Remedy, new EventLogCheck().Judge(new ServerFacts()).Todo!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(0, 0)]
    [InlineData(-59, 0)]
    [InlineData(90, 2)]
    [InlineData(-301, 3)]
    public void A_clock_is_judged_by_how_far_it_is_off(int? seconds, int state) =>
        Assert.Equal((FindingState)state, new ClockCheck().Judge(seconds is { } off ? TimeSpan.FromSeconds(off) : null).State);

    [Theory]
    [InlineData(null, 1)]
    [InlineData(10L * 1024 * 1024, 3)]
    [InlineData(500L * 1024 * 1024, 2)]
    [InlineData(5000L * 1024 * 1024, 0)]
    public void A_disk_is_judged_by_what_is_free(long? bytes, int state) => Assert.Equal((FindingState)state, new DiskCheck().Judge(bytes).State);

    [Theory]
    [InlineData(@"SERVER\MIMSyncOperators", 0, "is an operator")]
    [InlineData(@"CONTOSO\FIMSyncOperators", 0, "is an operator")]
    [InlineData(@"SERVER\MIMSyncAdmins", 2, "is an administrator")]
    [InlineData(@"SERVER\MIMSyncBrowse", 0, "shows at the first run")]
    public void A_role_is_judged_by_the_groups(string group, int state, string saw)
    {
        var finding = new RoleCheck().Judge([@"SERVER\Users", group]);
        Assert.Equal((FindingState)state, finding.State);
        Assert.Contains(saw, finding.Saw, StringComparison.Ordinal);
    }

    /// <summary>The right that Exchange gives for one mailbox is in no token: its lack is no fault.</summary>
    [Theory]
    [InlineData(true, FindingState.Warning, "it may send as every mailbox of the tenant")]
    [InlineData(false, FindingState.Ok, "whether Exchange lets it send from the mailbox shows with the first mail")]
    public void The_right_to_send_mails_over_graph_is_judged_by_the_token(bool has, object state, string saw)
    {
        var finding = Assert.Single(new AlertsCheck().JudgeRight((has, null)));
        Assert.Equal((FindingState)state, finding.State);
        Assert.Contains(saw, finding.Saw, StringComparison.Ordinal);
        Assert.Contains("Mail over Microsoft Graph", finding.Todo, StringComparison.Ordinal);
    }
}
