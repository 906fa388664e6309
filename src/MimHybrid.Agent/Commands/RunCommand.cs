using System.CommandLine;
using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Settings;
using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Commands;

/// <summary><c>run</c>: the agent, a forced run, one round, or a dry run.</summary>
internal static class RunCommand
{
    public const string Name = "run";

    public static Command Build(RunOptions options)
    {
        var command = new Command(Name, "Runs the agent until it is stopped; with --force, --once or --dry-run, one round.");
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(options.Read(parsed), cancellationToken));
        return command;
    }

    public static async Task<int> RunAsync(RunValues options, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        if (options is { Force: true, DryRun: false } && await ForceElsewhereAsync(options, time, cancellationToken) is { } served)
            return served;
        if (options.Force && DataFolder.IsSandbox(options.Common.Data))
            options = options with { Common = options.Common with { Sandbox = true } };
        var settings = SettingsLoader.Load(options.Common);
        if (FindUnknownSequence(options.Sequence, settings.Agent) is { } unknown)
        {
            Say.Error(unknown);
            return ExitCode.Usage;
        }

        using var folder = await DataFolder.TryLockAsync(options.Common.Data, time, cancellationToken);
        if (folder is null) return await BesideAnotherAgentAsync(options, settings, time, cancellationToken);

        var (taken, hold) = SyncServerLock.TryTake(settings);
        using var _ = hold;
        if (!taken && !options.DryRun)
        {
            return Refuse(
                "Another agent, on another data folder, already drives the sync server of this machine. One is enough: stop that one, "
                    + "or name its folder with --data.");
        }

        using var console = new ConsoleLines(time, options.Verbose);
        await using var agent = await AgentHost.StartAsync(folder, settings, console, time, cancellationToken);
        if ((options.Force || options.Once) && !options.DryRun && await MissingLibrary.FindAsync(agent, cancellationToken) is { } missing)
        {
            Say.Error($"{missing} To try it without MIM: --sandbox");
            return ExitCode.CheckFailed;
        }

        return options switch
        {
            { DryRun: true } => await DryRun.RunAsync(agent, options, cancellationToken),
            { Force: true } => await OneRound.ForceAsync(agent, options, cancellationToken),
            { Once: true } => await OneRound.OnceAsync(agent, cancellationToken),
            _ => await agent.RunAsync(options.Limit, cancellationToken),
        };
    }

    /// <summary>Null where no agent runs on the data folder, or it ended without serving the request: then this process may.</summary>
    private static async Task<int?> ForceElsewhereAsync(RunValues options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!DataFolder.IsLocked(options.Common.Data) || AgentReader.TryOpen(options.Common.Data) is not { } reader) return null;

        using var _ = reader;
        using var requests = RequestStore.Open(options.Common.Data);
        return await new ForcedRunElsewhere(requests, reader, time).RunAsync(options, cancellationToken);
    }

    private static async Task<int> BesideAnotherAgentAsync(
        RunValues options, LoadedSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        if (options is { Force: true, DryRun: false }) return await RunAsync(options, cancellationToken); // it came in between

        using var reader = AgentReader.Open(options.Common.Data);
        if (!options.DryRun)
            return Refuse(
                $"Another agent holds the data folder {options.Common.Data} ({reader.ReadHolder()}). To run a cycle through it: "
                    + "mimhybrid --force. To see how it is: mimhybrid status");

        Screen.Tell($"An agent runs on this data folder ({reader.ReadHolder()}).");
        if (reader.ReadProgress() is { Outcome: CycleOutcome.Running } cycle)
            Screen.Tell($"Cycle {cycle.Id} ({cycle.Sequence}) is running.");
        var planner = new CyclePlanner(settings.Agent, time.LocalTimeZone);
        DryRun.Preview(reader.ReadSnapshot(BootClock.BootedAt(time)), planner, settings.Agent, options, time.GetUtcNow());
        return ExitCode.Done;
    }

    private static int Refuse(string reason)
    {
        Say.Error(reason);
        Unattended.ReportRefusal(ExitCode.DataFolderHeld, reason);
        return ExitCode.DataFolderHeld;
    }

    private static string? FindUnknownSequence(string? name, AgentSettings settings) =>
        name is null || settings.FindSequence(name) is not null
        ? null
        : $"--sequence is '{name}'; allowed is {string.Join(" or ", settings.SequenceNames)}.";
}
