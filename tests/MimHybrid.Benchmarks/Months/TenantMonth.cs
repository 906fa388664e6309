namespace MimHybrid.Benchmarks.Months;

/// <summary>What happens in a tenant in a month, in its order: the same for each schedule, and for each run with the same seed.</summary>
internal sealed class TenantMonth
{
    private static readonly TimeSpan OfficeOpens = TimeSpan.FromHours(8);
    private static readonly TimeSpan OfficeDay = TimeSpan.FromHours(9);
    private static readonly TimeSpan OutageLasts = TimeSpan.FromHours(2);

    /// <summary>A script that invites one after the other.</summary>
    private static readonly TimeSpan BetweenInvitationsOfABurst = TimeSpan.FromSeconds(0.5);

    private readonly MonthSetup setup;
    private readonly Random chance;
    private readonly List<TenantEvent> events = [];

    public TenantMonth(MonthSetup setup)
    {
        (this.setup, chance) = (setup, new Random(setup.Seed));
        for (var day = 0; day < setup.Days; day++) Live(MonthSetup.Start.AddDays(day));
        Invite(InOfficeHours(WorkingDay(0.25)));
        Invite(InOfficeHours(WorkingDay(0.75)));
        GraphIsAway = From(InOfficeHours(WorkingDay(0.35)));
        MimIsAway = From(InOfficeHours(WorkingDay(0.65)));
        Events = [.. events.OrderBy(happens => happens.At)]; // stable: the seed alone decides the order
    }

    public IReadOnlyList<TenantEvent> Events { get; }

    public Outage GraphIsAway { get; }

    public Outage MimIsAway { get; }

    /// <summary>
    /// A deletion concerns a guest who was there when the month began or was invited days ago, so that nobody's whole life is missed.
    /// </summary>
    private void Live(DateTimeOffset day)
    {
        var invitations = IsWeekend(day) ? setup.InvitationsADay / 10 : setup.InvitationsADay;
        Happen(day, TenantEventKind.Invited, invitations);
        Happen(day, TenantEventKind.Edited, invitations / 2);
        Happen(day, TenantEventKind.Deleted, Math.Min(invitations / 4, setup.Guests / setup.Days));
        if (!IsWeekend(day)) Happen(day, TenantEventKind.MemberChanged, setup.Churn * setup.Users / 1000);
    }

    private void Happen(DateTimeOffset day, TenantEventKind kind, int times)
    {
        for (; times > 0; times--)
            events.Add(new TenantEvent(InOfficeHours(day), kind));
    }

    private DateTimeOffset InOfficeHours(DateTimeOffset day) => day + OfficeOpens + (OfficeDay * chance.NextDouble());

    private void Invite(DateTimeOffset from)
    {
        for (var number = 0; number < setup.Burst; number++)
            events.Add(new TenantEvent(from + (BetweenInvitationsOfABurst * number), TenantEventKind.Invited, InBurst: true));
    }

    private static Outage From(DateTimeOffset time) => new(time, time + OutageLasts);

    private DateTimeOffset WorkingDay(double share)
    {
        var day = MonthSetup.Start.AddDays((int)(setup.Days * share));
        while (IsWeekend(day)) day = day.AddDays(1);
        return day;
    }

    private static bool IsWeekend(DateTimeOffset day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
