using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Telemetry;

/// <summary>
/// On the way out of every exporter: says once when telemetry does not arrive, and once when it does again. The exporters tell nobody, so
/// a closed firewall or a missing role would be noticed months later, when somebody needs the rows.
/// </summary>
internal sealed partial class DeliveryWatch(ILogger logger, DeliveryNotes notes)
{
    /// <summary>
    /// Addresses with what is wrong, empty when nothing is. A collector may take metrics and no logs, so each address is one of its own.
    /// </summary>
    private readonly ConcurrentDictionary<string, string> failures = new();

    public DelegatingHandler Around(HttpMessageHandler inner) => new Handler(this, inner);

    private HttpResponseMessage Heard(HttpRequestMessage request, HttpResponseMessage response)
    {
        Note(request, (int)response.StatusCode < 400 ? "" : Describe(response.StatusCode));
        return response;
    }

    private void Failed(HttpRequestMessage request, Exception exception) =>
        Note(request, exception is HttpRequestException http ? $"it cannot be reached ({http.HttpRequestError})" : "it does not answer");

    private void Note(HttpRequestMessage request, string failure)
    {
        var destination = request.RequestUri!.GetLeftPart(UriPartial.Path);
        var before = failures.GetValueOrDefault(destination);
        failures[destination] = failure;
        if (failure == before) return;
        if (failure.Length > 0)
        {
            notes.Failed(DeliveryKind.Telemetry, destination, failure);
            Log.NotDelivered(logger, destination, failure);
        }
        else
        {
            notes.Arrived(DeliveryKind.Telemetry, destination); // the first time, too: an earlier process may have noted otherwise
            if (before is not null) Log.DeliveredAgain(logger, destination);
        }
    }

    private static string Describe(HttpStatusCode status) => status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        ? $"it answers {(int)status}. Application Insights: where local authentication is disabled, set Telemetry:AzureMonitorSignIn, "
            + "and give the application the role Monitoring Metrics Publisher. A collector: see Telemetry:OtlpHeaders"
        : $"it answers {(int)status}";

    private sealed class Handler(DeliveryWatch watch, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return watch.Heard(request, base.Send(request, cancellationToken));
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                watch.Failed(request, exception);
                throw;
            }
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return watch.Heard(request, await base.SendAsync(request, cancellationToken));
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                watch.Failed(request, exception);
                throw;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4303, LogLevel.Warning,
            "Telemetry does not arrive at {Destination}: {Failure}. The agent "
                + "goes on without it; see also the firewall and Telemetry:Proxy")]
        public static partial void NotDelivered(ILogger logger, string destination, string failure);

        [LoggerMessage(4304, LogLevel.Information, "Telemetry arrives at {Destination} again")]
        public static partial void DeliveredAgain(ILogger logger, string destination);
    }
}
