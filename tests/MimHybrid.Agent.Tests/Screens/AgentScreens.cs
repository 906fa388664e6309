using System.Globalization;
using System.Text;
using MimHybrid.Agent.Commands;
using MimHybrid.Agent.Settings;
using MimHybrid.Agent.Show;
using MimHybrid.Agent.Tests.Show;
using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Words;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Tests.Screens;

/// <summary>What each command shows of a world, in a pipe and on two terminals: text for one approved file.</summary>
internal sealed class AgentScreens(World world)
{
    private static readonly CommonValues nowhere = new("", Config: null, Sandbox: true, Rehearsal: null, Set: []);

    private readonly AgentReader reader = world.Store.Reader;

    private DateTimeOffset Now => world.Clock.GetUtcNow();

    /// <summary>Who runs the agent; null: nobody.</summary>
    public Holder? Holder { get; init; } = new(4711, @"CONTOSO\MIMSyncUser", new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero));

    /// <summary>How far a first reading is.</summary>
    public Baseline? Reading { get; init; }

    public string Tell(string guest) => Everywhere(width => Commands(guest, width));

    /// <summary>In a pipe and on two terminals.</summary>
    /// <param name="commands">What is typed and what it shows, where the screen is so wide.</param>
    public static string Everywhere(Func<int?, IEnumerable<(string Command, Sheet Sheet)>> commands)
    {
        var text = new StringBuilder();
        foreach (var (name, width) in new (string, int?)[] { ("In a pipe", null), ("80 columns", 80), ("120 columns", 120) })
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"# {name}").AppendLine();
            foreach (var (command, sheet) in commands(width))
                text.AppendLine(CultureInfo.InvariantCulture, $"> mimhybrid {command}").AppendLine(Seen.At(width, sheet)).AppendLine();
        }

        return text.ToString();
    }

    private IEnumerable<(string Command, Sheet Sheet)> Commands(string guest, int? width)
    {
        yield return ("status", new StatusText(Report()).ToSheet(verbose: false));
        yield return ("log", List(width));
        if (reader.ReadLastCycle() is { } last)
            yield return (string.Create(CultureInfo.InvariantCulture, $"log {last.Id}"), new RunLogText(TimeZoneInfo.Utc).Of(last));
        var (teller, words) = (new GuestTeller(reader, Holder is not null), new GuestStoryText(TimeZoneInfo.Utc));
        foreach (var id in reader.FindGuests(guest, 2)) yield return ($"guest {guest}", words.ToSheet(teller.Tell(reader.ReadGuestStory(id))));
        if (reader.ReadHeldRemovals(50) is { } held)
            yield return ("approve removals", new HeldRemovalsText(TimeZoneInfo.Utc).Of(held, reader.CountLiveGuests()));
    }

    private Sheet List(int? width)
    {
        var table = new LogTable(TimeZoneInfo.Utc, width);
        var rows = LogRow.Fold(world.RunLog).ToList();
        var sheet = new Sheet();
        if (rows.Count > 0) sheet.Line(table.Head);
        foreach (var row in rows) sheet.Line(table.Of(row));
        return sheet.Add(new LogView(reader, nowhere, world.Clock, default).End(rows.Count > 0, isAll: true));
    }

    private StatusReport Report()
    {
        var next = reader.ReadDecision()!;
        return new StatusReport
        {
            Facts = MatterFacts.Read(reader, reader.ReadSnapshot(Now.AddDays(-1)), Now) with
            {
                Holder = Holder,
                Next = next,
                Guard = world.Settings.RemovalGuard,
                Reading = Reading,
            },
            Zone = TimeZoneInfo.Utc,
            Next = next,
            LastCycle = reader.ReadLastCycle(),
            CursorObtainedAt = reader.ReadCursorTime(),
        };
    }
}
