using System.Net;
using System.Text.RegularExpressions;
using MimHybrid.Agent.Commands;
using MimHybrid.Agent.Settings;
using MimHybrid.Agent.Show;
using MimHybrid.Page.Reports;
using MimHybrid.Page.Tests.Scenes;
using MimHybrid.Page.Views;
using MimHybrid.Store;
using Microsoft.Extensions.Time.Testing;

namespace MimHybrid.Page.Tests.Serving;

/// <summary>Page and report say it in the words of <c>status</c>: cause and next step, every line.</summary>
public sealed partial class WordsTests
{
    public static TheoryData<string> Ways => [nameof(Situations.NotRunning), nameof(Situations.Failing), nameof(Situations.Refused), nameof(Situations.Held), nameof(Situations.Silent), nameof(Situations.Empty)];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_first_screen_says_what_status_says(string way)
    {
        using var log = way switch
        {
            nameof(Situations.NotRunning) => Situations.NotRunning(),
            nameof(Situations.Failing) => Situations.Failing(),
            nameof(Situations.Refused) => Situations.Refused(),
            nameof(Situations.Held) => Situations.Held(),
            nameof(Situations.Silent) => Situations.Silent(),
            _ => Situations.Empty(),
        };
        var source = PageSources.Of(new CommonValues(log.Folder, null, false, null, []), new FakeTimeProvider(RunLog.Noon));
        using var store = AgentReader.Open(log.Folder);
        var said = new StatusText(source.ReadStatus(store)).ToSheet(verbose: false).Rows.Select(row => row.Text).Where(line => line.Length > 0).ToList();
        await using var reader = await Reader.OpenAsync(log.Folder);

        var page = TextOf(await reader.Client.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken));
        var report = TextOf(await new Report(source, new ReportWish(30, WithPersons: true)).MakeAsync(store));

        Assert.InRange(said.Count, 5, 20);
        Assert.All(said, line => Assert.Contains(Spaces.Replace(line, " "), page, StringComparison.Ordinal));
        Assert.All(said, line => Assert.Contains(Spaces.Replace(line, " "), report, StringComparison.Ordinal));
    }

    private static string TextOf(string html) => Spaces.Replace(WebUtility.HtmlDecode(Tag.Replace(html, "")), " ");

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Tag { get; }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces { get; }
}
