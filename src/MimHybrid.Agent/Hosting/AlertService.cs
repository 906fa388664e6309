using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MimHybrid.Agent.Settings;
using MimHybrid.Alerts.Planning;
using MimHybrid.Alerts.Sending;
using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Planning;
using MimHybrid.Graph;
using MimHybrid.Store;
using MimHybrid.Store.Faults;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Hosting;

/// <summary>
/// Tells people what waits for them, beside the loops that work: whatever fails here is logged, and stops nothing (statement 9). What looks
/// and what sends do not wait for each other.
/// </summary>
internal sealed partial class AlertService : BackgroundService
{
    /// <summary>A message that a command or a look left is found by then.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly AlertCentre centre;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Action writeDown;
    private readonly Func<MatterFacts> facts;
    private readonly GraphMail? mail;
    private bool hasForgotten;

    public AlertService(AlertPlace place, Func<AgentSnapshot> look, DeliveryNotes notes, TimeProvider time, ILoggerFactory loggers)
    {
        (this.time, logger) = (time, loggers.CreateLogger<AlertService>());
        var (settings, store, world) = place;
        writeDown = () =>
        {
            if (!hasForgotten) ForgetWhatNobodySends(settings, store.Alerts);
            hasForgotten = true;
            notes.WriteTo(store.Alerts);
        };
        facts = () => Facts(store.Reader, settings, look(), time);
        mail = GraphMail.Of(settings, time, world.Tenant is { } tenant ? tenant.CreateTrustingHandler : null);
        centre = new AlertCentre(Setup(settings, time, mail), store, facts, time, loggers);
    }

    /// <summary>As in the settings.</summary>
    public static AlertSetup Setup(LoadedSettings settings, TimeProvider time, GraphMail? mail) => new(
        settings.Alerts, new MaintenanceCalendar(settings.Agent.MaintenanceWindows, time.LocalTimeZone),
        new AlertRules(settings.AlertScale), Environment.MachineName)
    {
        Graph = mail?.Way,
        Proxy = ProxySetting.Of(settings.Graph.Proxy),
    };

    public override void Dispose()
    {
        centre.Dispose();
        mail?.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        AgainAndAgainAsync(
            () =>
            {
                writeDown();
                centre.Loop.Look();
                centre.Digest.WriteIfDue(facts);
                return Task.FromResult(centre.Loop.Pause);
            },
            stoppingToken),
        AgainAndAgainAsync(
            async () => await centre.Sender.SendDueAsync(stoppingToken) is { } next ? next - time.GetUtcNow() : centre.Loop.Pause,
            stoppingToken),
        centre.Heartbeat.IsOn
            ? AgainAndAgainAsync(
                async () =>
                {
                    await centre.Heartbeat.BeatAsync(facts, stoppingToken);
                    return centre.Heartbeat.Pause / 4;
                },
                stoppingToken)
            : Task.CompletedTask);

    private async Task AgainAndAgainAsync(Func<Task<TimeSpan>> work, CancellationToken stoppingToken)
    {
        string? lastFault = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = LongestPause;
            try
            {
                pause = await work();
                lastFault = null;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (e.Message != lastFault) Log.Faulted(logger, e is StoreException ? null : e, e.Message);
                lastFault = e.Message;
            }

            var wait = pause > LongestPause ? LongestPause : pause < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : pause;
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What the settings do not want any more does not fail to arrive.</summary>
    private static void ForgetWhatNobodySends(LoadedSettings settings, AlertStore store)
    {
        if (!settings.Telemetry.IsOn) store.Forget(DeliveryKind.Telemetry, place: null);
        if (settings.Agent.RunLog.Report is not { Length: > 0 }) store.Forget(DeliveryKind.Report, place: null);
    }

    /// <summary>As <c>status</c> reads them.</summary>
    private static MatterFacts Facts(AgentReader store, LoadedSettings settings, AgentSnapshot snapshot, TimeProvider time) =>
        MatterFacts.Read(store, snapshot, time.GetUtcNow()).With(store, settings) with { Next = store.ReadDecision() };

    private static partial class Log
    {
        [LoggerMessage(4030, LogLevel.Error, "Nobody can be told at the moment what waits for a person: {Reason}")]
        public static partial void Faulted(ILogger logger, Exception? exception, string reason);
    }
}

/// <summary>The alerts in the composition, and what others tell them.</summary>
internal static class AlertRegistration
{
    public static IServiceCollection AddAlerts(this IServiceCollection services, AlertPlace place) => services
        .AddSingleton<DeliveryNotes>()
        .AddHostedService(provider => ActivatorUtilities.CreateInstance<AlertService>(provider, place));
}

/// <summary>Where alerts are kept, and where what they are about is: a sandbox's tenant sends mails, too.</summary>
internal sealed record AlertPlace(LoadedSettings Settings, AgentStore Store, SandboxWorld World);
