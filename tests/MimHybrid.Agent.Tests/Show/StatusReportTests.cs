using MimHybrid.Agent.Show;
using MimHybrid.Core.Changes;
using MimHybrid.Core.Planning;
using MimHybrid.Core.Store;

namespace MimHybrid.Agent.Tests.Show;

public sealed class StatusReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 13, 0, 0, TimeSpan.Zero);

    private static StatusReport Report(Enumeration? reading) => new()
    {
        Now = Now,
        Snapshot = new AgentSnapshot { BootedAt = Now.AddDays(-1) },
        Next = new RecordedDecision("Wait", null, "no guest changes pending", Now),
        Reading = reading,
    };

    /// <summary>A large tenant takes half an hour: who looks meanwhile must not think that nothing happens.</summary>
    [Fact]
    public void While_the_tenant_is_read_for_the_first_time_it_says_how_far_that_is()
    {
        var report = Report(new Enumeration("a link", "a fingerprint", Now.AddMinutes(-2), Pages: 210, Users: 42000, Guests: 17));
        Assert.Contains("Graph       the first reading of the tenant is under way", report.ToText(TimeZoneInfo.Utc), StringComparison.Ordinal);
        Assert.Contains("Cursor      none: the tenant is read as a whole, 210 pages, 42000 users, 17 guests so far", report.ToText(TimeZoneInfo.Utc), StringComparison.Ordinal);
        Assert.Contains("\"reading\":{\"pages\":210,\"users\":42000,\"guests\":17}", report.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Before_it_begins_it_says_what_will_be()
    {
        Assert.Contains("Graph       not asked yet", Report(null).ToText(TimeZoneInfo.Utc), StringComparison.Ordinal);
        Assert.Contains("Cursor      none: the tenant will be read as a whole", Report(null).ToText(TimeZoneInfo.Utc), StringComparison.Ordinal);
        Assert.Contains("\"reading\":null", Report(null).ToJson(), StringComparison.Ordinal);
    }
}
