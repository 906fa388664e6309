using System.Net;
using System.Security.Cryptography;
using MimHybrid.Page.Serving;
using MimHybrid.Page.Tests.Scenes;
using MimHybrid.Store.Rows;

namespace MimHybrid.Page.Tests.Serving;

/// <summary>The page reads, and leaves no trace of it; it ends with its reader.</summary>
public sealed class ReadingTests
{
    private static readonly string[] everywhere = ["/", "/log?text=lena", "/cycle/1", "/guest?q=lena", "/checks", "/settings", "/cycle/99", "/nowhere"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_byte_of_the_data_folder_changes(bool besideAnAgent)
    {
        using var log = new RunLog();
        Month.Carry(log, log.Sees(ChangeKind.Added, "Lena Brandt", RunLog.Noon.AddMinutes(-3)));
        if (!besideAnAgent) log.Store.Dispose();
        var before = Bytes(log.Folder);
        Assert.Equal(besideAnAgent, before.ContainsKey("agent.db-wal"));

        await using (var reader = await Reader.OpenAsync(log.Folder))
            foreach (var path in everywhere) (await reader.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken)).Dispose();

        Assert.Equal(before, Bytes(log.Folder));
    }

    [Fact]
    public async Task A_folder_without_a_store_is_told_of_and_none_is_made()
    {
        var folder = Directory.CreateTempSubdirectory("mimhybrid-page-");
        await using (var reader = await Reader.OpenAsync(folder.FullName))
        {
            Assert.Contains($"No agent has run on the data folder {folder.FullName} yet", await reader.ReadAsync("/"), StringComparison.Ordinal);
            Assert.Contains("No cycle matches", await reader.ReadAsync("/log"), StringComparison.Ordinal);
            Assert.Contains("Nothing is known of a guest", await reader.ReadAsync("/guest?q=lena"), StringComparison.Ordinal);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.FullName));
        folder.Delete();
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_is_said_and_the_page_stays()
    {
        using var log = new RunLog();
        await using var reader = await Reader.OpenAsync(log.Folder);
        log.Store.Dispose();
        File.Delete(Path.Combine(log.Folder, "agent.db"));

        using var answer = await reader.Client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("had a store, and it is gone", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_when_nobody_has_asked_for_eight_hours()
    {
        using var log = new RunLog();
        await using var reader = await Reader.OpenAsync(log.Folder);
        var ended = reader.Page.WaitAsync(TestContext.Current.CancellationToken);

        reader.Clock.Advance(IdleWatch.Longest - TimeSpan.FromSeconds(1));
        await reader.ReadAsync("/");
        reader.Clock.Advance(IdleWatch.Longest - TimeSpan.FromSeconds(1));
        Assert.False(ended.IsCompleted);
        reader.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await ended.InTimeAsync("the end of the page"));
    }

    [Fact]
    public async Task It_ends_when_it_is_cancelled()
    {
        using var log = new RunLog();
        await using var reader = await Reader.OpenAsync(log.Folder);
        using var cancelled = new CancellationTokenSource();
        var ended = reader.Page.WaitAsync(cancelled.Token);

        await cancelled.CancelAsync();

        Assert.False(await ended.InTimeAsync("the end of the page"));
    }

    private static Dictionary<string, string> Bytes(string folder) => Directory.EnumerateFiles(folder)
        .Where(file => Path.GetFileName(file) is not ("agent.lock" or "agent.db-shm")) // readers take their places in the latter, as SQLite does
        .ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))));
}
