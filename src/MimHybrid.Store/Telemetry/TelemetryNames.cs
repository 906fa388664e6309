namespace MimHybrid.Store.Telemetry;

/// <summary>
/// What the telemetry calls things, for code, queries and alerts alike. Own names stand in the namespace <c>mimhybrid</c>, in lower
/// case with dots between objects and underscores between words, and what has a name in OpenTelemetry's semantic conventions goes
/// by that one (https://opentelemetry.io/docs/specs/semconv/general/naming/). Whoever renames one breaks somebody's alert.
/// </summary>
public static class TelemetryNames
{
    /// <summary>One record per cycle: the run log.</summary>
    public const string CycleEvent = "mimhybrid.cycle";

    /// <summary>All meters and all sources of spans, as the subscription names them.</summary>
    public const string All = "MimHybrid.*";

    /// <summary>Durations are in seconds, and counts of things in their own unit, such as {change}.</summary>
    public static class Metric
    {
        public const string PollDuration = "mimhybrid.poll.duration";
        public const string ChangesDetected = "mimhybrid.changes";
        public const string ChangesPending = "mimhybrid.change.pending.count";
        public const string OldestPending = "mimhybrid.change.pending.age";
        public const string Guests = "mimhybrid.guest.count";
        public const string CursorAge = "mimhybrid.cursor.age";
        public const string PollFailing = "mimhybrid.poll.failing.age";
        public const string CredentialLeft = "mimhybrid.credential.time_left";
        public const string AgentHeld = "mimhybrid.agent.held";
        public const string LastGoodAge = "mimhybrid.cycle.last_good.age";
        public const string FailuresInARow = "mimhybrid.cycle.consecutive_failures";
        public const string Provisioning = "mimhybrid.guest.provisioning.duration";
        public const string CycleDuration = "mimhybrid.cycle.duration";
        public const string StepDuration = "mimhybrid.step.duration";
        public const string ArrivalMissing = "mimhybrid.arrival.missing_guests";
        public const string ExportRefused = "mimhybrid.export.refused_accounts";
        public const string HttpRequestDuration = "http.client.request.duration";
        public const string GraphResourceUnits = "mimhybrid.graph.resource_units";
        public const string GraphLimitUtilization = "mimhybrid.graph.limit.utilization";
        public const string GraphThrottledRequests = "mimhybrid.graph.throttled_requests";
    }

    /// <summary>Attributes of spans and measurements.</summary>
    public static class Key
    {
        public const string PollOutcome = "mimhybrid.poll.outcome";
        public const string ChangeKind = "mimhybrid.change.kind";
        public const string Function = "mimhybrid.function.name";
        public const string Trigger = "mimhybrid.function.trigger";
        public const string Sequence = "mimhybrid.sequence.name";
        public const string CycleId = "mimhybrid.cycle.id";
        public const string CycleOutcome = "mimhybrid.cycle.outcome";
        public const string ManagementAgent = "mimhybrid.management_agent.name";
        public const string RunProfile = "mimhybrid.run_profile.name";
        public const string StepPosition = "mimhybrid.step.position";
        public const string StepResult = "mimhybrid.step.result";
        public const string RunNumber = "mimhybrid.run.number";
        public const string RunErrors = "mimhybrid.run.error_count";
        public const string ThrottleScope = "mimhybrid.graph.throttle.scope";
        public const string ThrottleInformation = "mimhybrid.graph.throttle.information";
        public const string GraphRequestId = "mimhybrid.graph.request.id";
    }

    /// <summary>Further attributes of the record of a cycle.</summary>
    public static class Record
    {
        public const string StartedAt = "mimhybrid.cycle.started_at";
        public const string Duration = "mimhybrid.cycle.duration";
        public const string Reason = "mimhybrid.cycle.reason";
        public const string Failure = "mimhybrid.cycle.failure";
        public const string Next = "mimhybrid.cycle.next";
        public const string Added = "mimhybrid.cycle.changes.added";
        public const string Updated = "mimhybrid.cycle.changes.updated";
        public const string Removed = "mimhybrid.cycle.changes.removed";
        public const string Restored = "mimhybrid.cycle.changes.restored";
        public const string Missing = "mimhybrid.cycle.missing_guests";
        public const string Refused = "mimhybrid.cycle.refused_accounts";
        public const string Steps = "mimhybrid.cycle.steps";
        public const string Decisions = "mimhybrid.cycle.decisions";
        public const string ForcedBy = "mimhybrid.cycle.forced_by";
        public const string Guests = "mimhybrid.cycle.guests";
    }

    /// <summary>Names of the semantic conventions that are used here.</summary>
    public static class Convention
    {
        public const string ErrorType = "error.type";
        public const string HttpMethod = "http.request.method";
        public const string HttpStatus = "http.response.status_code";
        public const string ServerAddress = "server.address";
        public const string ServerPort = "server.port";
        public const string UrlTemplate = "url.template";
    }
}
