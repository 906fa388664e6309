using MimHybrid.Store.Rows;

namespace MimHybrid.Benchmarks.Months;

/// <summary>All steps, one after the other, whether or not there is anything to do; and again.</summary>
/// <param name="name">For people.</param>
/// <param name="steps">In their order.</param>
/// <param name="next">When the next round begins, from when this one began and ended.</param>
/// <param name="goesOn">Also after a step that failed.</param>
internal sealed class LoopSchedule(
    string name, IReadOnlyList<Profile> steps, Func<DateTimeOffset, DateTimeOffset, DateTimeOffset> next, bool goesOn) : ISchedule
{
    /// <summary>Each begins a quarter of an hour after the start of the server, as the agent's BootDelay has it.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMinutes(15);

    public string Name => name;

    public static LoopSchedule Old { get; } = EveryHour("the old loop", isFull: true);

    public static LoopSchedule OldWithDeltas { get; } = EveryHour("the old loop, delta profiles", isFull: false);

    /// <summary>
    /// Entra Connect's scheduler: all imports, all synchronizations, all exports, each half hour. What follows a failed step there is not
    /// told, so it is taken to stop.
    /// </summary>
    public static LoopSchedule EntraConnect { get; } = new(
        "every 30 minutes, delta",
        [
            new(OfGuests: true, StepKind.Import, IsFull: false),
            new(OfGuests: false, StepKind.Import, IsFull: false),
            new(OfGuests: true, StepKind.Synchronization, IsFull: false),
            new(OfGuests: false, StepKind.Synchronization, IsFull: false),
            new(OfGuests: false, StepKind.Export, IsFull: false),
        ],
        (began, ended) => Later(began.AddMinutes(30), ended),
        goesOn: false);

    public ScheduleReport Live(MonthSetup setup, TenantMonth tenant, ModelServer server)
    {
        for (var began = MonthSetup.Start + Delay; began < setup.End;)
        {
            server.BeginCycle();
            var at = began;
            foreach (var step in steps)
            {
                var run = server.Run(step, at);
                at = run.At;
                if (!run.Well && !goesOn) break;
            }

            began = next(began, at);
        }

        return ScheduleReport.Nothing;
    }

    private static LoopSchedule EveryHour(string name, bool isFull) => new(
        name,
        [
            new(OfGuests: true, StepKind.Import, isFull),
            new(OfGuests: true, StepKind.Synchronization, isFull),
            new(OfGuests: false, StepKind.Import, isFull),
            new(OfGuests: false, StepKind.Synchronization, isFull),
            new(OfGuests: false, StepKind.Export, IsFull: false),
        ],
        (_, ended) => ended.AddHours(1),
        goesOn: true);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
