using MimHybrid.Agent.Settings;

namespace MimHybrid.Agent.Tests.Settings;

/// <summary>A duration as people type it: its hours may be more than 23 and are hours then, never days.</summary>
public sealed class DurationTextTests
{
    [Theory]
    [InlineData("00:15:00", 0, 0, 15, 0)]
    [InlineData("24:00:00", 1, 0, 0, 0)]
    [InlineData("72:00:00", 3, 0, 0, 0)]
    [InlineData("100:30", 4, 4, 30, 0)]
    [InlineData("1.12:00:00", 1, 12, 0, 0)]
    [InlineData(" 8:5:3 ", 0, 8, 5, 3)]
    [InlineData("0", 0, 0, 0, 0)]
    [InlineData("\t000001.23:59:59\n", 1, 23, 59, 59)]
    public void Hours_are_hours_and_days_stand_before_a_point(string text, int days, int hours, int minutes, int seconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(new TimeSpan(days, hours, minutes, seconds), duration);
    }

    [Fact]
    public void Fractions_and_a_sign_are_read()
    {
        Assert.True(DurationText.TryParse("-00:00:00.25", out var duration));
        Assert.Equal(TimeSpan.FromMilliseconds(-250), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("15")]
    [InlineData("1.24:00:00")]
    [InlineData("00:60:00")]
    [InlineData("00:00:60")]
    [InlineData("1:02:03:04")]
    [InlineData("1..02:03")]
    [InlineData(".02:03")]
    [InlineData("1.2.03:04")]
    [InlineData("02:03:04.")]
    [InlineData("02:03:04.12345678")]
    [InlineData("02:03\0")]
    [InlineData("+02:03")]
    [InlineData("--02:03")]
    [InlineData("- 02:03")]
    [InlineData("02 :03")]
    [InlineData("٠٢:٠٣")]
    [InlineData("15 minutes")]
    [InlineData("99999999999:00:00")]
    [InlineData("00:15:00\n00:15:00")]
    public void What_may_be_meant_in_two_ways_is_no_duration(string text) => Assert.False(DurationText.TryParse(text, out _));
}
