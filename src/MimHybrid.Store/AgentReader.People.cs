using MimHybrid.Store.Rows;
using MimHybrid.Store.Sql;

namespace MimHybrid.Store;

/// <summary>What only people ask for: what is open, and the story of one guest.</summary>
public sealed partial class AgentReader
{
    /// <summary>What steps found and no later run of the same run profile has answered, oldest first.</summary>
    public IReadOnlyList<StepFinding> ReadOpenFindings() => file.Read(FindingSql.ReadOpen);

    /// <summary>The alerts that are open, and those that ended since a time.</summary>
    public IReadOnlyList<AlertRecord> ReadAlerts(DateTimeOffset endedSince) =>
        file.Read(connection => AlertSql.Read(connection, endedSince));

    /// <summary>Messages that could not be told, since a time.</summary>
    public IReadOnlyList<AlertMessage> ReadGivenUp(DateTimeOffset since) => file.Read(connection => AlertSql.GivenUp(connection, since));

    /// <summary>Channels over which messages were given up since a time, and nothing arrived after that.</summary>
    public IReadOnlyList<DeadChannel> ReadDeadChannels(DateTimeOffset since) =>
        file.Read(connection => AlertSql.ReadDead(connection, since));

    /// <summary>The starts of agents that did not end as they were asked to, and of the one that runs; oldest first.</summary>
    public IReadOnlyList<AgentStart> ReadStarts() => file.Read(TroubleSql.ReadStarts);

    /// <summary>What the agent sends beside its work and could not the last time.</summary>
    public IReadOnlyList<Undelivered> ReadUndelivered() => file.Read(TroubleSql.ReadUndelivered);

    /// <summary>The step that runs, where it began before a time; null where none does.</summary>
    public RunningStep? ReadRunningStep(DateTimeOffset startedBefore) =>
        file.Read(connection => TroubleSql.ReadRunning(connection, startedBefore));

    /// <summary>Runs since a time that were not the agent's, as far as the numbers of its own show.</summary>
    public IReadOnlyList<OthersRuns> ReadOthersRuns(DateTimeOffset since) =>
        file.Read(connection => TroubleSql.ReadOthers(connection, since));

    /// <summary>The guests who are called exactly so, in the directory as in the tenant: a display name is not a key.</summary>
    public IReadOnlyList<Guest> ReadGuestsNamed(string name) => file.Read(connection => GuestSearchSql.Named(connection, name));

    /// <summary>
    /// The ids of guests whose name or mail contains a text, or whose id does where the text can be part of one, now or at a change that is
    /// kept, by their names; whatever the case, the accents, the width and the script of the letters.
    /// </summary>
    public IReadOnlyList<string> FindGuests(string text, int most)
    {
        // side by side: of a million guests each reads sixty megabytes
        var known = Task.Run(() => file.Read(connection => GuestSearchSql.FindKnown(connection, text)));
        var told = file.Read(connection => GuestSearchSql.FindTold(connection, text));
        return [.. known.GetAwaiter().GetResult().Concat(told)
            .GroupBy(guest => guest.Key, guest => guest.Value, StringComparer.Ordinal)
            .OrderBy(guest => guest.Max(StringComparer.Ordinal), StringComparer.OrdinalIgnoreCase)
            .ThenBy(guest => guest.Key, StringComparer.Ordinal)
            .Select(guest => guest.Key).Take(most)];
    }

    public GuestStory ReadGuestStory(string id) => file.Read(connection => GuestSearchSql.Tell(connection, id));

    /// <summary>How many of a cycle's guests MIM did not show; null where nobody compared.</summary>
    public ArrivalRecord? ReadArrival(long cycle) => file.Read(connection => ArrivalSql.Read(connection, cycle));

    /// <summary>The exports of the same run profile after a cycle, oldest first, with what they refused.</summary>
    public IReadOnlyList<LaterExport> ReadExportsAfter(long cycle, string managementAgent, string runProfile) =>
        file.Read(connection => GuestSearchSql.ExportsAfter(connection, cycle, managementAgent, runProfile));

    /// <summary>The number of the first cycle after this one; null while there is none.</summary>
    public long? ReadNextCycle(long after) => file.Read(connection =>
        connection.Number("SELECT coalesce(min(id), 0) FROM cycle WHERE id > $after", ("$after", after))) is > 0 and var next ? next : null;
}
