using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Matters;

/// <summary>What the agent lives on and what it sends: the disk, its own starts, telemetry, the report, messages.</summary>
internal static class OwnMatters
{
    /// <summary>So often in <see cref="Lately"/> it is no accident.</summary>
    private const int TooOften = 3;

    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    public static IEnumerable<OpenMatter> Of(MatterFacts facts, MatterWords words)
    {
        if (Disk(facts.FreeSpace) is { } disk) yield return disk;
        if (Restarts(facts, words) is { } restarts) yield return restarts;
        foreach (var kind in Enum.GetValues<DeliveryKind>())
            if (facts.Undelivered.Where(one => one.Kind == kind).ToList() is { Count: > 0 } all)
                yield return Undelivered(kind, all, words);
        foreach (var channel in facts.DeadChannels) yield return Dead(channel, words);
    }

    /// <summary>The store of a large tenant has some ten megabytes; a disk that fills up fills up for others.</summary>
    private static OpenMatter? Disk(long? free) => free is not { } bytes || bytes >= DiskSpace.Enough
        ? null
        : new OpenMatter("disk/data", bytes < DiskSpace.Least ? Severity.Error : Severity.Warning,
            $"The disk of the data folder is nearly full: {DiskSpace.Words(bytes)} free",
            "Make room: without it the agent can write nothing down, and starts no cycle.");

    private static OpenMatter? Restarts(MatterFacts facts, MatterWords words)
    {
        var ended = facts.Starts
            .Where(start => facts.Now - start.At < Lately && (facts.Holder is null || start.At < facts.Holder.StartedAt)).ToList();
        return ended.Count < TooOften ? null : new OpenMatter("agent/restarts", Severity.Error,
            $"The agent ended {ended.Count} times within the last hour without being asked to",
            "The event log has the reason (source MimHybrid, ids 4020 and 1024, or Windows' own). A fault of the agent's: report the text.")
        {
            Details = [.. ended.Select(start => $"Started at {words.Clock(start.At)}, and not ended as it should be")],
            Since = ended[TooOften - 1].At,
        };
    }

    private static OpenMatter Undelivered(DeliveryKind kind, IReadOnlyList<Undelivered> all, MatterWords words) => new(
        $"delivery/{kind.ToString().ToLowerInvariant()}", Severity.Warning,
        kind == DeliveryKind.Report
            ? $"The report has not been written since {words.Clock(all.Min(one => one.Since))}"
            : $"Telemetry has not arrived since {words.Clock(all.Min(one => one.Since))}",
        kind == DeliveryKind.Report
            ? "Let the agent's account write there, or correct RunLog:Report; it is tried again after each cycle."
            : "Allow the destination in the firewall, or set Telemetry:Proxy; guests are served meanwhile.")
    {
        Details = [.. all.Select(one => MatterWords.Sentence($"{one.Place}: {one.Why}"))],
        Since = all.Min(one => one.Since),
    };

    private static OpenMatter Dead(DeadChannel dead, MatterWords words) => new(OpenMatters.OfDeadChannel(dead.Channel), Severity.Error,
        $"{MatterWords.Count(dead.Count, "message")} over {dead.Channel} never arrived, the first given up at {words.Clock(dead.Since)}",
        "Correct the section Alerts, or the way there; mimhybrid alerts test says what the channel answers.")
    {
        Details = [MatterWords.Sentence(dead.Why)],
        Since = dead.Since,
    };
}
