using System.Text;
using Microsoft.Playwright;
using MimHybrid.Page.Tests.Scenes;
using MimHybrid.Store.Rows;

namespace MimHybrid.Page.Tests.Browser;

/// <summary>What one does with the page: with the keyboard alone, on paper, without script, and while a cycle runs.</summary>
public sealed class UseTests(Chromium chromium)
{
    [Fact]
    public async Task The_keyboard_alone_is_enough_and_no_script_is_needed()
    {
        using var log = Situations.Refused();
        await using var reader = await Reader.OpenAsync(log.Folder);
        await using var window = await chromium.OpenAsync(reader);
        var page = window.Page;
        await page.RouteAsync("**/page.js", route => route.AbortAsync());
        await window.GoAsync("/");

        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("To the content", await FocusedAsync(page));
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("mimhybrid log 2", await FocusedAsync(page));
        await page.Keyboard.PressAsync("Enter");
        await window.LeadsToAsync("/cycle/2");
        await TabToAsync(page, "Cycle 1");
        await page.Keyboard.PressAsync("Enter");
        await window.LeadsToAsync("/cycle/1");
        await TabToAsync(page, "Guests");
        await page.Keyboard.PressAsync("Enter");
        await window.LeadsToAsync("/guest");
        await TabToAsync(page, "");
        await page.Keyboard.TypeAsync("mateo");
        await page.Keyboard.PressAsync("Enter");
        await window.LeadsToAsync("/guest?q=mateo");
        Assert.Contains("the directory of ADMA refused the account", await window.TextAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task While_a_cycle_runs_the_page_moves_and_the_reader_stays_where_they_are()
    {
        using var log = Situations.InProgress(out var cycle);
        await using var reader = await Reader.OpenAsync(log.Folder);
        await using var window = await chromium.OpenAsync(reader);
        var page = window.Page;
        await page.Clock.InstallAsync();
        await window.GoAsync("/");
        await page.Locator("a[href='/cycle/1']").Last.FocusAsync();
        await page.EvaluateAsync("window.scrollTo(0, 200)");

        log.Store.Cycles.EndStep(cycle, new StepEnd(new PlannedStep(3, "ADMA", "Export", StepKind.Export), new StepRecord
        {
            Position = 3,
            ManagementAgent = "ADMA",
            RunProfile = "Export",
            StartedAt = RunLog.Noon.AddSeconds(-20),
            EndedAt = RunLog.Noon.AddSeconds(-16),
            Result = "success",
        })
        {
            EndedWell = true,
        });
        log.Store.Cycles.EndCycle(cycle, new CycleEnd(CycleOutcome.Succeeded), RunLog.Noon);
        log.Waits();
        await page.Clock.FastForwardAsync(5_000);
        await page.GetByText("no guest changes pending; FallbackCycle is due").First.WaitForAsync();

        Assert.Equal("/cycle/1", await page.EvaluateAsync<string>("document.activeElement.getAttribute('href')"));
        Assert.Equal(200, await page.EvaluateAsync<int>("window.scrollY"));
        await reader.Page.DisposeAsync();
        await page.Clock.FastForwardAsync(5_000);
        await page.GetByText("This page is no longer renewed").WaitForAsync();
    }

    [Fact]
    public async Task It_is_whole_on_paper()
    {
        using var log = Situations.Held();
        await using var reader = await Reader.OpenAsync(log.Folder);
        await using var window = await chromium.OpenAsync(reader);

        var paper = await window.Page.PdfAsync(new PagePdfOptions { Format = "A4" });

        Assert.Equal("%PDF", Encoding.ASCII.GetString(paper, 0, 4));
        Assert.InRange(Encoding.Latin1.GetString(paper).Split("/Type /Page\n").Length - 1, 1, 4);
        await window.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.False(await window.Page.Locator("header nav").IsVisibleAsync());
        Assert.True(await window.Page.GetByText("Nothing runs: 6 of 8 guests").IsVisibleAsync());
    }

    [Fact]
    public async Task UTC_is_one_link_away_and_stays()
    {
        using var log = Situations.Refused();
        await using var reader = await Reader.OpenAsync(log.Folder, zone: "Asia/Tokyo");
        await using var window = await chromium.OpenAsync(reader);
        await window.GoAsync("/cycle/2");
        Assert.Contains("2026-11-26 20:51", await window.TextAsync(), StringComparison.Ordinal);

        await window.Page.GetByText("Show UTC").ClickAsync();
        await window.LeadsToAsync("/cycle/2?utc=1");
        Assert.Contains("2026-11-26 11:51", await window.TextAsync(), StringComparison.Ordinal);
        await window.Page.GetByText("Cycle 1", new PageGetByTextOptions { Exact = true }).ClickAsync();
        await window.LeadsToAsync("/cycle/1?utc=1");
    }

    private static Task<string> FocusedAsync(IPage page) => page.EvaluateAsync<string>("document.activeElement.textContent.trim()");

    private static async Task TabToAsync(IPage page, string text)
    {
        for (var tabs = 0; tabs < 20; tabs++)
        {
            await page.Keyboard.PressAsync("Tab");
            var (focused, isField) = (await FocusedAsync(page), await page.EvaluateAsync<bool>("document.activeElement.matches('input')"));
            if (focused == text && (text.Length > 0 || isField)) return;
        }

        Assert.Fail($"20 tabs did not lead to '{text}'.");
    }
}
