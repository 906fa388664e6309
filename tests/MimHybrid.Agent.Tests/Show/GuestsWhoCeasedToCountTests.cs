using MimHybrid.Agent.Show;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Tests.Show;

/// <summary>A guest whom the settings do not count any more was not removed, and nothing that people read says so.</summary>
public sealed class GuestsWhoCeasedToCountTests
{
    private static readonly DateTimeOffset noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private static readonly GuestChange reset = new("u", ChangeKind.Updated, "Lena Brandt", "lena@fabrikam.example", noon)
    {
        LeftBecause = IgnoredBecause.NotAccepted,
    };

    private static readonly StatusReport report = new()
    {
        Now = noon,
        Snapshot = new AgentSnapshot { BootedAt = noon.AddDays(-1) },
        Next = new RecordedDecision("Wait", noon, "nothing to do", noon),
    };

    [Fact]
    public void Status_says_why_they_do_not_count()
    {
        var text = (report with { PendingChanges = [reset] }).ToText(TimeZoneInfo.Utc);
        Assert.Contains("no longer counted (invitation not accepted) Lena Brandt <lena@fabrikam.example>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("removed", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Status_names_who_waits_for_a_new_reading()
    {
        var text = (report with { ResyncAskedBy = "CONTOSO\\anna" }).ToText(TimeZoneInfo.Utc);
        Assert.Contains("a new reading of the whole tenant begins with the next poll, asked for by CONTOSO\\anna", text, StringComparison.Ordinal);
        Assert.DoesNotContain("asked for by", report.ToText(TimeZoneInfo.Utc), StringComparison.Ordinal);
    }
}
