using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;

namespace MimHybrid.Agent.Tests.Settings;

/// <summary>A maintenance window opens, and closes again.</summary>
public sealed class MaintenanceWindowTests
{
    [Theory]
    [InlineData("0 2 * * SUN", 24)]
    [InlineData("0 0 29 2 *", 24)]
    [InlineData("0 0 * * *", 23)]
    [InlineData("0 0 1 * *", 24 * 30)]
    public void One_that_opens_and_closes_is_allowed(string cron, int hours) => Assert.Empty(Errors((cron, hours)));

    [Fact]
    public void One_that_never_opens_is_an_error() =>
        Assert.Contains("this one never does", Assert.Single(Errors(("0 2 31 2 *", 1))), StringComparison.Ordinal);

    [Theory]
    [InlineData("0 2 * * SUN", 24 * 7)]
    [InlineData("0 0 * * *", 24)]
    [InlineData("* * * * *", 1)]
    [InlineData("0 0 1 * *", 24 * 31)]
    public void One_that_never_closes_is_an_error(string cron, int hours) =>
        Assert.Contains("this one never closes", Assert.Single(Errors((cron, hours))), StringComparison.Ordinal);

    [Fact]
    public void Windows_that_together_cover_all_time_are_an_error()
    {
        Assert.Contains("together cover all time", Assert.Single(Errors(("0 0 * * *", 12), ("0 12 * * *", 12))), StringComparison.Ordinal);
        Assert.Empty(Errors(("0 0 * * *", 12), ("0 13 * * *", 11)));
    }

    [Fact]
    public void The_next_ones_are_known_in_their_order()
    {
        var calendar = new MaintenanceCalendar(Windows(("0 2 * * SUN", 24), ("0 20 * * FRI", 1)), TimeZoneInfo.Utc);
        Assert.Equal(
            [Hour(11, 29, 2), Hour(12, 4, 20), Hour(12, 6, 2)],
            calendar.FindNext(Hour(11, 28, 21), 3).Select(window => window.Opens));
        var (opens, closes) = Assert.Single(calendar.FindNext(DateTimeOffset.UnixEpoch, 1));
        Assert.Equal(TimeSpan.FromHours(1), closes - opens);
    }

    private static DateTimeOffset Hour(int month, int day, int hour) => new(2026, month, day, hour, 0, 0, TimeSpan.Zero);

    private static List<MaintenanceWindowSettings> Windows(params (string Cron, int Hours)[] windows) =>
        [.. windows.Select(window => new MaintenanceWindowSettings { Cron = window.Cron, Duration = TimeSpan.FromHours(window.Hours) })];

    private static IEnumerable<string> Errors(params (string Cron, int Hours)[] windows)
    {
        var settings = new AgentSettings();
        settings.MaintenanceWindows.AddRange(Windows(windows));
        return AgentSettingsValidator.Validate(settings);
    }
}
