using MimHybrid.Store.Rows;

namespace MimHybrid.Page.Tests.Scenes;

/// <summary>Ways in which an agent can be when somebody opens the page.</summary>
internal static class Situations
{
    /// <summary>A name of 64 KB, and names that would be markup, turn the direction of writing, end a line or ring a bell if they were let.</summary>
    public static readonly string[] HostileNames =
    [
        "<script>document.title='owned'</script><img src=x onerror=alert(1)>", "\u202Egnp.exe\u202C \u2066Lena\u2069", "two\r\nlines\u0007\u001b[31m",
        new string('W', 65_536), "\"><svg onload=alert(2)>", "a\u0000b\uD83D\uDE00", "سارة خالد",
    ];

    private static DateTimeOffset Noon => RunLog.Noon;

    public static RunLog Empty() => new();

    /// <summary>The process is there, and writes no more.</summary>
    public static RunLog Silent()
    {
        var log = new RunLog();
        Month.Carry(log, log.Sees(ChangeKind.Added, "Lena Brandt", Noon.AddHours(-2)));
        log.Waits();
        log.Beats(Noon.AddMinutes(-14));
        return log;
    }

    /// <summary>The agent was ended, with a guest on the way.</summary>
    public static RunLog NotRunning()
    {
        var log = new RunLog(isHeld: false);
        Month.Carry(log, log.Sees(ChangeKind.Added, "Lena Brandt", Noon.AddHours(-2)));
        log.Sees(ChangeKind.Added, "Mateo Hoffmann", Noon.AddMinutes(-3));
        return log;
    }

    public static RunLog Failing()
    {
        var log = new RunLog();
        Month.Carry(log, log.Sees(ChangeKind.Added, "Lena Brandt", Noon.AddHours(-2)));
        log.Sees(ChangeKind.Added, "Mateo Hoffmann", Noon.AddMinutes(-9));
        Month.Fail(log, Noon.AddMinutes(-8), "no-start-credentials", needsPerson: true);
        log.Store.Cycles.RecordDecision(new RecordedDecision(
            "Hold", Noon.AddMinutes(22), "the last ChangeDriven cycle did not end well: AADMA Delta Import (Stage Only): no-start-credentials.", Noon));
        return log;
    }

    public static RunLog Refused()
    {
        var log = new RunLog();
        Month.Carry(log, log.Sees(ChangeKind.Added, "Lena Brandt", Noon.AddHours(-2)));
        Month.Carry(log, log.Sees(ChangeKind.Added, "Mateo Hoffmann", Noon.AddMinutes(-9)), 1, new StepError(
            "CN=Mateo Hoffmann,OU=Guests,DC=contoso,DC=example", "permission-issue", "8344 Insufficient access rights to perform the operation.", Noon.AddMinutes(-8), 0));
        log.Waits();
        return log;
    }

    public static RunLog Held()
    {
        var log = new RunLog();
        string[] names = ["Rafael Costa", "Hanna Virtanen", "Ivo Maric", "Leila Karimi", "Felix Winter", "Carmen Ortega", "Jonas Duarte", "Lena Brandt"];
        var guests = names.Select(name => log.Sees(ChangeKind.Added, name, Noon.AddMinutes(-30))).ToList();
        Month.Carry(log, guests[^1]);
        foreach (var guest in guests.Take(6)) log.Sees(guest with { Kind = ChangeKind.Removed, DetectedAt = Noon.AddMinutes(-4) });
        log.Store.Cycles.RecordDecision(new RecordedDecision("Hold", null, "6 guests were removed in the tenant and 2 remain", Noon));
        return log;
    }

    /// <summary>A cycle whose third step runs.</summary>
    public static RunLog InProgress(out long cycle)
    {
        var log = new RunLog();
        Month.Carry(log, log.Sees(ChangeKind.Added, "Lena Brandt", Noon.AddHours(-2)));
        log.Sees(ChangeKind.Added, "Mateo Hoffmann", Noon.AddMinutes(-1));
        cycle = log.Begins(Noon.AddSeconds(-40));
        var at = log.Step(cycle, 1, Month.Import, Noon.AddSeconds(-40), 12);
        at = log.Step(cycle, 2, Month.Synchronization, at, 8);
        log.Store.Cycles.BeginStep(cycle, new PlannedStep(3, "ADMA", "Export", StepKind.Export), firstImport: false, at);
        log.Store.Cycles.RecordDecision(new RecordedDecision("Run", Noon, "GuestChanges runs ChangeDriven: 1 guest change (1 added) pending", Noon));
        return log;
    }

    public static RunLog Hostile()
    {
        var log = new RunLog();
        foreach (var name in HostileNames) Month.Carry(log, log.Sees(ChangeKind.Added, name, Noon.AddHours(-1), "a@b.example"), 1, new StepError($"CN={name},OU=Guests", "permission-issue", name, null, 0));
        foreach (var name in HostileNames) log.Sees(ChangeKind.Added, name, Noon.AddMinutes(-2), "<b>@x.example");
        log.Waits();
        return log;
    }
}
