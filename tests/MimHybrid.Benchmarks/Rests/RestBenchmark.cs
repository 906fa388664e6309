using System.Globalization;
using System.Text;

namespace MimHybrid.Benchmarks.Rests;

/// <summary>
/// What the published agent costs while nothing happens, seen from outside by Linux's own counters. Tenant and sync server, the two that it
/// talks to, are the sandbox's and live in this process, so that the whole of the agent is measured and nothing else: not what a MIM keeps in
/// its memory, nor what it writes.
/// </summary>
internal static class RestBenchmark
{
    /// <summary>The shortest that the settings allow: what a poll costs does not hang on the pause before it.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Until then code is compiled anew as it turns out to be used often.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(40);

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync()
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.WriteLine("rest reads Linux's counters of a process.");
            return 2;
        }

        var program = Published.Executable(PublishKind.AsShipped);
        var figures = new RestFigures { Polls = await PollAsync(program), Week = await LiveAsync(program, cycles: 168) };
        var table = figures.ToTable();
        Console.WriteLine(table);
        Results.WriteJson("rest", new { figures });
        Results.WriteTable("rest", table);
        return 0;
    }

    /// <summary>Polls and nothing else.</summary>
    private static async Task<RestSpan> PollAsync(string program)
    {
        await using var world = await AgentWorld.OpenAsync();
        world.HoldSyncServer();
        world.Set("Functions__GuestChanges__PollInterval", PollInterval.ToString("c"));
        var data = world.NewData();
        using var agent = world.Start(program, data);
        await Task.Delay(WarmUp, TimeProvider.System);
        var before = RestCounters.Of(agent, world.Tenant, data);
        await Task.Delay(Idle, TimeProvider.System);
        var after = RestCounters.Of(agent, world.Tenant, data);
        await AgentWorld.EndAsync(agent);
        return new RestSpan(before, after);
    }

    /// <summary>As many timed cycles as a week has, one a second, and ten polls to each; a guest comes with every tenth.</summary>
    private static async Task<RestSpan> LiveAsync(string program, int cycles)
    {
        await using var world = await AgentWorld.OpenAsync();
        world.HoldSyncServer();
        world.Set("Functions__GuestChanges__PollInterval", PollInterval.ToString("c"));
        world.Set("Functions__GuestChanges__SettleTime", "00:00:00");
        world.Set("Functions__FallbackCycle__Enabled", "true");
        world.Set("Functions__FallbackCycle__Interval", "00:00:01");
        var data = world.NewData();
        using var agent = world.Start(program, data);
        RestCounters? before = null;
        for (var second = 0; second < cycles; second++)
        {
            if (second == cycles / 4) before = RestCounters.Of(agent, world.Tenant, data);
            if (second % 10 == 0)
                world.Tenant.Directory.Invite(
                    string.Create(CultureInfo.InvariantCulture, $"Guest {second}"), string.Create(CultureInfo.InvariantCulture, $"guest{second}@fabrikam.example"));
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }

        var after = RestCounters.Of(agent, world.Tenant, data);
        await AgentWorld.EndAsync(agent);
        return new RestSpan(before!, after);
    }
}

internal sealed record RestFigures
{
    public required RestSpan Polls { get; init; }

    public required RestSpan Week { get; init; }

    public string ToTable()
    {
        var text = new StringBuilder("| at rest | figure | bar |\n|---|---|---|\n");
        var polls = Polls.Requests;
        Row(text, "processor for each poll", Polls.Processor.TotalMilliseconds / polls, "ms", 10);
        Row(text, "written to the disk for each poll", Polls.Written / 1000.0 / polls, "kB", null);
        Row(text, "commits for each poll", (double)Polls.Commits / polls, "", 1.1);
        Row(text, "requests for each poll", (double)Polls.AllRequests / polls, "", 1.1);
        Row(text, "working set", Polls.After.WorkingSet / 1e6, "MB", 100);
        Row(text, "working set after the cycles of a week", Week.After.WorkingSet / 1e6, "MB", 100);
        Row(text, "and its growth since the first quarter", (Week.After.WorkingSet - Week.Before.WorkingSet) / 1e6, "MB", 5);
        Row(text, "handles after the cycles of a week, more than at the first quarter", Week.After.Handles - Week.Before.Handles, "", 3);
        return text.Append(CultureInfo.InvariantCulture, $"\n{polls} polls; {Week.AllRequests} requests and 126 timed cycles in the last three quarters of the week. {Environment.ProcessorCount} processors.\n").ToString();
    }

    private static void Row(StringBuilder text, string name, double value, string unit, double? bar)
    {
        var judged = bar is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(bar.Value):0} {unit}: {(value <= bar ? "met" : "**not met**")}");
        text.Append(CultureInfo.InvariantCulture, $"| {name} | {value:0.##} {unit} | {judged} |\n");
    }
}

/// <summary>What was counted between two looks.</summary>
internal sealed record RestSpan(RestCounters Before, RestCounters After)
{
    public TimeSpan Processor => After.Processor - Before.Processor;

    public long Written => After.Written - Before.Written;

    public long Commits => After.Commits - Before.Commits;

    /// <summary>Delta queries.</summary>
    public int Requests => Math.Max(1, After.Polls - Before.Polls);

    public int AllRequests => After.Requests - Before.Requests;
}
