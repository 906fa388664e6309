using System.Diagnostics;
using MimHybrid.Cycles.Settings;
using MimHybrid.Mim.Results;
using MimHybrid.Mim.Runs;
using MimHybrid.Store.Telemetry;

namespace MimHybrid.Cycles.Telemetry;

/// <summary>A step as telemetry sees it: a span below its cycle, and one measurement once MIM has answered.</summary>
internal sealed class StepSpan : IDisposable
{
    private readonly Step step;
    private readonly TimeProvider time;
    private readonly long startedAt;
    private readonly Activity? span;

    public StepSpan(Step step, int position, TimeProvider time)
    {
        (this.step, this.time, startedAt) = (step, time, time.GetTimestamp());
        span = CyclesMeter.Spans.StartActivity($"step {step}");
        span?.SetTag(TelemetryNames.Key.ManagementAgent, step.ManagementAgent)
            .SetTag(TelemetryNames.Key.RunProfile, step.RunProfile)
            .SetTag(TelemetryNames.Key.StepPosition, position);
    }

    public void End(RunReport report)
    {
        var word = TelemetryWords.Word(report.Result.Raw);
        var failed = report.StoppedByDeadline || report.Result.Class is not (ResultClass.Success or ResultClass.Findings);
        if (span is not null) Tell(span, report, word, failed);
        if (!CyclesMeter.StepDuration.Enabled) return;

        var tags = new TagList
        {
            { TelemetryNames.Key.ManagementAgent, step.ManagementAgent },
            { TelemetryNames.Key.RunProfile, step.RunProfile },
            { TelemetryNames.Key.StepResult, word },
        };
        if (failed) tags.Add(TelemetryNames.Convention.ErrorType, word);
        CyclesMeter.StepDuration.Record(time.GetElapsedTime(startedAt).TotalSeconds, tags);
    }

    public void Dispose() => span?.Dispose();

    private static void Tell(Activity span, RunReport report, string word, bool failed)
    {
        span.SetTag(TelemetryNames.Key.StepResult, report.Result.Raw).SetTag(TelemetryNames.Key.RunErrors, report.ErrorCount);
        if (report.RunNumber is { } number) span.SetTag(TelemetryNames.Key.RunNumber, number);
        if (failed) span.Fail(word, report.Result.Advice);
    }
}
