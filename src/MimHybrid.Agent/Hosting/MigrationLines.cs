using Microsoft.Extensions.Logging;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Hosting;

/// <summary>Says that an older store is brought to this version, and, where that takes long, how far it has come.</summary>
internal sealed partial class MigrationLines(TimeProvider time, ILogger<MigrationLines> logger) : IProgress<StoreMigration>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long? saidAt;

    public void Report(StoreMigration value)
    {
        if (value.From == 0) return; // it is made, not migrated
        if (saidAt is null) Log.Begins(logger, value.From, value.To);
        else if (time.GetElapsedTime(saidAt.Value) < Pause) return;
        else Log.GoesOn(logger, value.Step, value.Steps);
        saidAt = time.GetTimestamp();
    }

    private static partial class Log
    {
        [LoggerMessage(4016, LogLevel.Information, "The store is brought from version {From} to {To}")]
        public static partial void Begins(ILogger logger, long from, long to);

        [LoggerMessage(4017, LogLevel.Information, "The store is being brought to this version: step {Step} of {Steps}")]
        public static partial void GoesOn(ILogger logger, int step, int steps);
    }
}
