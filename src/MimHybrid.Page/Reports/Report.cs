using System.Security.Cryptography;
using System.Text;
using MimHybrid.Cycles.Words;
using MimHybrid.Page.Components;
using MimHybrid.Page.Months;
using MimHybrid.Page.Views;
using MimHybrid.Store;

namespace MimHybrid.Page.Reports;

/// <summary>The first page and the cycles that somebody may ask about, as one HTML file that needs nothing beside it.</summary>
public sealed class Report(HomeSource source, ReportWish wish)
{
    /// <summary>So many cycles are told in full, the newest; the hours in which nothing was to be done are in the picture.</summary>
    private const int Told = 100;

    private readonly HomeReader home = new(source, new History(wish.Days));

    /// <param name="store">Null where no agent ever ran.</param>
    public Task<string> MakeAsync(AgentReader? store)
    {
        var here = new PageContext
        {
            Now = source.Time.GetUtcNow(),
            Zone = source.Time.LocalTimeZone,
            Version = source.Version,
            IsReport = true,
        };
        var view = home.Read(store, here, wish.Days);
        var cycles = store is null ? [] : view.Strips.SelectMany(strip => strip.Cycles).Where(cycle => cycle.Kind != MarkKind.Quiet)
            .OrderByDescending(cycle => cycle.Id).Take(Told)
            .Select(cycle => store.ReadCycle(cycle.Id, HomeReader.CausesRead) is { } row ? source.SeeCycle(store, row) : null)
            .OfType<Store.Rows.CycleRecord>().ToList();
        if (!wish.WithPersons)
        {
            cycles = [.. cycles.Select(WithoutPersons.Of)];
            view = view with { Status = WithoutPersons.Of(view.Status), Newest = [.. view.Newest.Select(WithoutPersons.Of)] };
        }

        var style = Encoding.UTF8.GetString(Embedded.Read("page.css"));
        return Rendering.ToHtmlAsync<ReportDocument>(new Dictionary<string, object?>
        {
            [nameof(ReportDocument.Shown)] = here with { Told = cycles.Select(cycle => cycle.Id).ToHashSet() },
            [nameof(ReportDocument.Wish)] = wish,
            [nameof(ReportDocument.View)] = view,
            [nameof(ReportDocument.Cycles)] = cycles,
            [nameof(ReportDocument.Style)] = style,
            [nameof(ReportDocument.StyleHash)] = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style))),
        });
    }
}
