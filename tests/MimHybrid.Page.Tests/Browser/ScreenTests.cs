using MimHybrid.Benchmarks.Growth;
using MimHybrid.Page.Tests.Scenes;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Page.Tests.Browser;

/// <summary>Each way in which an agent can be, in light at 1280 pixels and in dark at 400: what is said first, and that everybody can read it.</summary>
public sealed class ScreenTests(Chromium chromium)
{
    [Fact]
    public async Task A_good_month()
    {
        using var log = Month.Make();
        await using var reader = await Reader.OpenAsync(log.Folder);
        await using var window = await chromium.OpenAsync(reader);
        await SeeAsync(window, "/", "All well: ", "home", 1350);
        await SeeAsync(window, "/log", "Cycles ");
        await SeeAsync(window, "/log?outcome=open&from=2026-11-17&to=2026-11-17", "failed: stopped-server");
        await SeeAsync(window, "/settings", "As mimhybrid config show tells them");
        await SeeAsync(window, "/checks", "No result of mimhybrid check is kept");
        var guest = log.Store.Reader.ReadLog(new RunLogQuery { Last = 30 }).Last(cycle => cycle.Changes.Count > 0);
        await SeeAsync(window, $"/cycle/{guest.Id}", "Because");
        await SeeAsync(window, $"/guest?id={guest.Changes[0].Id}", "Confirmed");
        await SeeAsync(window, "/guest?q=a", "The first 20 that match");
    }

    [Fact]
    public Task An_empty_store() => SeeAsync(Situations.Empty(), ("/", "No cycle has run yet."));

    [Fact]
    public Task No_agent() => SeeAsync(Situations.NotRunning(), ("/", "No agent runs: nobody looks for guest changes"));

    [Fact]
    public Task An_agent_that_writes_no_more() => SeeAsync(Situations.Silent(), ("/", "has not looked at the tenant for 14 minutes"));

    [Fact]
    public Task A_failure() => SeeAsync(
        Situations.Failing(),
        ("/", "The last ChangeDriven cycle failed at AADMA Delta Import (Stage Only): no-start-credentials; 1 guest change (1 added) waiting"),
        ("/cycle/2", "no-start-credentials"),
        ("/guest?q=mateo", "cycle 2 did not end well"));

    [Fact]
    public async Task A_refused_guest()
    {
        using var log = Situations.Refused();
        await using var reader = await Reader.OpenAsync(log.Folder);
        await using var window = await chromium.OpenAsync(reader);
        await SeeAsync(window, "/", "1 guest has no account, or an old one: the directory of ADMA refused it");
        await SeeAsync(window, "/guest?q=mateo", "hangs here", "guest-refused", 780);
        await SeeAsync(window, "/cycle/2", "8344 Insufficient access rights");
    }

    [Fact]
    public async Task A_hold()
    {
        using var log = Situations.Held();
        await using var reader = await Reader.OpenAsync(log.Folder);
        await using var window = await chromium.OpenAsync(reader);
        await SeeAsync(window, "/", "6 of 8 guests", "hold", 780);
    }

    [Fact]
    public async Task A_cycle_in_progress()
    {
        using var log = Situations.InProgress(out var cycle);
        await using var reader = await Reader.OpenAsync(log.Folder);
        await using var window = await chromium.OpenAsync(reader);
        await SeeAsync(window, "/", "step 3 of 5, ADMA Export");
        await SeeAsync(window, $"/cycle/{cycle}", "running");
    }

    [Fact]
    public Task Hostile_names() => SeeAsync(
        Situations.Hostile(),
        ("/", "<script>document.title='owned'</script>"),
        ("/log", "<script>"),
        ("/cycle/2", "·gnp.exe·"),
        ("/guest?q=lines", "two··lines··[31m"));

    [Fact]
    public async Task Ten_thousand_cycles()
    {
        var folder = Directory.CreateTempSubdirectory("mimhybrid-page-").FullName;
        var grown = GrownStore.Make(folder, 10_000, 1_000);
        AgentStore.Open(folder).Dispose();
        await using (var reader = await Reader.OpenAsync(folder, grown.End))
        {
            await using var window = await chromium.OpenAsync(reader);
            await SeeAsync(window, "/", "The last 8 days");
            await SeeAsync(window, "/log?before=5001", "Cycles 4951 to 5000, the newest first");
            Assert.InRange((await reader.ReadAsync("/")).Length, 10_000, 400_000);
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task SeeAsync(RunLog situation, params (string Path, string First)[] pages)
    {
        using var log = situation;
        await using var reader = await Reader.OpenAsync(log.Folder);
        await using var window = await chromium.OpenAsync(reader);
        foreach (var (path, first) in pages) await SeeAsync(window, path, first);
    }

    private async Task SeeAsync(Window window, string path, string first, string? picture = null, int height = 0)
    {
        await window.GoAsync(path);
        Assert.Contains(first, await window.TextAsync(), StringComparison.Ordinal);
        await window.IsWellAsync();
        if (picture is not null) await window.PictureAsync(picture, height);

        await window.GoAsync(path, width: 400, isDark: true);
        await window.IsWellAsync(isAgain: true);
        Assert.Empty(chromium.AskedElsewhere);
    }
}
