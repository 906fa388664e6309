using System.Globalization;
using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Client;
using MimHybrid.Mim.Results;
using MimHybrid.Mim.Runs;

namespace MimHybrid.Mim.Tests.Contract;

/// <content>What the run history looks like (MimHybrid.Mim/README.md#the-run-history, MimHybrid.Mim/README.md#the-xml-of-a-run).</content>
public abstract partial class CimConnectionContract
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss.fff";

    [Fact]
    public async Task A_run_s_key_is_its_agent_s_guid_and_its_number()
    {
        var runs = await RunsAsync();

        // With or without a hyphen between them, by different pages (MimHybrid.Mim/README.md#the-run-history).
        Assert.All(runs, run => Assert.Contains(
            run["Key"],
            new[] { run["MaGuid"] + run["RunNumber"], $"{run["MaGuid"]}-{run["RunNumber"]}" },
            StringComparer.OrdinalIgnoreCase));
        Assert.Equal(runs.Count, runs.DistinctBy(run => run["Key"], StringComparer.OrdinalIgnoreCase).Count());
        Assert.Subset((await AgentNamesAsync()).ToHashSet(StringComparer.OrdinalIgnoreCase), runs.Select(run => run["MaName"]).ToHashSet());
    }

    [Fact]
    public async Task A_run_s_times_are_utc_in_a_form_that_sorts_as_text()
    {
        foreach (var run in await RunsAsync())
        {
            Assert.True(IsTime(run["RunStartTime"]), run["RunStartTime"]);
            var isGoing = run["RunEndTime"] is "" or "in-progress";
            Assert.True(isGoing || IsTime(run["RunEndTime"]), run["RunEndTime"]);
            Assert.True(isGoing || string.CompareOrdinal(run["RunStartTime"], run["RunEndTime"]) <= 0, run["Key"]);
        }
    }

    [Fact]
    public async Task Runs_are_found_by_the_time_at_which_they_began()
    {
        var all = await RunsAsync();
        var middle = all.Select(run => run["RunStartTime"]).Order(StringComparer.Ordinal).ElementAt(all.Count / 2);

        var later = await Connection.QueryAsync($"SELECT * FROM MIIS_RunHistory WHERE RunStartTime > '{middle}'", TestEnd);

        Assert.Equal(
            all.Where(run => string.CompareOrdinal(run["RunStartTime"], middle) > 0).Select(run => run["Key"]).Order(StringComparer.Ordinal),
            later.Select(run => run["Key"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_newest_run_is_what_the_agent_s_methods_tell_of()
    {
        foreach (var newest in await NewestRunsAsync())
        {
            var agent = newest["MaName"];
            Assert.Equal(newest["RunNumber"], await AskAsync(agent, "RunNumber"));
            Assert.Equal(newest["RunProfile"], await AskAsync(agent, "RunProfile"));
            Assert.Equal(newest["RunStatus"], await AskAsync(agent, "RunStatus"));
            Assert.Equal(newest["RunStartTime"], await AskAsync(agent, "RunStartTime"));
            Assert.Equal(newest["RunEndTime"], await AskAsync(agent, "RunEndTime"));
        }
    }

    [Fact]
    public async Task The_details_of_a_run_are_xml_that_tells_the_same()
    {
        foreach (var newest in await NewestRunsAsync())
        {
            var target = new CimTarget("MIIS_RunHistory", "Key", newest["Key"]);
            var details = RunDetailsParser.Parse(await Connection.InvokeAsync(target, "RunDetails", [], TestEnd), errorsKept: 1);

            Assert.Equal("", details.Defect);
            Assert.Equal(newest["RunNumber"], details.RunNumber?.ToString(CultureInfo.InvariantCulture));
            Assert.Equal((newest["MaName"], newest["RunProfile"]), (details.ManagementAgent, details.RunProfile));
            Assert.Matches(@"^[^\\]+\\[^\\]+$", details.Caller);
            Assert.NotEmpty(details.Steps);
        }
    }

    [Fact]
    public async Task The_words_of_the_history_are_known()
    {
        var unknown = (await RunsAsync())
            .Select(run => run["RunStatus"])
            .Where(word => ResultWords.Known.All(known => !known.Raw.Equals(word, StringComparison.OrdinalIgnoreCase)))
            .Distinct();

        Assert.Empty(unknown);
    }

    [Fact]
    public async Task The_client_reads_the_history_of_every_agent_and_of_one_with_an_odd_name()
    {
        var server = new SyncServer(Connection, new SyncServerSettings(), TimeProvider.System);

        foreach (var newest in await NewestRunsAsync())
            Assert.Contains(newest["RunProfile"], await server.ListRunProfilesSeenAsync(newest["MaName"], DateTimeOffset.UnixEpoch, TestEnd));
        Assert.Empty(await server.ListRunProfilesSeenAsync(OddName, DateTimeOffset.UnixEpoch, TestEnd));
    }

    /// <summary>All runs; a server without a history leaves nothing to prove, and the test says so.</summary>
    private async Task<IReadOnlyList<CimRow>> RunsAsync()
    {
        var runs = await Connection.QueryAsync("SELECT * FROM MIIS_RunHistory", TestEnd);
        Assert.SkipWhen(runs.Count == 0, "The server's run history is empty.");
        return runs;
    }

    private async Task<IEnumerable<CimRow>> NewestRunsAsync() => (await RunsAsync())
        .GroupBy(run => run["MaName"], StringComparer.OrdinalIgnoreCase)
        .Select(runs => runs.MaxBy(run => int.Parse(run["RunNumber"], CultureInfo.InvariantCulture))!);

    protected static bool IsTime(string text) =>
        DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
}
