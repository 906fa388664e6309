using System.Management.Automation;
using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

/// <summary>MIM's management agents have other names than the shipped ones: the installation goes on with those that the agent finds.</summary>
public sealed class OtherNamesTests : ScriptTest
{
    private const string Found = """{ "Sequences": { "Full": [ { "ManagementAgent": "Guests", "RunProfile": "FI" } ] } }""";

    public OtherNamesTests()
    {
        world.CheckFailures = 1;
        world.AccountCheck.Line = "failed   management-agents  AADMA is not there; there are Guests, Corp AD; if yours has another name: mimhybrid config discover finds it";
        world.Discovered = Found;
    }

    private string Settings => Path.Combine(world.ProgramFolder, "appsettings.json");

    [Theory]
    [InlineData("failed   management-agents  AADMA is not there")]
    [InlineData("failed   run-profiles       AADMA has no run profile 'Delta Import (Stage Only)', MIM said at its last run")]
    public void With_yes_the_agent_finds_them_and_the_installation_goes_on(string line)
    {
        world.AccountCheck.Line = line;
        var person = new Person { Answer = 0 };

        var run = setup.Install(person: person).Succeeded();

        Assert.Contains("Ask MIM, as you, which management agents and run profiles it has", Assert.Single(person.Questions), StringComparison.Ordinal);
        Assert.Contains("Management agents of MIM: Guests", run.Said, StringComparison.Ordinal);
        Assert.Equal((Found, true), (File.ReadAllText(Settings), world.AgentRuns));
        Assert.Equal(2, world.AccountCheck.Runs.Count);
        Assert.True(File.Exists(Settings + ".before-20261129-113000"));
    }

    [Fact]
    public void Said_beforehand_it_needs_no_answer()
    {
        var person = new Person { Answer = 1 };

        setup.Install(new() { ["DiscoverNames"] = true, ["Confirm"] = false, ["Credential"] = new PSCredential("MIMSyncUser", WindowsWorld.Secure()) }, person).Succeeded();

        Assert.Empty(person.Questions);
        Assert.Equal((Found, true), (File.ReadAllText(Settings), world.AgentRuns));
    }

    [Fact]
    public void With_no_everything_is_undone_and_the_way_is_told()
    {
        var run = Refused(new Person { Answer = 1 });

        Assert.Contains("config discover --write", run.Failure!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(world.AgentAsked, asked => asked.StartsWith("config", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Confirm")]
    [InlineData("DiscoverNames")]
    public void Nobody_is_asked_in_an_installation_that_shall_not_ask(string parameter)
    {
        var person = new Person { Answer = 0 };

        var run = Refused(person, new() { [parameter] = false, ["Credential"] = new PSCredential("MIMSyncUser", WindowsWorld.Secure()) });

        Assert.Empty(person.Questions);
        Assert.Contains("install with -AllowFailedCheck, let the agent find them", run.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nor_where_something_else_failed()
    {
        world.AccountCheck.Line = "failed   sign-in            AADSTS700027; upload the certificate";
        var person = new Person { Answer = 0 };

        Refused(person);

        Assert.Empty(person.Questions);
    }

    [Fact]
    public void Where_the_agent_finds_none_that_fit_everything_is_undone()
    {
        world.Discovered = null;
        world.AgentAnswers("config", 4);

        var run = Refused(new Person { Answer = 0 });

        Assert.Contains("Management agents of MIM: Guests", run.Said, StringComparison.Ordinal);
    }

    /// <summary>The file that was written goes, and one that somebody had filled in is as it was.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("""{ "Graph": { "TenantId": "mine" } }""")]
    public void Undoing_undoes_what_was_written(string? mine)
    {
        if (mine is not null)
        {
            Directory.CreateDirectory(world.ProgramFolder);
            File.WriteAllText(Settings, mine);
        }

        world.CheckFailures = 2;

        Refused(new Person { Answer = 0 });

        Assert.Contains("discover", world.Changes);
    }

    [Fact]
    public void A_task_of_the_old_loop_that_names_them_is_asked_about_then()
    {
        world.Tasks["Guests hourly"] = new StandInTask { TaskName = "Guests hourly", User = "MIMSyncUser", HasPassword = true, Actions = [("powershell.exe", "-Command \"(Get-WmiObject MIIS_ManagementAgent -Filter \"Name='Guests'\").Execute('FI')\"", null)] };
        var person = new Person { Answer = 0 };

        setup.Install(person: person).Succeeded();

        Assert.Equal(2, person.Questions.Count);
        Assert.Contains("Disable the task 'Guests hourly' at the end?", person.Questions[1], StringComparison.Ordinal);
        Assert.Equal((false, true), (world.Tasks["Guests hourly"].Enabled, world.AgentRuns));
    }

    private ScriptRun Refused(Person person, Dictionary<string, object?>? more = null)
    {
        var before = world.Snapshot();

        var run = setup.Install(more, person);

        Assert.Contains("'mimhybrid check' found something", run.Failure?.Message, StringComparison.Ordinal);
        Assert.Equal(before, world.Snapshot());
        return run;
    }
}
