using MimHybrid.Cycles.Settings;

namespace MimHybrid.Cycles.Tests.Settings;

public sealed class AgentSettingsValidatorTests
{
    [Fact]
    public void The_shipped_settings_are_valid() => Assert.Empty(AgentSettingsValidator.Validate(new AgentSettings()));

    [Fact]
    public void Zero_is_allowed_wherever_it_means_at_once_or_never()
    {
        var settings = new AgentSettings
        {
            Retries = { Count = 0, First = TimeSpan.Zero, Longest = TimeSpan.Zero },
            Arrival = { Retries = 0, Wait = TimeSpan.Zero },
            RemovalGuard = { StagedCount = 0, StagedPercent = 0 },
        };
        Assert.Empty(AgentSettingsValidator.Validate(settings));
    }

    [Fact]
    public void Every_error_is_told_with_name_value_and_what_is_allowed()
    {
        var settings = new AgentSettings
        {
            Retries = { Count = -1, First = TimeSpan.FromHours(1), Longest = TimeSpan.FromMinutes(1) },
            Arrival = { Retries = 101, Wait = TimeSpan.FromHours(2) },
            RemovalGuard = { StagedCount = -1, StagedPercent = 101 },
            Sequences = { ["Full"] = [new StepSettings { ManagementAgent = "AADMA", RunProfile = "Full Import (Stage Only)", LongestRun = TimeSpan.Zero }] },
        };
        Assert.Equal(
            [
                "Sequences:Full:0:LongestRun is '00:00:00'; allowed is a duration from 00:00:00.0010000 to 31.00:00:00.",
                "Retries:Count is -1; allowed is 0 to 100.",
                "Retries:Longest is '00:01:00'; allowed is a duration from 01:00:00 to 1.00:00:00.",
                "Arrival:Retries is 101; allowed is 0 to 100.",
                "Arrival:Wait is '02:00:00'; allowed is a duration from 00:00:00 to 01:00:00.",
                "RemovalGuard:StagedCount is -1; allowed is 0 or more.",
                "RemovalGuard:StagedPercent is 101; allowed is 0 to 100.",
            ],
            AgentSettingsValidator.Validate(settings));
    }

    [Theory]
    [InlineData(StepCondition.StagedOrPendingImports)]
    [InlineData(StepCondition.PendingExports)]
    [InlineData(StepCondition.SomethingExported)]
    public void The_guests_import_may_have_no_condition_since_it_alone_carries_their_changes(StepCondition when)
    {
        var settings = new AgentSettings { Sequences = { ["changedriven"] = [Source(when), Source(StepCondition.Always)] } };
        Assert.Equal(
            [
                $"Sequences:changedriven:0:When is '{when}'; allowed is Always for the first import of AADMA, because only that import carries guest changes: "
                    + "a cycle that left it out would end well and carry none.",
            ],
            AgentSettingsValidator.Validate(settings));
    }

    [Fact]
    public void A_second_import_of_the_guests_may_have_its_condition() => Assert.Empty(AgentSettingsValidator.Validate(
        new AgentSettings { Sequences = { ["ChangeDriven"] = [Source(StepCondition.Always), Source(StepCondition.SomethingExported)] } }));

    private static StepSettings Source(StepCondition when) => new() { ManagementAgent = "AADMA", RunProfile = "Delta Import (Stage Only)", When = when };
}
