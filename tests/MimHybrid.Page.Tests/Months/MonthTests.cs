using MimHybrid.Page.Months;
using MimHybrid.Page.Tests.Scenes;
using MimHybrid.Page.Views;
using MimHybrid.Store;

namespace MimHybrid.Page.Tests.Months;

/// <summary>The arithmetic of the pictures.</summary>
public sealed class MonthTests
{
    private static readonly DateTimeOffset Noon = RunLog.Noon;

    [Fact]
    public void A_day_on_which_nothing_ran_is_there_and_says_so()
    {
        var days = DayStrip.Of([Cycle(1, Noon.AddDays(-2), 5, MarkKind.Quiet)], 3, Noon, TimeZoneInfo.Utc);

        Assert.Equal(["nothing ran", "nothing ran", "1 cycle, all quiet"], days.Select(day => day.Summary));
        Assert.Equal(new DateOnly(2026, 11, 26), days[0].Day);
    }

    [Fact]
    public void A_cycle_belongs_to_the_day_of_the_wall_s_clock()
    {
        var tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
        var days = DayStrip.Of([Cycle(1, Noon.AddHours(4), 5, MarkKind.Quiet)], 2, Noon.AddHours(6), tokyo);

        Assert.Equal(new DateOnly(2026, 11, 27), Assert.Single(days, day => day.Cycles.Count > 0).Day);
        Assert.Equal(60, days[0].Marks[0].From);
    }

    [Fact]
    public void Cycles_that_touch_are_one_mark_and_others_are_not()
    {
        var day = DayStrip.Of(
            [Cycle(1, Noon, 2, MarkKind.Guests), Cycle(2, Noon.AddMinutes(2), 2, MarkKind.Guests), Cycle(3, Noon.AddMinutes(30), 2, MarkKind.Guests), Cycle(4, Noon, 2, MarkKind.Failed)],
            1, Noon.AddHours(1), TimeZoneInfo.Utc)[0];

        Assert.Equal([new Mark(MarkKind.Guests, 720, 3), new Mark(MarkKind.Guests, 750, 3), new Mark(MarkKind.Failed, 720, 3)], day.Marks);
        Assert.Equal("4 cycles: 3 for guests, 1 failed", day.Summary);
    }

    [Fact]
    public void A_cycle_over_midnight_ends_with_its_line() =>
        Assert.Equal(1440, DayStrip.MarkOf(Cycle(1, Noon.AddHours(11), 300, MarkKind.Timed), Noon, TimeZoneInfo.Utc) is var mark ? mark.From + mark.Minutes : 0);

    [Theory]
    [InlineData(50, 3)]
    [InlineData(95, 5)]
    public void A_percentile_is_a_time_that_somebody_waited(int percent, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), MimHybrid.Cycles.Words.TimeToAccount.Percentile([.. new[] { 1, 2, 3, 4, 5 }.Select(each => TimeSpan.FromMinutes(each))], percent));

    [Fact]
    public void What_has_ended_is_read_once_and_what_is_new_is_seen()
    {
        using var log = new RunLog();
        using var reader = AgentReader.Open(log.Folder);
        var history = new History(30);
        Month.Carry(log, log.Sees(Store.Rows.ChangeKind.Added, "Lena Brandt", Noon.AddHours(-2)));
        Assert.Single(history.Read(reader, Noon).Cycles);
        var running = log.Begins(Noon.AddMinutes(-5));

        var past = history.Read(reader, Noon);
        Assert.Equal([MarkKind.Guests, MarkKind.Running], past.Cycles.Select(cycle => cycle.Kind));
        log.Store.Cycles.EndCycle(running, new Store.Rows.CycleEnd(Store.Rows.CycleOutcome.Failed, "it failed"), Noon);

        Assert.Equal([MarkKind.Guests, MarkKind.Failed], history.Read(reader, Noon).Cycles.Select(cycle => cycle.Kind));
        Assert.Equal(TimeSpan.FromSeconds(53), Assert.Single(past.Confirmations).Took);
        Assert.Empty(history.Read(reader, Noon.AddDays(31)).Cycles);
    }

    [Theory]
    [InlineData("If they are to go: mimhybrid approve removals.", "mimhybrid approve removals", null)]
    [InlineData("More: mimhybrid log 12", "mimhybrid log 12", 12L)]
    [InlineData("to try now: mimhybrid --force.", "mimhybrid --force", null)]
    public void A_command_in_a_sentence_is_found(string sentence, string command, long? cycle)
    {
        var found = Assert.Single(CommandText.Parts(sentence), part => part.IsCommand);
        Assert.Equal((command, cycle), (found.Text, found.Cycle));
        Assert.Equal(sentence, string.Concat(CommandText.Parts(sentence).Select(part => part.Text)));
    }

    [Fact]
    public void A_filter_that_somebody_made_up_narrows_nothing()
    {
        var filter = LogFilter.Read(name => name switch { "outcome" => "'; DROP TABLE", "from" => "soon", "before" => "-1", _ => null });
        Assert.Equal((false, null), (filter.Narrows, filter.Before));
    }

    [Fact]
    public void The_last_day_of_a_filter_is_a_whole_day()
    {
        var rows = new LogFilter { From = "2026-11-26", To = "2026-11-26" }.ToRows(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        Assert.Equal((new DateTimeOffset(2026, 11, 25, 23, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 26, 23, 0, 0, TimeSpan.Zero)), (rows.Since, rows.Until));
    }

    private static CycleFact Cycle(long id, DateTimeOffset at, int minutes, MarkKind kind) => new(id, at, at.AddMinutes(minutes), kind);
}
