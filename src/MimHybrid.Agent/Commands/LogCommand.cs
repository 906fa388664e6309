using System.CommandLine;
using MimHybrid.Agent.Settings;
using MimHybrid.Agent.Show;
using MimHybrid.Store;

namespace MimHybrid.Agent.Commands;

/// <summary><c>log</c>: which cycles ran, why, for whom, and what came of it.</summary>
internal static class LogCommand
{
    public static Command Build(CommonOptions common)
    {
        var options = new LogOptions();
        var command = new Command("log", "Lists the cycles: when, why, for whom, and what came of it. With a number: that cycle in full.");
        options.AddTo(command);
        common.AddTo(command);
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () => ShowAsync(common.Read(parsed), options.Read(parsed), cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(CommonValues options, LogValues wish, CancellationToken cancellationToken)
    {
        if (AgentReader.TryOpen(options.Data) is not { } store)
        {
            if (!wish.Json) Screen.Tell($"No agent has run on the data folder {options.Data} yet.");
            return ExitCode.Done;
        }

        using var _ = store;
        var view = new LogView(store, options, TimeProvider.System, cancellationToken);
        switch (wish)
        {
            case { Json: true }:
                view.SayJson(wish);
                return ExitCode.Done;
            case { Csv: { } file }:
                return view.WriteCsv(file, wish);
            case { Cycle: { } number }:
                return view.ShowCycle(number, wish.Verbose);
            case { Verbose: true }:
                view.ShowInFull(wish);
                break;
            default:
                view.ShowList(wish);
                break;
        }

        if (wish.Follow) await view.FollowAsync();
        return ExitCode.Done;
    }
}
