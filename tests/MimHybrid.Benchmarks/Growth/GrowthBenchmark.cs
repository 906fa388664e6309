using System.Globalization;
using MimHybrid.Store;
using MimHybrid.Store.Rows;
using MimHybrid.Store.Sql;

namespace MimHybrid.Benchmarks.Growth;

/// <summary>What a store that grows for years costs whoever asks it, and the agent.</summary>
internal static class GrowthBenchmark
{
    private const int Times = 7;

    public static IReadOnlyList<(int Cycles, int Guests)> Sizes { get; } = [(100, 1_000), (10_000, 10_000), (200_000, 1_000_000), (1_000_000, 1_000_000)];

    public static int Run()
    {
        var program = Published.Executable(PublishKind.AsShipped);
        GrowthFigures[] figures = [.. Sizes.Select(size => Measure(size.Cycles, size.Guests, program))];
        var table = GrowthTable.Write(figures);
        Console.WriteLine(table);
        Results.WriteJson("growth", new { figures });
        Results.WriteTable("growth", table);
        return 0;
    }

    /// <summary>One store, in this process alone: the table is printed, and the page stays.</summary>
    public static int Try(int cycles, int guests)
    {
        Console.WriteLine(GrowthTable.Write([Measure(cycles, guests)]));
        return 0;
    }

    /// <param name="cycles">In the run log.</param>
    /// <param name="guests">Known, each with one change that a cycle has carried.</param>
    /// <param name="program">The executable for the commands; null measures without.</param>
    public static GrowthFigures Measure(int cycles, int guests, string? program = null)
    {
        var folder = Directory.CreateTempSubdirectory("mimhybrid-growth-").FullName;
        try
        {
            Progress.Say($"growth: {cycles} cycles, {guests} guests");
            var grown = GrownStore.Make(folder, cycles, guests);
            var figures = new GrowthFigures { Cycles = cycles, Guests = guests };
            figures.Migration = Repeated.Once(() => AgentStore.Open(folder).Dispose());
            figures.Megabytes = new FileInfo(StoreAccess.PathIn(folder)).Length / 1e6;
            figures.Opening = Repeated.Milliseconds(3, () => AgentStore.Open(folder).Dispose());
            MeasureReading(grown, figures);
            if (program is not null) MeasureCommands(grown, figures, program);
            MeasureWriting(grown, figures);
            return figures;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void MeasureReading(GrownStore grown, GrowthFigures figures)
    {
        using var reader = AgentReader.Open(grown.Folder);
        double Find(RunLogQuery query, int expected) => Repeated.Milliseconds(Times, () =>
        {
            if (reader.ReadLog(query).Count() is var found && found != expected) throw new InvalidOperationException($"{query}: {found} and not {expected}");
        });

        figures.Snapshot = Repeated.Milliseconds(Times, () => reader.ReadSnapshot(grown.End));
        figures.LastTwenty = Find(new RunLogQuery { Last = 20 }, 20);
        figures.FindOne = Find(new RunLogQuery { Guest = GrownStore.MailOf(grown.Guests * 3 / 4).ToUpperInvariant() }, 1);
        figures.FindNone = Find(new RunLogQuery { Guest = "nobody@nowhere" }, 0);
        var guest = GrownStore.MailOf(grown.Guests * 3 / 4);
        figures.FindGuest = Repeated.Milliseconds(Times, () => reader.ReadGuestStory(Single(reader.FindGuests(guest, 2))));
        figures.FindMany = Find(new RunLogQuery { Guest = "fabrikam", Last = 10 }, 10);
    }

    private static string Single(IReadOnlyList<string> ids) => ids is [var id] ? id : throw new InvalidOperationException($"{ids.Count} guests and not one");

    private static void MeasureCommands(GrownStore grown, GrowthFigures figures, string program)
    {
        double Run(params string[] arguments) => Repeated.Milliseconds(Times, () => Published.Run(program, [.. arguments, "--data", grown.Folder]));
        figures.StatusCommand = Run("status");
        figures.LogCommand = Run("log", "--last", "20");
        figures.GuestCommand = Run("guest", GrownStore.MailOf(grown.Guests * 3 / 4));
        figures.LogGuestCommand = Run("log", "--guest", GrownStore.MailOf(grown.Guests * 3 / 4));
    }

    private static void MeasureWriting(GrownStore grown, GrowthFigures figures)
    {
        using var store = AgentStore.Open(grown.Folder);
        var number = 0;
        figures.Round = Repeated.Milliseconds(51, () => store.Guests.CommitRound(RoundWith(++number, grown.End)));
        figures.IdlePoll = Repeated.Milliseconds(51, () => store.Guests.RecordPollSuccess(grown.End, grown.End.AddMinutes(1)));

        store.Cycles.TrimRunLog(grown.EndOf(2), 1); // what the first reading brought: half of all guests
        var most = Math.Min(200, grown.Cycles / 10);
        var day = 0;
        figures.Trimming = Repeated.Milliseconds(3, () => store.Cycles.TrimRunLog(grown.EndOf(++day * most), most)) * 200 / most;
    }

    private static DeltaRound RoundWith(int number, DateTimeOffset now)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{number:x8}-0000-4000-8000-000000000000");
        return new DeltaRound
        {
            Cursor = new DeltaCursor($"https://graph/{number}", "f", now),
            Remembered = [new Guest(id, GuestState.Live, "digest", "Lena Brandt", $"lena.brandt.{number}@contoso.example", now)],
            Changes = [new GuestChange(id, ChangeKind.Added, "Lena Brandt", $"lena.brandt.{number}@contoso.example", now)],
        };
    }
}
