namespace MimHybrid.Windows.Tests;

/// <summary>Where Wine cannot be had, its tests are skipped with the reason, which names what to do.</summary>
public sealed class LeftOutTests
{
    [Theory]
    [InlineData(null, true, true, "nobody")]
    [InlineData(null, true, false, "nobody")]
    [InlineData(null, false, true, "root")]
    public void Wine_that_is_here_or_can_be_installed_is_used(string? without, bool isThere, bool isDebian, string user) => Assert.Null(Wine.WhyNot(without, isThere, isDebian, user));

    [Theory]
    [InlineData(null, true, "nobody", "apt-get install --no-install-recommends wine64")]
    [InlineData(null, false, "root", "on Debian only")]
    [InlineData("1", true, "root", Wine.Without)]
    public void Otherwise_the_reason_is_told(string? without, bool isDebian, string user, string reason) =>
        Assert.Contains(reason, Wine.WhyNot(without, isThere: without is not null, isDebian, user), StringComparison.Ordinal);
}
