using System.CommandLine;
using MimHybrid.Agent.Settings;
using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Words;
using MimHybrid.Page.Reports;
using MimHybrid.Page.Views;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Commands;

/// <summary><c>report</c>: status, pictures and cycles as one file, for mail, a ticket or an auditor.</summary>
internal static class ReportCommand
{
    private const string Html = "html";
    private const string Csv = "csv";
    private const string Guests = "guests";

    private sealed record Wish(string File, string Format, ReportWish Report);

    public static Command Build(CommonOptions common)
    {
        var output = OutputFile.Option("The file, written whole or not at all (UTF-8).");
        output.Required = true;
        var days = new Option<int>("--days")
        {
            HelpName = "N",
            Description = "How many days it tells of. Default: 30.",
            DefaultValueFactory = _ => HomeView.DaysShown,
        };
        days.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var number) && number is > 0 and <= HomeView.MostDays))
                result.AddError($"--days {token.Value}: allowed is a number from 1 to {HomeView.MostDays}.");
        });
        var unnamed = new Option<bool>("--without-persons") { Description = "Names no guest and no administrator." };
        var format = new Option<string>("--format")
        {
            HelpName = "FORMAT",
            Description = "html (default); csv: the cycles for a spreadsheet; guests: the guests for a spreadsheet.",
            DefaultValueFactory = _ => Html,
        };
        format.AcceptOnlyFromAmong(Html, Csv, Guests);
        var command = new Command("report", "Writes status, pictures and cycles into one file that needs nothing beside it.")
        {
            output,
            days,
            unnamed,
            format,
        };
        common.AddTo(command);
        command.Validators.Add(result =>
        {
            if (CommonOptions.IsGiven(result, unnamed) && result.GetResult(format) is { Tokens: [{ Value: Guests }] })
                result.AddError("--format guests is a list of persons; leave out --without-persons.");
        });
        command.SetAction((parsed, cancellationToken) => WriteAsync(
            common.Read(parsed),
            new Wish(parsed.GetValue(output)!, parsed.GetValue(format)!, new ReportWish(parsed.GetValue(days), !parsed.GetValue(unnamed))),
            TimeProvider.System, cancellationToken));
        return command;
    }

    private static async Task<int> WriteAsync(CommonValues options, Wish wish, TimeProvider time, CancellationToken cancellationToken)
    {
        using var store = AgentReader.TryOpen(options.Data);
        var lines = wish.Format switch
        {
            Csv => [LogCsv.Head, .. Cycles(store, options, wish, time).Select(LogCsv.Of)],
            Guests => [GuestCsv.Head, .. (store?.ReadGuests() ?? []).Select(GuestCsv.Of)],
            _ => (IEnumerable<string>)[await new Report(PageSources.Of(options, time), wish.Report).MakeAsync(store)],
        };
        cancellationToken.ThrowIfCancellationRequested();
        if (!OutputFile.TryWrite(wish.File, () => AtomicFile.Write(wish.File, lines))) return ExitCode.CheckFailed;
        Say.Line($"{wish.File} is written.");
        return ExitCode.Done;
    }

    private static IEnumerable<CycleRecord> Cycles(AgentReader? store, CommonValues options, Wish wish, TimeProvider time)
    {
        if (store is null) return [];
        var cycles = store.ReadLog(new RunLogQuery { Since = time.GetUtcNow() - TimeSpan.FromDays(wish.Report.Days) })
            .Select(row => LastSeen.Of(row, store, options.Data));
        return wish.Report.WithPersons ? cycles : cycles.Select(WithoutPersons.Of);
    }
}
