namespace MimHybrid.Mim.Tests;

public sealed class SyncServerSettingsTests
{
    [Fact]
    public void The_settings_as_shipped_are_valid() => Assert.Empty(new SyncServerSettings().Validate());

    [Fact]
    public void Every_error_is_told_at_once_with_name_value_and_what_is_allowed()
    {
        var settings = new SyncServerSettings
        {
            Connection = (SyncServerConnection)7,
            ComputerName = "two words",
            Namespace = " ",
            Account = "svc-guestsync",
            ErrorsKept = -1,
            KeepRunsDays = -7,
            PollInterval = TimeSpan.Zero,
            AnswerDeadline = TimeSpan.Zero,
            ForeignRunDeadline = TimeSpan.FromDays(-1),
            CompletingDeadline = TimeSpan.FromDays(8),
            LongestRun = TimeSpan.Zero,
            StopGrace = TimeSpan.FromHours(2),
            LookupDeadline = TimeSpan.FromHours(-1),
        };

        Assert.Collection(
            settings.Validate(),
            error => Assert.Equal("SyncServer:Connection is '7'; allowed is one of Cim, Sandbox.", error),
            error => Assert.StartsWith("SyncServer:Namespace is ' '; allowed is ", error, StringComparison.Ordinal),
            error => Assert.StartsWith("SyncServer:ComputerName is 'two words'; allowed is ", error, StringComparison.Ordinal),
            error => Assert.Equal(@"SyncServer:Account is 'svc-guestsync'; allowed is an account as DOMAIN\user (in a JSON file DOMAIN\\user).", error),
            error => Assert.Equal("SyncServer:ErrorsKept is '-1'; allowed is a number from 0 to 10000.", error),
            error => Assert.StartsWith("SyncServer:KeepRunsDays is '-7'; allowed is ", error, StringComparison.Ordinal),
            error => Assert.Equal("SyncServer:PollInterval is '00:00:00'; allowed is a duration from 00:00:00.0010000 to 00:05:00.", error),
            error => Assert.StartsWith("SyncServer:AnswerDeadline is '00:00:00'; allowed is ", error, StringComparison.Ordinal),
            error => Assert.StartsWith("SyncServer:ForeignRunDeadline is '-1.00:00:00'; allowed is ", error, StringComparison.Ordinal),
            error => Assert.StartsWith("SyncServer:CompletingDeadline is '8.00:00:00'; allowed is ", error, StringComparison.Ordinal),
            error => Assert.StartsWith("SyncServer:LongestRun is '00:00:00'; allowed is ", error, StringComparison.Ordinal),
            error => Assert.StartsWith("SyncServer:StopGrace is '02:00:00'; allowed is ", error, StringComparison.Ordinal),
            error => Assert.StartsWith("SyncServer:LookupDeadline is '-01:00:00'; allowed is ", error, StringComparison.Ordinal));
    }

    [Fact]
    public void Waits_may_be_zero_so_that_tests_and_demos_run_at_once() => Assert.Empty(new SyncServerSettings
    {
        ForeignRunDeadline = TimeSpan.Zero,
        CompletingDeadline = TimeSpan.Zero,
        StopGrace = TimeSpan.Zero,
        LookupDeadline = TimeSpan.Zero,
    }.Validate());
}
