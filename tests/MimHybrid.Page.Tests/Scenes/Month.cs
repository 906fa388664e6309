using MimHybrid.Store.Rows;

namespace MimHybrid.Page.Tests.Scenes;

/// <summary>A month of a tenant with some guests a day: quiet hours, nights, one bad morning, somebody who forced a run.</summary>
internal static class Month
{
    private const int Days = 30;

    public static readonly (string, string, StepKind) Import = ("AADMA", "Delta Import (Stage Only)", StepKind.Import);
    public static readonly (string, string, StepKind) Synchronization = ("AADMA", "Delta Synchronization", StepKind.Synchronization);
    public static readonly (string, string, StepKind) Export = ("ADMA", "Export", StepKind.Export);
    public static readonly (string, string, StepKind) Confirming = ("ADMA", "Delta Import (Stage Only)", StepKind.Import);

    private static readonly string[] given = ["Lena", "Mateo", "Hanna", "Ivo", "Leila", "Felix", "Carmen", "Jonas", "Amara", "Rafael", "Yuki", "Nadia"];
    private static readonly string[] surnames = ["Brandt", "Hoffmann", "Virtanen", "Maric", "Karimi", "Winter", "Ortega", "Duarte", "Okafor", "Costa", "Sato", "Haddad"];

    private static DateTimeOffset Noon => RunLog.Noon;

    public static RunLog Make()
    {
        var log = new RunLog();
        for (var day = Days - 1; day >= 0; day--) Day(log, day);
        log.Poll(Noon.AddSeconds(-4));
        log.Beats(Noon);
        log.Waits();
        return log;
    }

    /// <summary>One that carried a guest, with all that belongs to it; returns its number.</summary>
    public static long Carry(RunLog log, GuestChange guest, int slow = 1, params StepError[] refused)
    {
        var cycle = log.Begins(guest.DetectedAt.AddSeconds(20 * slow));
        var at = log.Step(cycle, 1, Import, guest.DetectedAt.AddSeconds(20 * slow), 12 * slow, counters: new StepCounters { Staging = new() { ["stage-add"] = 1 } });
        at = log.Step(cycle, 2, Synchronization, at, 8 * slow, counters: new StepCounters
        {
            Inbound = new() { ["disconnector-projected-flow"] = 1 },
            Outbound = new() { ["ADMA"] = new() { ["provisioned-add-flow"] = 1 } },
        });
        at = log.Step(cycle, 3, Export, at, 4 * slow, refused.Length == 0 ? "success" : "completed-export-errors",
            new StepCounters { Export = new() { [refused.Length == 0 ? "export-add" : "export-failure"] = 1 } },
            refused.Length == 0 ? "" : "Some objects could not be exported; read each object's error in this run and correct the cause.", refused);
        at = log.Step(cycle, 4, Confirming, at, 9 * slow, counters: refused.Length == 0 ? new StepCounters { Staging = new() { ["stage-add"] = 1 } } : null);
        log.Store.Cycles.EndCycle(cycle, new CycleEnd(refused.Length == 0 ? CycleOutcome.Succeeded : CycleOutcome.SucceededWithFindings), at.AddSeconds(2));
        log.Store.Cycles.NoteNextDecision(cycle, "no guest changes pending; FallbackCycle is due at 12:35:00", null, null);
        return cycle;
    }

    public static long Fail(RunLog log, DateTimeOffset at, string result = "stopped-server", bool needsPerson = false)
    {
        const string advice = "MIM's service ended during the run; nothing to do if it was restarted on purpose, else look in its event log.";
        var cycle = log.Begins(at);
        var end = log.Step(cycle, 1, Import, at, 31, result, advice: advice);
        var brief = $"AADMA Delta Import (Stage Only): {result}.";
        log.Store.Cycles.EndCycle(cycle, new CycleEnd(CycleOutcome.Failed, $"{brief} {advice}", needsPerson) { Brief = brief }, end);
        return cycle;
    }

    private static void Day(RunLog log, int back)
    {
        var midnight = Noon.Date.AddDays(-back);
        var start = new DateTimeOffset(midnight, TimeSpan.Zero);
        var isWeekend = midnight.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        var guests = isWeekend ? back % 3 == 0 ? 1 : 0 : 2 + ((back * 7) % 4);
        for (var hour = 0; hour < 24; hour++)
        {
            var at = start.AddHours(hour).AddMinutes(35);
            if (at >= Noon) return;
            if (hour == 4) Night(log, at, midnight.DayOfWeek == DayOfWeek.Sunday);
            else Quiet(log, at);
            if (hour < 8 || hour > 17 || guests == 0 || ((hour * 5) + back) % 3 != 0) continue;
            guests--;
            Come(log, start.AddHours(hour).AddMinutes(40 + ((hour + back) % 12)), (back * 5) + hour);
            if (back == 9 && hour == 9) for (var failure = 0; failure < 4; failure++) Fail(log, at.AddMinutes(18 + (failure * 4)));
        }

        if (back == 4) Forced(log, start.AddHours(23).AddMinutes(50));
    }

    private static void Come(RunLog log, DateTimeOffset at, int number)
    {
        var name = $"{given[number % given.Length]} {surnames[(number * 7 / 3) % surnames.Length]}";
        Carry(log, log.Sees(ChangeKind.Added, name, at), 1 + (number % 4));
    }

    private static void Quiet(RunLog log, DateTimeOffset at)
    {
        var cycle = log.Begins(at, "FallbackCycle is due", "FallbackCycle", TriggerKind.Timer, "Fallback");
        var end = log.Step(cycle, 1, Import, at, 9);
        log.Store.Cycles.SkipStep(cycle, new PlannedStep(2, "AADMA", "Delta Synchronization", StepKind.Synchronization), "nothing is staged");
        log.Store.Cycles.EndCycle(cycle, new CycleEnd(CycleOutcome.Succeeded), end);
    }

    private static void Night(RunLog log, DateTimeOffset at, bool isFull)
    {
        var (function, sequence) = isFull ? ("WeeklyFull", "Full") : ("NightlyCycle", "Nightly");
        var cycle = log.Begins(at, $"{function} is due", function, TriggerKind.Timer, sequence);
        var end = log.Step(cycle, 1, ("AADMA", "Full Import (Stage Only)", StepKind.Import), at, isFull ? 520 : 480);
        end = log.Step(cycle, 2, ("ADMA", "Full Import (Stage Only)", StepKind.Import), end, 260);
        if (isFull) end = log.Step(cycle, 3, ("ADMA", "Full Synchronization", StepKind.Synchronization), end, 700);
        log.Store.Cycles.EndCycle(cycle, new CycleEnd(CycleOutcome.Succeeded), end);
    }

    private static void Forced(RunLog log, DateTimeOffset at)
    {
        log.Store.Requests.RequestForcedRun("ChangeDriven", @"CONTOSO\ada", pastWindow: false, at);
        var cycle = log.Store.Cycles.BeginCycle(
            new CycleStart("ForcedRun", TriggerKind.Command, "ChangeDriven", @"forced by CONTOSO\ada", log.Store.Reader.ReadSnapshot(at).Forced), at);
        log.Store.Cycles.EndCycle(cycle, new CycleEnd(CycleOutcome.Succeeded), log.Step(cycle, 1, Import, at, 12));
    }
}
