using CsCheck;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Simulation.Tests;

/// <summary>What can happen in an eventful world.</summary>
internal abstract record Event
{
    /// <summary>Mostly people; now and then something breaks.</summary>
    public static readonly Gen<Event> Any = Gen.Frequency(
        (24, Act.Any.Select(act => (Event)new InTheTenant(act))),
        (12, Gen.Const((Event)new Poll())),
        (8, Gen.Const((Event)new Run())),
        (3, Gen.Bool.Select(isUnseen => (Event)new ManyAreDeleted(isUnseen))),
        (2, Gen.Const((Event)new SomebodyForcesARun())),
        (4, Gen.Const((Event)new SomebodyApproves())),
        (4, Gen.Int[1, 30].Select(minutes => (Event)new TimePasses(minutes))),
        (2, Gen.Select(Gen.Enum<Trouble>(), Gen.Int[1, 4], (trouble, requests) => (Event)new GraphFails(trouble, requests))),
        (1, Gen.Const((Event)new TokensDie())),
        (2, Gen.Const((Event)new Restart())),
        (3, Gen.Int[1, 120].Select(moments => (Event)new DiesAfter(moments))));

    private Event()
    {
    }

    public sealed record InTheTenant(Act Act) : Event;

    public sealed record Poll : Event;

    /// <summary>The agent does what it has to do now, which may be nothing.</summary>
    public sealed record Run : Event;

    /// <summary>More than the removal guard lets pass; unseen where a run is forced before the agent has polled again.</summary>
    public sealed record ManyAreDeleted(bool IsUnseen) : Event;

    /// <summary>The agent runs whatever it knows of the tenant: MIM may know more.</summary>
    public sealed record SomebodyForcesARun : Event;

    /// <summary>Whatever is held, if anything is.</summary>
    public sealed record SomebodyApproves : Event;

    public sealed record TimePasses(int Minutes) : Event;

    /// <summary>The next requests to Graph fail, be they the agent's or MIM's.</summary>
    public sealed record GraphFails(Trouble Trouble, int Requests) : Event;

    public sealed record TokensDie : Event;

    public sealed record Restart : Event;

    /// <summary>So many moments later, whatever the agent is at then, its plug is pulled.</summary>
    public sealed record DiesAfter(int Moments) : Event;
}

internal enum Trouble
{
    Throttled,
    ThrottledWithoutTime,
    Unavailable,
    Reset,
    CutBody,
    ProxyPage,
    EmptyError,
    UnexplainedRefusal,
    HalfAPage,
    PageWithoutLinks,
    GuestWithoutId,
    NotFound,
    DeadToken,
    Gone,
}

internal static class Troubles
{
    public static Fault ToFault(this Trouble trouble) => trouble switch
    {
        Trouble.Throttled => Fault.Throttled(retryAfterSeconds: 20),
        Trouble.ThrottledWithoutTime => Fault.Throttled(null),
        Trouble.Unavailable => Fault.Unavailable(),
        Trouble.Reset => new Fault.Reset(),
        Trouble.CutBody => new Fault.CutBody(),
        Trouble.ProxyPage => Fault.Html(200),
        Trouble.EmptyError => Fault.Empty(500),
        Trouble.UnexplainedRefusal => Fault.Error(400, "badRequest", "Bad request."),
        Trouble.HalfAPage => Fault.Page("""{"value":[{"id":"1","""),
        Trouble.PageWithoutLinks => Fault.Page("""{"value":[]}"""),
        Trouble.GuestWithoutId => Fault.Page("""{"value":[{"userType":"Guest"}],"@odata.deltaLink":"https://localhost/v1.0/users/delta?$deltatoken=x"}"""),
        Trouble.DeadToken => Fault.Error(400, "Directory_ExpiredPageToken", "The page token has expired."),
        Trouble.Gone => Fault.Empty(410),
        _ => Fault.Error(404, "itemNotFound", "Not found."),
    };
}
