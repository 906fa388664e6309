using System.Globalization;
using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Planning;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Words;

/// <summary>One row about the agent.</summary>
/// <param name="Name">What it is about; empty where it goes on with the row before.</param>
/// <param name="Text">What is said about it.</param>
public sealed record StatusRow(string Name, string Text);

/// <summary>How the agent is, in a few short rows below the verdict: the same wherever they are shown.</summary>
public sealed class StatusRows(StatusReport report)
{
    private readonly AgentVerdict verdict = report.Verdict;

    /// <param name="verbose">Also what is long past.</param>
    public IEnumerable<StatusRow> Main(bool verbose)
    {
        yield return new("Agent", Agent());
        yield return new("Graph", Graph());
        if (report.ResyncAskedBy is { } asker) yield return new("", $"the next poll reads the whole tenant again; {asker} asked for that");
        yield return new("Last", Last());
        yield return new("Next", Next());
        if (report.Observing.Count > 0)
            yield return new("Trial", string.Join(", ", report.Observing)
                + $" only {(report.Observing.Count == 1 ? "observes and starts" : "observe and start")} nothing (Functions:…:Observe)");
        if (report.Credential is { } credential) yield return new(Label(credential), Says(credential));
        if (report.Rescue is { } rescue && (verbose || report.Now - rescue.At < TimeSpan.FromDays(7)))
            yield return new("Store", $"{Local(rescue.At)}: {rescue.Told}");
    }

    /// <summary>The cursor's age, the pending changes by name, and what is ignored.</summary>
    public IEnumerable<StatusRow> TheRest()
    {
        yield return new("Cursor", (report.CursorObtainedAt, report.Reading) switch
        {
            ({ } obtained, _) => $"{Since(obtained)} old ({Local(obtained)})",
            (_, { } reading) => Pages(reading),
            _ => "none: the tenant will be read as a whole",
        });
        foreach (var change in report.Facts.Pending)
            yield return new(change == report.Facts.Pending[0] ? "Pending" : "",
                $"{change.Words} {GuestText.Of(change)}, detected {Local(change.DetectedAt)}");
        foreach (var ignored in report.Ignored)
            yield return new(ignored == report.Ignored[0] ? "Ignored" : "",
                $"{ignored.Count} {ignored.Reason.Describe()}, last {Local(ignored.Last)}");
    }

    /// <summary>What happens next and why. What is held stands above it, with who, why and what to do.</summary>
    public string Next()
    {
        var next = report.Next;
        var what = next switch
        {
            { Action: "Hold", At: { } at } when verdict.Open.Count > 0 => $"tried again at {Local(at)}, or after mimhybrid --force",
            { Action: "Hold" } when verdict.Open.Count > 0 => "nothing, until somebody has acted",
            { Action: "Run" } when report.State == "Running" => $"now: {next.Reason}",
            _ => next.Reason,
        };
        return report.Holder is null ? $"if started: {what}" : what;
    }

    private string Agent() => report switch
    {
        { Holder: null } => "not running",
        { Holder: var holder } => string.Create(CultureInfo.InvariantCulture,
            $"{report.State.ToLowerInvariant()}, up {Since(holder.StartedAt)}, as {holder.Account} (process {holder.ProcessId})"),
    };

    private string Graph()
    {
        var guests = MatterWords.Count(report.Snapshot.Guests, "guest") + ", "
            + (report.Snapshot.Pending.Count == 0 ? "nothing pending" : $"{report.Snapshot.Pending} pending");
        return report switch
        {
            { Reading: { } reading, CursorObtainedAt: null } => Pages(reading),
            { Polls: null } => "not asked yet",
            { Polls.FailingSince: { } since } => $"not read since {Local(since)}; {guests}",
            { Polls.WaitingFor: { } waiting } => waiting,
            { Polls.AttemptedAt: var at } => $"read {Since(at)} ago; {guests}",
        };
    }

    private static string Pages(Baseline reading) => string.Create(CultureInfo.InvariantCulture,
        $"the whole tenant is being read: {reading.Pages} pages, {reading.Users} users, {reading.Guests} guests so far");

    private string Last() => report.LastCycle is { } cycle
        ? $"cycle {cycle.Id}, {Since(cycle.EndedAt ?? cycle.StartedAt)} ago, {CycleWords.Why(cycle)}: {CycleWords.Result(cycle)} "
            + $"(mimhybrid log {cycle.Id})"
        : "no cycle yet";

    private static string Label(CredentialNote credential) => credential.Kind switch
    {
        "ClientSecret" => "Secret",
        "ManagedIdentity" => "Sign-in",
        _ => "Cert",
    };

    private string Says(CredentialNote credential) => credential switch
    {
        { ExpiresAt: { } end } => string.Create(CultureInfo.InvariantCulture,
            $"{(credential.HasExpired(report.Now) ? "expired" : "expires")} on {end:yyyy-MM-dd}"),
        { Kind: "ClientSecret" } => "expiry unknown; set Graph:ClientSecretExpires",
        { Kind: "ManagedIdentity" } => "managed identity",
        _ => credential.Name,
    };

    private string Since(DateTimeOffset time) => Ago.Span(report.Now - time);

    private string Local(DateTimeOffset time) => WallClock.Of(time, report.Now, report.Zone);
}
