using System.CommandLine;
using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Settings;
using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Planning;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Commands;

/// <summary><c>status</c>: what is pending, what happens next and why, the last cycle, the age of the cursor.</summary>
internal static class StatusCommand
{
    private const int PendingShown = 10;

    public static Command Build(CommonOptions common)
    {
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new Command("status", "Shows what is pending, what happens next and why, the last cycle and the age of the cursor.")
        {
            json,
        };
        common.AddTo(command);
        command.SetAction(parsed => Show(common.Read(parsed), parsed.GetValue(json)));
        return command;
    }

    private static int Show(CommonValues options, bool json)
    {
        // Looking must not make a data folder: a mistyped name would leave one behind.
        using var store = AgentReader.TryOpen(options.Data);
        if (store is null)
            Say.Note($"No agent has run on the data folder {options.Data} yet. To see what one would do: mimhybrid run --dry-run");
        if (store is null && !json) return ExitCode.Done;

        var report = Read(store, options);
        Say.Line(json ? report.ToJson() : report.ToText(TimeZoneInfo.Local));
        return ExitCode.Done;
    }

    private static StatusReport Read(AgentReader? store, CommonValues options)
    {
        var time = TimeProvider.System;
        var booted = BootClock.BootedAt(time);
        var snapshot = store?.ReadSnapshot(booted) ?? new AgentSnapshot { BootedAt = booted };
        var held = DataFolder.IsLocked(options.Data);
        return new StatusReport
        {
            Now = time.GetUtcNow(),
            Holder = held ? store?.ReadHolder() : null,
            Snapshot = snapshot,
            Next = (held ? store?.ReadDecision() : null)
                ?? Decide(snapshot, options with { Sandbox = options.Sandbox || DataFolder.IsSandbox(store) }, time),
            Silence = held ? SilenceText.Of(store?.ReadHeartbeats() ?? [], time.GetUtcNow()) : null,
            Rescue = store?.ReadRescue(),
            Refused = store?.ReadRefused() ?? [],
            LastCycle = store?.ReadLastCycle() is { } last ? LastSeen.Of(last, store, options.Data) : null,
            CursorObtainedAt = store?.ReadCursorTime(),
            Reading = store?.ReadBaseline(),
            ResyncAskedBy = store?.ReadResyncAsker(),
            Polls = store?.ReadPollHealth(),
            Credential = store?.ReadCredential(),
            Ignored = store?.ReadIgnored() ?? [],
            PendingChanges = store?.ReadPendingChanges(PendingShown) ?? [],
        };
    }

    /// <summary>No agent runs: what one would do if it were started now with these settings.</summary>
    private static RecordedDecision Decide(AgentSnapshot snapshot, CommonValues options, TimeProvider time)
    {
        var now = time.GetUtcNow();
        try
        {
            return new CyclePlanner(SettingsLoader.Load(options).Agent, time.LocalTimeZone).Decide(snapshot, now).ToRecord(now);
        }
        catch (SettingsException e)
        {
            return new RecordedDecision("Hold", null, $"the settings are invalid: {string.Join(" ", e.Errors)}", now);
        }
    }
}
