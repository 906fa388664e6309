using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MimHybrid.Agent.Settings;
using MimHybrid.Cycles.Running;
using MimHybrid.Cycles.Words;
using MimHybrid.Graph;
using MimHybrid.Page;
using MimHybrid.Page.Reports;
using MimHybrid.Page.Views;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Hosting;

/// <summary>
/// Writes the report to <c>RunLog:Report</c> after a cycle: whole or not at all, at most once a minute, beside the work and never in its
/// way. A destination that is away is told once, and so is its return.
/// </summary>
internal sealed partial class ReportWriter(
    CycleLoop loop, AgentReader store, DeliveryNotes notes, ReportPlace place, TimeProvider time, ILogger<ReportWriter> logger)
    : BackgroundService
{
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>So long an agent that ends waits for its last report.</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(5);

    /// <summary>Several cycles that end during one writing are in the next one together.</summary>
    private readonly Channel<bool> ended = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Null until the first report.</summary>
    private bool? isAway;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        void Note(object? sender, CycleEndedEventArgs args) => ended.Writer.TryWrite(true);
        loop.CycleEnded += Note;
        try
        {
            while (true)
            {
                await ended.Reader.ReadAsync(stoppingToken);
                // A share that hangs holds its thread, and neither the loop nor the agent's end.
                await Task.Run(WriteAsync, stoppingToken).WaitAsync(stoppingToken);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            loop.CycleEnded -= Note;
            if (ended.Reader.TryRead(out _)) await WriteLastAsync();
        }
    }

    /// <summary>With the cycle that has just ended, by an agent that ends too; a share that hangs does not keep it.</summary>
    public async Task WriteLastAsync() =>
        await Task.Run(WriteAsync).WaitAsync(LastPatience, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task WriteAsync()
    {
        try
        {
            AtomicFile.Write(place.File, [await place.Report.MakeAsync(store)]);
            if (isAway is not false) notes.Arrived(DeliveryKind.Report, place.File);
            if (isAway is true) Log.IsBack(logger, place.File);
            isAway = false;
        }
        catch (Exception e)
        {
            if (isAway is not true)
            {
                notes.Failed(DeliveryKind.Report, place.File, e.Message.TrimEnd('.'));
                Log.NotWritten(logger, place.File, e.Message.TrimEnd('.'));
            }

            isAway = true; // the agent is not here for its report
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4310, LogLevel.Warning,
            "The report could not be written to {File}: {Reason}. The agent goes on, and tries again after each cycle")]
        public static partial void NotWritten(ILogger logger, string file, string reason);

        [LoggerMessage(4311, LogLevel.Information, "The report is written to {File} again")]
        public static partial void IsBack(ILogger logger, string file);
    }
}

/// <summary>The report, and the file that it goes to.</summary>
internal sealed record ReportPlace(Report Report, string File);

/// <summary>The report in the composition: nothing of it where nobody asked for one.</summary>
internal static class ReportRegistration
{
    public static IServiceCollection AddReport(this IServiceCollection services, LoadedSettings settings, TimeProvider time) =>
        settings.Agent.RunLog.Report is not { Length: > 0 } file
            ? services
            : services
                .AddSingleton(provider => ActivatorUtilities.CreateInstance<ReportWriter>(
                    provider, new ReportPlace(MakeReport(provider.GetRequiredService<Func<AgentSnapshot>>(), settings, time), file)))
                .AddHostedService(provider => provider.GetRequiredService<ReportWriter>());

    private static Report MakeReport(Func<AgentSnapshot> look, LoadedSettings settings, TimeProvider time) => new(
        new HomeSource
        {
            ReadStatus = store => ReadStatus(store!, look(), settings, time),
            SeeCycle = (_, cycle) => cycle,
            ReadProgress = store => ProgressText.Of(store, settings.Agent, time.GetUtcNow()),
            Time = time,
            Version = Product.Version,
        },
        new ReportWish(HomeView.DaysShown, WithPersons: !settings.Agent.RunLog.ReportWithoutPersons));

    /// <summary>As it is in the process that runs the agent.</summary>
    private static StatusReport ReadStatus(AgentReader store, AgentSnapshot snapshot, LoadedSettings settings, TimeProvider time)
    {
        var next = store.ReadDecision() ?? new RecordedDecision("Wait", null, "the agent has just started", time.GetUtcNow());
        var report = StatusReport.Read(store, snapshot, next, time);
        return report with { Facts = report.Facts.With(store, settings) };
    }
}
