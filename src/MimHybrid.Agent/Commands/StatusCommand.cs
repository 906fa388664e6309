using System.CommandLine;
using MimHybrid.Agent.Settings;
using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Words;
using MimHybrid.Store;
using MimHybrid.Store.Faults;

namespace MimHybrid.Agent.Commands;

/// <summary><c>status</c>: whether all is well, what is open and what to do about it, and what happens next.</summary>
internal static class StatusCommand
{
    public const string Name = "status";

    /// <summary>How often <c>--watch</c> looks: what people read changes no faster.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private sealed record Wish(bool Json, bool Verbose, bool ExitCode, bool Watch);

    public static Command Build(CommonOptions common)
    {
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var verbose = new Option<bool>("--verbose")
        {
            Description = "Also the pending changes by name, the cursor's age, and what is ignored.",
        };
        var exitCode = new Option<bool>("--exit-code")
        {
            Description = "For monitoring: 0 all is well, 1 something is open, 4 it cannot be told.",
        };
        var watch = new Option<bool>("--watch") { Description = "Shows it again every two seconds, until Ctrl+C." };
        var command = new Command(Name, "Says whether all is well, what is open and what to do about it, and what happens next.")
        {
            json,
            verbose,
            exitCode,
            watch,
        };
        common.AddTo(command);
        command.Validators.Add(result =>
        {
            bool Given(Option option) => CommonOptions.IsGiven(result, option);
            if (Given(watch) && (Given(json) || Given(exitCode)))
                result.AddError("--watch is for people; leave out --json and --exit-code.");
        });
        command.SetAction((parsed, cancellationToken) => ShowAsync(
            common.Read(parsed),
            new Wish(parsed.GetValue(json), parsed.GetValue(verbose), parsed.GetValue(exitCode), parsed.GetValue(watch)),
            cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(CommonValues options, Wish wish, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        if (wish.Watch)
        {
            await Screen.WatchAsync(() => ToSheet(options, wish.Verbose, time), Pause, time, cancellationToken);
            return ExitCode.Done;
        }

        try
        {
            return Show(options, wish, time);
        }
        catch (StoreException e) when (wish.ExitCode)
        {
            Screen.Show(MatterText.Of(AgentVerdict.CannotTell($"It cannot be told: {e.Message}")));
            return ExitCode.CheckFailed;
        }
    }

    /// <summary>As <c>status</c> alone.</summary>
    public static int Show(CommonValues options, bool verbose) =>
        Show(options, new Wish(Json: false, verbose, ExitCode: false, Watch: false), TimeProvider.System);

    /// <summary>Whoever only looks gets 0; whoever asks by the exit code is told by it.</summary>
    private static int Show(CommonValues options, Wish wish, TimeProvider time)
    {
        // Looking must not make a data folder: a mistyped name would leave one behind.
        using var store = AgentReader.TryOpen(options.Data);
        var report = StatusReader.Read(store, options, time);
        if (wish.Json) Say.Line(report.ToJson());
        else Screen.Show(ToSheet(report, wish.Verbose));
        return wish.ExitCode ? ExitCodeOf(report.Verdict.Kind) : ExitCode.Done;
    }

    public static int ExitCodeOf(VerdictKind verdict) => verdict switch
    {
        VerdictKind.Well => ExitCode.Done,
        VerdictKind.Open => ExitCode.CycleFailed,
        _ => ExitCode.CheckFailed,
    };

    private static Sheet ToSheet(CommonValues options, bool verbose, TimeProvider time)
    {
        using var store = AgentReader.TryOpen(options.Data);
        return ToSheet(StatusReader.Read(store, options, time), verbose);
    }

    /// <summary>Without a store there is nothing but the verdict.</summary>
    private static Sheet ToSheet(StatusReport report, bool verbose) =>
        report.CannotTell is null ? new StatusText(report).ToSheet(verbose) : MatterText.Of(report.Verdict);
}
