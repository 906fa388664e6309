using System.Globalization;
using Microsoft.AspNetCore.Http;
using MimHybrid.Cycles.Words;
using MimHybrid.Page.Components;
using MimHybrid.Page.Months;
using MimHybrid.Page.Views;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Page.Serving;

/// <summary>What each address shows, read from the store at the moment in which it is asked for.</summary>
internal sealed class Places(PageSource source)
{
    private const int GuestsShown = 20;

    private readonly HomeReader home = new(source, new History(HomeView.DaysShown));

    /// <summary>Null where there is no such place.</summary>
    public Shown? Find(string path, Func<string, string?> query, PageContext context) => path switch
    {
        "/" => Home(context),
        "/log" => Log(LogFilter.Read(query), context),
        "/guest" => Guest(query("q")?.Trim(), query("id")),
        "/checks" => new Shown("Checks", Shown.Part<ChecksPage>((nameof(ChecksPage.Note), source.ReadChecks()))),
        "/settings" => new Shown("Settings", Shown.Part<SettingsPage>((nameof(SettingsPage.Shown), source.ReadSettings()))),
        _ when path.StartsWith("/cycle/", StringComparison.Ordinal)
            && long.TryParse(path["/cycle/".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var id) => Cycle(id),
        _ => null,
    };

    private Shown Home(PageContext context)
    {
        using var store = AgentReader.TryOpen(source.DataFolder);
        var view = home.Read(store, context);
        return new Shown(view.Status.Verdict.Sentence, Shown.Part<Home>((nameof(Components.Home.View), view))) { Renews = true };
    }

    private Shown Cycle(long id)
    {
        using var store = AgentReader.TryOpen(source.DataFolder);
        if (store?.ReadCycle(id, HomeReader.CausesRead) is not { } row) return NoCycle(id);
        var cycle = source.SeeCycle(store, row);
        return new Shown($"Cycle {id}", Shown.Part<CyclePage>(
            (nameof(CyclePage.Told), cycle),
            (nameof(CyclePage.Previous), store.ReadPreviousCycle(id)),
            (nameof(CyclePage.Next), store.ReadNextCycle(id))))
        {
            Renews = cycle.Outcome == CycleOutcome.Running,
        };
    }

    private static Shown NoCycle(long id) => new($"No cycle {id}", Shown.Part<Fault>(
        (nameof(Fault.Title), $"There is no cycle {id}"),
        (nameof(Fault.Text), "The run log keeps cycles for as long as RunLog:KeepDays says; the log lists those that are there.")))
    {
        Status = StatusCodes.Status404NotFound,
    };

    private Shown Guest(string? text, string? id)
    {
        using var store = AgentReader.TryOpen(source.DataFolder);
        IReadOnlyList<string>? found = (store, text, id) switch
        {
            (not null, _, { Length: > 0 }) => [id],
            (not null, { Length: > 0 }, _) => store.FindGuests(text, GuestsShown + 1),
            (null, { Length: > 0 }, _) => [],
            _ => null,
        };
        GuestTale[]? tales = found is null ? null : store is null ? [] : Tell(store, found.Take(GuestsShown));
        if (tales is [{ Story: { Guest: null, Changes.Count: 0 } }]) tales = []; // an id that somebody made up
        return new Shown(tales is [var one] ? one.Who : "Guests", Shown.Part<GuestPage>(
            (nameof(GuestPage.Asked), text ?? id),
            (nameof(GuestPage.Tale), tales is [var only] ? only : null),
            (nameof(GuestPage.Found), tales),
            (nameof(GuestPage.IsCut), found?.Count > GuestsShown)));
    }

    private GuestTale[] Tell(AgentReader store, IEnumerable<string> ids)
    {
        var teller = new GuestTeller(store, source.AgentRuns());
        return [.. ids.Select(id => teller.Tell(store.ReadGuestStory(id)))];
    }

    private Shown Log(LogFilter filter, PageContext context)
    {
        using var store = AgentReader.TryOpen(source.DataFolder);
        var cycles = store?.ReadLog(filter.ToRows(context.Zone), HomeReader.CausesRead)
            .Select(row => source.SeeCycle(store, row)).Reverse().ToList() ?? [];
        var names = store?.ReadNames() ?? new RunLogNames([], []);
        return new Shown("Log", Shown.Part<LogPage>(
            (nameof(LogPage.Filter), filter),
            (nameof(LogPage.Cycles), cycles.Take(LogFilter.CyclesOnAPage).ToList()),
            (nameof(LogPage.Older), cycles.Count > LogFilter.CyclesOnAPage ? cycles[LogFilter.CyclesOnAPage - 1].Id : null),
            (nameof(LogPage.Functions), names.Functions),
            (nameof(LogPage.Sequences), names.Sequences)));
    }
}
