using MimHybrid.Agent.Json;
using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Words;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Show;

/// <summary>How the agent is, for programs: one JSON object.</summary>
internal static class StatusJson
{
    public static string ToJson(this StatusReport report) => JsonLine.Of(ToLine(report, report.Verdict), AgentJson.Lines.StatusLine);

    private static StatusLine ToLine(StatusReport report, AgentVerdict verdict) => new()
    {
        State = report.State,
        Pending = report.Snapshot.Pending.Count,
        PendingByKind = new(report.Snapshot.Pending.Counts.Select(count => KeyValuePair.Create(count.Key.ToString(), count.Value))),
        Next = new NextLine(report.Next.Action, report.Next.At, report.Next.Reason),
        LastCycle = report.LastCycle is { } cycle ? CycleLine.Of(cycle) : null,
        Cursor = new CursorLine(report.CursorObtainedAt),
        Reading = report.Reading is { } reading ? new ReadingLine(reading.Pages, reading.Users, reading.Guests) : null,
        Guests = report.Snapshot.Guests,
        Polls = new PollsLine(report.Polls?.SucceededAt, report.Polls?.FailingSince, report.Polls?.Error),
        Ignored = [.. report.Ignored.Select(ignored => new IgnoredLine(ignored.Reason.ToString(), ignored.Count, ignored.Last))],
        Credential = report.Credential is { } credential
            ? new CredentialLine(credential.Kind, credential.ExpiresAt, credential.Warning(report.Now))
            : null,
        Refused = RefusedText.ToLines(report.Facts.Refused),
        Silence = report.Holder is null ? null : SilentLoops.Of(report.Facts.Beats, report.Now),
        Rescue = report.Rescue is { } rescue ? new RescueLine(rescue.At, rescue.Told) : null,
        Verdict = MatterText.WordOf(verdict.Kind),
        Summary = verdict.Sentence,
        Open = MatterText.ToLines(verdict.Open),
    };
}
