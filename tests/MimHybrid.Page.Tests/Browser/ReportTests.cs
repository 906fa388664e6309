using MimHybrid.Agent.Commands;
using MimHybrid.Agent.Settings;
using MimHybrid.Page.Reports;
using MimHybrid.Page.Tests.Scenes;
using MimHybrid.Page.Views;
using MimHybrid.Store;
using Microsoft.Extensions.Time.Testing;

namespace MimHybrid.Page.Tests.Browser;

/// <summary>The report: the same as one file, which needs nothing beside it and leads nowhere.</summary>
public sealed class ReportTests(Chromium chromium)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_can_be_read_without_anything_beside_it()
    {
        using var log = Situations.Refused();
        var file = Path.Combine(log.Folder, "report.html");
        await File.WriteAllTextAsync(file, await MakeAsync(log, withPersons: true), Token);
        await using var reader = await Reader.OpenAsync(log.Folder);
        await using var window = await chromium.OpenAsync(reader);

        await window.SeeFileAsync(file);

        Assert.Contains("1 guest has no account, or an old one: the directory of ADMA refused it", await window.TextAsync(), StringComparison.Ordinal);
        Assert.Contains("Give the account with which ADMA signs in", await window.TextAsync(), StringComparison.Ordinal);
        await window.Page.Locator("a[href='#cycle-2']").First.ClickAsync();
        Assert.True(await window.Page.Locator("#cycle-2").IsVisibleAsync());
        Assert.Empty(chromium.AskedElsewhere);
    }

    [Fact]
    public async Task Without_persons_it_names_nobody()
    {
        using var log = Situations.Refused();
        log.Store.Requests.RequestForcedRun("Full", @"CONTOSO\ada", pastWindow: false, RunLog.Noon);
        var request = log.Store.Reader.ReadSnapshot(RunLog.Noon).Forced;
        var start = new Store.Rows.CycleStart("ForcedRun", Store.Rows.TriggerKind.Command, "Full", @"forced by CONTOSO\ada", request)
        {
            ReasonUnnamed = "forced by a person",
        };
        var cycle = log.Store.Cycles.BeginCycle(start, RunLog.Noon.AddMinutes(-1));
        log.Store.Cycles.EndCycle(cycle, new Store.Rows.CycleEnd(Store.Rows.CycleOutcome.Succeeded), RunLog.Noon);

        var (named, unnamed) = (await MakeAsync(log, withPersons: true), await MakeAsync(log, withPersons: false));

        foreach (var person in new[] { "Mateo", "Lena", "fabrikam", "ada", "MIMSyncUser" }) Assert.Contains(person, named, StringComparison.Ordinal);
        foreach (var person in new[] { "Mateo", "Lena", "fabrikam", @"CONTOSO\ada", "MIMSyncUser", "8344" }) Assert.DoesNotContain(person, unnamed, StringComparison.Ordinal);
        Assert.DoesNotContain("MIM does not say which", unnamed, StringComparison.Ordinal);
        Assert.Contains("Give the account with which ADMA signs in", unnamed, StringComparison.Ordinal);
        Assert.Contains("refused: permission-issue", unnamed, StringComparison.Ordinal);
        Assert.Contains("written and confirmed", unnamed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_names_stay_text()
    {
        using var log = Situations.Hostile();
        var html = await MakeAsync(log, withPersons: true);

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u202E', html);
        Assert.InRange(html.Length, 10_000, 300_000);
    }

    private static async Task<string> MakeAsync(RunLog log, bool withPersons)
    {
        var clock = new FakeTimeProvider(RunLog.Noon);
        using var store = AgentReader.Open(log.Folder);
        return await new Report(PageSources.Of(new CommonValues(log.Folder, null, false, null, []), clock), new ReportWish(30, withPersons)).MakeAsync(store);
    }
}
