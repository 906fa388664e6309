using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

/// <summary>Two loops must not run MIM at once: what happens to the task of the old one.</summary>
public sealed class OldTaskTests : ScriptTest
{
    [Fact]
    public void The_administrator_is_asked_and_with_yes_the_old_loop_ends_and_is_disabled()
    {
        setup.HasOldTask(runs: true);
        var person = new Person { Answer = 0 };

        setup.Install(person: person).Succeeded();

        Assert.Contains("Disable the task 'MIM Scheduled Sync'", Assert.Single(person.Questions), StringComparison.Ordinal);
        Assert.Equal((false, false), (world.Tasks["MIM Scheduled Sync"].Enabled, world.Tasks["MIM Scheduled Sync"].Runs));
        Assert.True(world.AgentRuns);
    }

    [Fact]
    public void With_no_the_agent_is_installed_and_not_started()
    {
        setup.HasOldTask(runs: true);

        setup.Install(person: new Person { Answer = 1 }).Succeeded();

        Assert.Equal((true, true), (world.Tasks["MIM Scheduled Sync"].Enabled, world.Tasks["MIM Scheduled Sync"].Runs));
        world.Watchdog = true;
        world.Watch();
        Assert.False(world.Tasks["MIM Hybrid Agent"].Enabled);
        Assert.False(world.AgentRuns);
    }

    /// <summary>A check may be tried again for minutes, and the task's watchdog comes every five.</summary>
    [Theory]
    [InlineData("Task")]
    [InlineData("Service")]
    public void While_the_installation_checks_the_agent_does_not_start_by_itself_beside_it(string runAs)
    {
        setup.HasOldTask(runs: true);
        world.Watchdog = true;
        world.CheckFailures = 3;
        var looks = 0;
        world.Meanwhile = () =>
        {
            looks++;
            world.Watch();
            Assert.False(world.AgentRuns);
            Assert.DoesNotContain(world.Services.Values, service => service.StartsWithWindows);
        };

        setup.Install(new() { ["RunAs"] = runAs, ["DisableOldTask"] = true, ["CheckPatience"] = TimeSpan.FromMinutes(5) }).Succeeded();

        Assert.InRange(looks, 3, 20);
        Assert.True(world.AgentRuns);
    }

    [Fact]
    public void A_service_that_is_not_to_start_does_not_start_with_Windows_either()
    {
        setup.Install(new() { ["RunAs"] = "Service", ["NoStart"] = true }).Succeeded();
        Assert.Equal(("Manual", false), (world.Services["MimHybrid"].Start, world.AgentRuns));

        setup.Install(new() { ["RunAs"] = "Service" }).Succeeded();
        Assert.Equal(("delayed-auto", true), (world.Services["MimHybrid"].Start, world.AgentRuns));
    }

    [Fact]
    public void Once_the_old_loop_is_off_the_next_run_of_the_installation_starts_the_agent()
    {
        setup.HasOldTask();
        setup.Install(new() { ["DisableOldTask"] = false }).Succeeded();

        setup.Install(new() { ["DisableOldTask"] = true }).Succeeded();

        Assert.Equal((true, true), (world.Tasks["MIM Hybrid Agent"].Enabled, world.AgentRuns));
    }

    [Fact]
    public void Nobody_is_asked_when_the_switch_says_it_or_there_is_none_or_it_is_disabled()
    {
        setup.HasOldTask();
        var person = new Person { Answer = 1 };

        setup.Install(new() { ["DisableOldTask"] = true }, person).Succeeded();
        setup.Install(person: person).Succeeded();

        Assert.Empty(person.Questions);
        Assert.False(world.Tasks["MIM Scheduled Sync"].Enabled);
    }

    /// <summary>With -Confirm every step asks once, and the commands within a step do not ask again.</summary>
    [Fact]
    public void With_confirmation_each_step_is_asked_for_once()
    {
        setup.HasOldTask();
        var person = new Person { Answer = 0 };

        setup.Install(new() { ["Confirm"] = true, ["DisableOldTask"] = true, ["ClientSecret"] = WindowsWorld.Secure() }, person).Succeeded();

        Assert.True(world.AgentRuns);
        Assert.Equal(10, person.Questions.Count);
        Assert.Equal(person.Questions.Count, person.Questions.Distinct().Count());
    }

    [Fact]
    public void Uninstalling_brings_it_back_and_starts_it_when_told()
    {
        setup.HasOldTask(runs: true);
        setup.Install(new() { ["DisableOldTask"] = true }).Succeeded();

        setup.Uninstall(new() { ["EnableOldTask"] = true }).Succeeded();

        Assert.Equal((true, true), (world.Tasks["MIM Scheduled Sync"].Enabled, world.Tasks["MIM Scheduled Sync"].Runs));
    }
}
