using System.Globalization;
using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Matters;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Commands;

/// <summary>
/// A forced run that the agent of another process serves: this process writes a row, reads the agent's answer on it and the rows that
/// follow, and says what they say. It needs no settings, so that whoever may use it need not be let read them.
/// </summary>
internal sealed class ForcedRunElsewhere(RequestStore requests, AgentReader reader, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>An agent that runs no cycle answers at once; one that could not be rung for, within seconds.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(1);

    /// <summary>The exit code; null when that agent ended without serving the request, so that this process may.</summary>
    public async Task<int?> RunAsync(RunValues options, CancellationToken cancellationToken)
    {
        if (IsSilent(reader, time)) return ExitCode.CycleFailed;

        var request = requests.RequestForcedRun(options.Sequence, CurrentAccount.Name, options.PastWindow, time.GetUtcNow());
        Screen.Tell($"The agent ({reader.ReadHolder()}) is asked to run {options.Sequence ?? "a cycle"} now.");
        try
        {
            return await WaitForCycleAsync(request, options.Common.Data, cancellationToken) switch
            {
                { Cycle: { } cycle } => await FollowAsync(cycle, options.Common.Data, cancellationToken),
                var served => served.Code,
            };
        }
        finally
        {
            requests.WithdrawForcedRun(request, time.GetUtcNow());
        }
    }

    /// <summary>
    /// The cycle that serves the request, or the exit code where none will, or neither where nobody is there to serve it.
    /// </summary>
    private async Task<(long? Cycle, int? Code)> WaitForCycleAsync(long request, string data, CancellationToken cancellationToken)
    {
        var (said, heardAt) = ("", time.GetUtcNow());
        while (true)
        {
            var state = requests.ReadForcedRun(request);
            if (state is { Cycle: { } cycle }) return (cycle, null);
            if (state is null or { IsWithdrawn: true } || !DataFolder.IsLocked(data)) return (null, null);

            if (IsSilent(reader, time)) return (null, ExitCode.CycleFailed);
            var running = reader.ReadProgress() is { Outcome: CycleOutcome.Running } now
                ? $"cycle {now.Id} ({now.Sequence}) is running"
                : null;
            if (running is not null || state.Answer is not null) heardAt = time.GetUtcNow();
            if (CodeOf(running is null ? state.Answer : null) is { } code) return (null, code);
            if (time.GetUtcNow() - heardAt > LongestSilence)
            {
                Say.Error(
                    $"The agent ({reader.ReadHolder()}) has not answered for a minute. "
                        + "The request is taken back. To see how it is: mimhybrid status");
                return (null, ExitCode.CycleFailed);
            }

            if ((running ?? state.Answer?.Reason) is { } waiting && waiting != said) Screen.Tell($"Waiting: {said = waiting}");
            await Task.Delay(Look, time, cancellationToken);
        }
    }

    /// <summary>Null where it may still be served by waiting.</summary>
    private static int? CodeOf(ForcedAnswer? answer)
    {
        switch (answer)
        {
            case { Kind: ForcedAnswerKind.Refused }:
                Say.Error($"The agent refuses: {answer.Reason}.");
                return ExitCode.Usage;
            case { Kind: ForcedAnswerKind.Held, Until: null }:
                Say.Error($"The agent holds: {answer.Reason}");
                return ExitCode.CycleFailed;
            default:
                return null;
        }
    }

    private async Task<int?> FollowAsync(long cycle, string data, CancellationToken cancellationToken)
    {
        var shown = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var record = reader.ReadProgress(cycle)!;
            foreach (var line in record.Steps.Select(StepLine).Where(shown.Add)) Screen.Tell(line);
            if (record.Outcome != CycleOutcome.Running) return OneRound.Report(reader.ReadCycle(cycle)!, cancellationToken);
            if (!DataFolder.IsLocked(data))
            {
                var pending = reader.ReadRunning(cycle) is not { HasPending: true } ? ""
                    : " Its changes stay pending; the next start carries them.";
                Say.Error($"The agent ended during cycle {cycle}.{pending}");
                return ExitCode.CycleFailed;
            }

            if (IsSilent(reader, time)) return ExitCode.CycleFailed;
            await Task.Delay(Look, time, cancellationToken);
        }
    }

    /// <summary>The process is there and its loop gives no sign of life: nobody will serve anything, whatever the last row says.</summary>
    public static bool IsSilent(AgentReader reader, TimeProvider time)
    {
        if (SilentLoops.OfCycles(reader.ReadHeartbeats(), time.GetUtcNow()) is not { } silence) return false;
        Say.Error($"The agent cannot be asked: {silence}. {SilentLoops.EndIt(reader.ReadHolder())}");
        return true;
    }

    private static string StepLine(StepRecord step)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"  {step.Position}  {step.ManagementAgent} {step.RunProfile}");
        return step switch
        {
            { SkippedBecause: { } because } => $"{name}: skipped, {because}",
            { Result: { } result } => $"{name}: {result}{RunLogText.Run(step.RunNumber)}",
            _ => $"{name} ...",
        };
    }
}
