using Microsoft.Playwright;

namespace MimHybrid.Page.Tests.Browser;

/// <summary>The mails that people are sent, as approved in MimHybrid.Alerts.Tests, on a telephone: in light and dark, accessible, and with nobody asked.</summary>
public sealed class MailTests(Chromium chromium)
{
    private static readonly string Approved = Repository.In("tests", "MimHybrid.Alerts.Tests", "Approved");

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Each_mail_can_be_read_on_a_telephone(ColorScheme scheme)
    {
        var page = await chromium.OpenNarrowAsync(400, scheme);
        foreach (var file in Directory.EnumerateFiles(Approved, "*.html").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            await page.SetContentAsync(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));

            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 400, $"{name} is wider than the telephone.");
            Assert.Equal(scheme == ColorScheme.Dark, await page.EvaluateAsync<string>("getComputedStyle(document.body).color") == "rgb(255, 255, 255)");
            await Window.IsAccessibleAsync(page, isAgain: false, name);
            if (Environment.GetEnvironmentVariable("MIMHYBRID_TEST_PICTURES") is { Length: > 0 } folder)
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{scheme}.png"), FullPage = true });
        }
    }
}
