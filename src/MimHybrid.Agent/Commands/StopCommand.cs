using System.CommandLine;
using System.Globalization;
using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Show;
using MimHybrid.Agent.Tasks;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Commands;

/// <summary><c>stop</c>: asks the agent that runs on the data folder to end after the cycle in progress, and waits for it.</summary>
internal static class StopCommand
{
    private static readonly TimeSpan DefaultWait = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    public static Command Build(CommonOptions common)
    {
        var wait = new DurationOption("--wait", LongestWait)
        {
            Description = "How long to wait for the end. After that the request is taken back and the agent goes on. Default: 00:30:00.",
        };
        var command = new Command(
            "stop", "Asks the agent that runs on the data folder to end after the cycle in progress, and waits for it.")
        {
            wait,
        };
        common.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
            StopAsync(common.Read(parsed).Data, parsed.GetValue(wait) ?? DefaultWait, TimeProvider.System, cancellationToken));
        return command;
    }

    private static async Task<int> StopAsync(string data, TimeSpan wait, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!DataFolder.IsLocked(data))
        {
            Screen.Tell($"No agent runs on the data folder {data}: there is nothing to stop.");
            return ExitCode.Done;
        }

        using var reader = AgentReader.Open(data);
        if (ForcedRunElsewhere.IsSilent(reader, time)) return ExitCode.CycleFailed;

        using var requests = RequestStore.Open(data);
        var request = requests.RequestStop(CurrentAccount.Name, time.GetUtcNow());
        Screen.Tell($"The agent ({reader.ReadHolder()}) is asked to end after the cycle in progress.");
        try
        {
            for (var (until, said) = (time.GetUtcNow() + wait, ""); time.GetUtcNow() < until; await Task.Delay(
                Look, time, cancellationToken))
            {
                if (!DataFolder.IsLocked(data)) return Ended();

                if (ForcedRunElsewhere.IsSilent(reader, time)) return ExitCode.CycleFailed;

                // An agent that starts takes old requests back; one that came in between is asked again.
                if (!requests.IsStopOpen(request)) request = requests.RequestStop(CurrentAccount.Name, time.GetUtcNow());
                if (Waiting(reader) is { } waiting && waiting != said) Screen.Tell($"Waiting: {said = waiting}");
            }

            Say.Error(
                $"The agent did not end within {wait:c}: {Waiting(reader)}. The request is taken back and the agent goes on; to wait "
                    + "longer: mimhybrid stop --wait 04:00:00");
            return ExitCode.CycleFailed;
        }
        finally
        {
            requests.WithdrawStop(request, time.GetUtcNow());
        }
    }

    private static string Waiting(AgentReader reader) => reader.ReadProgress() is { Outcome: CycleOutcome.Running } cycle
        ? string.Create(CultureInfo.InvariantCulture,
            $"cycle {cycle.Id} ({cycle.Sequence}) is "
                + $"running{(cycle.Steps is [.., var step] ? $", {step.ManagementAgent} {step.RunProfile}" : "")}")
        : "the agent is ending";

    private static int Ended()
    {
        Screen.Tell("The agent has ended.");
        if (OperatingSystem.IsWindows())
            Say.Note("Where the scheduled task is enabled, it starts the agent again within "
                + $"{TaskDefinition.WatchdogInterval.TotalMinutes:0} minutes. To keep it off: schtasks /Change /TN "
                    + $"\"{TaskDefinition.Name}\" /DISABLE");
        return ExitCode.Done;
    }
}
