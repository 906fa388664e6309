using System.Globalization;
using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Planning;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Show;

/// <summary>How the agent is, for people: the verdict, what is open, and five short rows.</summary>
internal sealed class StatusText(StatusReport report)
{
    private const string Indent = "        ";

    private readonly AgentVerdict verdict = report.Verdict;

    /// <param name="verbose">Everything that is known, too.</param>
    public Sheet ToSheet(bool verbose)
    {
        var sheet = MatterText.Of(verdict);
        Row(sheet, "Agent", Agent());
        Row(sheet, "Graph", Graph());
        if (report.ResyncAskedBy is { } asker) Row(sheet, "", $"the next poll reads the whole tenant again; {asker} asked for that");
        Row(sheet, "Last", Last());
        Row(sheet, "Next", Next());
        if (report.Credential is { } credential) Row(sheet, Label(credential), Says(credential));
        if (report.Rescue is { } rescue && (verbose || report.Now - rescue.At < TimeSpan.FromDays(7)))
            Row(sheet, "Store", $"{Local(rescue.At)}: {rescue.Told}");
        if (verbose) AddTheRest(sheet);
        return sheet;
    }

    private void AddTheRest(Sheet sheet)
    {
        sheet.Blank();
        Row(sheet, "Cursor", (report.CursorObtainedAt, report.Reading) switch
        {
            ({ } obtained, _) => $"{Since(obtained)} old ({Local(obtained)})",
            (_, { } reading) => Pages(reading),
            _ => "none: the tenant will be read as a whole",
        });
        foreach (var change in report.Facts.Pending)
            Row(sheet, change == report.Facts.Pending[0] ? "Pending" : "",
                $"{change.Words} {GuestText.Of(change)}, detected {Local(change.DetectedAt)}");
        foreach (var ignored in report.Ignored)
            Row(sheet, ignored == report.Ignored[0] ? "Ignored" : "",
                $"{ignored.Count} {ignored.Reason.Describe()}, last {Local(ignored.Last)}");
    }

    private string Agent() => report switch
    {
        { Holder: null } => "not running",
        { Holder: var holder } => string.Create(CultureInfo.InvariantCulture,
            $"{report.State.ToLowerInvariant()}, up {Since(holder.StartedAt)}, as {holder.Account} (process {holder.ProcessId})"),
    };

    private string Graph()
    {
        var guests = string.Create(CultureInfo.InvariantCulture,
            $"{report.Snapshot.Guests} {(report.Snapshot.Guests == 1 ? "guest" : "guests")}, ")
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

    /// <summary>What is held stands above, with who, why and what to do.</summary>
    private string Next()
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

    private static void Row(Sheet sheet, string name, string value) =>
        sheet.Row(name.PadRight(Indent.Length), value, labelTone: Tone.Strong);

    private string Since(DateTimeOffset time) => Ago.Span(report.Now - time);

    private string Local(DateTimeOffset time) => WallClock.Of(time, report.Now, report.Zone);
}
