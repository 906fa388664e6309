namespace MimHybrid.Page.Tests.Browser;

/// <summary>Where Chromium cannot be had, its tests are skipped with the reason, which names what to do.</summary>
public sealed class LeftOutTests
{
    [Theory]
    [InlineData(null, true, false, "nobody")]
    [InlineData(null, false, true, "root")]
    public void Chromium_that_is_here_or_can_be_installed_is_used(string? without, bool isThere, bool isDebian, string user) => Assert.Null(Chromium.WhyNot(without, isThere, isDebian, user));

    [Theory]
    [InlineData(null, true, "nobody", "apt-get install --no-install-recommends chromium")]
    [InlineData(null, false, "root", "on Debian only")]
    [InlineData("1", true, "root", Chromium.Without)]
    public void Otherwise_the_reason_is_told(string? without, bool isDebian, string user, string reason) =>
        Assert.Contains(reason, Chromium.WhyNot(without, isThere: without is not null, isDebian, user), StringComparison.Ordinal);
}
