using System.CommandLine;
using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Settings;
using MimHybrid.Agent.Show;
using MimHybrid.Core.Planning;
using MimHybrid.Core.RunLog;
using MimHybrid.Core.Store;

namespace MimHybrid.Agent.Commands;

/// <summary><c>run</c>: the agent, a forced run, one round, or a dry run. Also what happens when no command is given.</summary>
internal static class RunCommand
{
    public const string Name = "run";

    public static Command Build(RunOptions options)
    {
        var command = new Command(Name, "Runs the agent until it is stopped; with --force, --once or --dry-run, one round.");
        AddTo(command, options);
        return command;
    }

    public static void AddTo(Command command, RunOptions options)
    {
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(options.Read(parsed), cancellationToken));
    }

    private static async Task<int> RunAsync(RunValues options, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        if (options.Force && DataFolder.IsSandbox(options.Common.Data)) options = options with { Common = options.Common with { Sandbox = true } };
        var settings = SettingsLoader.Load(options.Common);
        CheckSequence(options.Sequence, settings);
        using var folder = await DataFolder.TryHoldAsync(options.Common.Data, time, cancellationToken);
        if (folder is null) return await BesideAnotherAgentAsync(options, settings, time, cancellationToken);

        var (taken, hold) = SyncServerHold.TryTake(settings);
        using var _ = hold;
        if (!taken && !options.DryRun)
        {
            return Refuse("Another agent, on another data folder, already drives the sync server of this machine. One is enough: stop that one, or name its folder with --data.");
        }

        await using var agent = await AgentHost.StartAsync(folder, settings, new ConsoleLines(time, options.Verbose), time, cancellationToken);
        if ((options.Force || options.Once) && !options.DryRun && await agent.FindMissingLibraryAsync(cancellationToken) is { } missing)
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

    private static async Task<int> BesideAnotherAgentAsync(RunValues options, LoadedSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        using var store = AgentStore.Open(options.Common.Data);
        if (options.DryRun)
        {
            Say.Line($"An agent runs on this data folder ({store.ReadHolder()}).");
            if (store.ReadProgress() is { Outcome: CycleOutcome.Running } cycle) Say.Line($"Cycle {cycle.Id} ({cycle.Sequence}) is running.");
            DryRun.Preview(store.ReadSnapshot(BootClock.BootedAt(time)), new CyclePlanner(settings.Agent, time.LocalTimeZone), settings.Agent, options, time.GetUtcNow());
            return ExitCode.Done;
        }

        if (options.Force && await new ForcedRunElsewhere(store, settings.Agent, time).RunAsync(options, cancellationToken) is { } served) return served;
        if (options.Force) return await RunAsync(options, cancellationToken);

        return Refuse($"Another agent holds the data folder {options.Common.Data} ({store.ReadHolder()}). To run a cycle through it: mimhybrid --force. To see how it is: mimhybrid status");
    }

    private static int Refuse(string reason)
    {
        Say.Error(reason);
        Unattended.ReportRefusal(ExitCode.DataFolderHeld, reason);
        return ExitCode.DataFolderHeld;
    }

    private static void CheckSequence(string? name, LoadedSettings settings)
    {
        if (name is not null && settings.Agent.FindSequence(name) is null)
            throw new SettingsException([$"--sequence is '{name}'; allowed is the name of a shipped sequence (ChangeDriven, Full) or of one under Sequences."]);
    }
}
