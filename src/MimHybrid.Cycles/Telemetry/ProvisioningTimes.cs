using MimHybrid.Cycles.Words;
using MimHybrid.Store.Rows;
using MimHybrid.Store.Telemetry;

namespace MimHybrid.Cycles.Telemetry;

/// <summary>How long guests waited for their accounts, measured at the end of the cycle that brought them.</summary>
internal static class ProvisioningTimes
{
    /// <summary>Never below zero: after a clock was set back, a guest may be of the future.</summary>
    public static void Record(CycleRecord cycle)
    {
        if (!CyclesMeter.Provisioning.Enabled) return;
        foreach (var change in cycle.Changes.Where(change => change.Kind is ChangeKind.Added or ChangeKind.Restored))
            if (GuestFate.WrittenAt(cycle, change) is { } written)
                CyclesMeter.Provisioning.Record(
                    Math.Max(0, (written - change.DetectedAt).TotalSeconds),
                    new KeyValuePair<string, object?>(TelemetryNames.Key.ChangeKind, TelemetryWords.Snake(change.Kind)));
    }
}
