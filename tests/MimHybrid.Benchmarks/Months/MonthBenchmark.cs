using System.Globalization;

namespace MimHybrid.Benchmarks.Months;

/// <summary>A month of virtual time under five schedules, at three sizes of a tenant.</summary>
internal static class MonthBenchmark
{
    public static IReadOnlyList<int> Sizes { get; } = [1_000, 50_000, 500_000];

    public static IReadOnlyList<ISchedule> Schedules { get; } =
        [LoopSchedule.Old, LoopSchedule.OldWithDeltas, new FollowUpSchedule(), LoopSchedule.EntraConnect, new PlannedSchedule()];

    public static IReadOnlyList<MonthResult> Replay(MonthSetup setup, IEnumerable<int> sizes) =>
        [.. sizes.SelectMany(users => Schedules.Select(schedule => MonthResult.Of(setup with { Users = users }, schedule)))];

    private static string ReplayQuiet(MonthSetup setup)
    {
        var quiet = setup with { InvitationsADay = 0, Burst = 0, Churn = 0, Months = 1 };
        return MonthTable.WriteQuiet(MonthResult.Of(quiet, LoopSchedule.Old), MonthResult.Of(quiet, new PlannedSchedule()));
    }

    /// <summary>The page and its picture are made from the defaults only: with other arguments the table is printed.</summary>
    public static int Run(IReadOnlyList<string> arguments)
    {
        var setup = new MonthSetup();
        foreach (var argument in arguments)
        {
            if (setup.With(argument) is not { } changed) return Usage.Say();
            setup = changed;
        }

        var before = TimeProvider.System.GetTimestamp();
        var results = Replay(setup, Sizes);
        var table = MonthTable.Write(setup, results) + "\n" + ReplayQuiet(setup);
        Console.WriteLine(table);
        var took = TimeProvider.System.GetElapsedTime(before).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{results.Count * setup.Months} months in {took:0.0} s"));
        Results.WriteJson("month", new { setup, results });
        if (setup == new MonthSetup()) WritePage(table, MonthChart.Draw(results.Where(result => result.Users == setup.Users)));
        return 0;
    }

    private static void WritePage(string table, string picture)
    {
        File.WriteAllText(Path.Combine(Results.PageFolder, "month.svg"), picture);
        Results.WriteTable("month", table);
    }
}
