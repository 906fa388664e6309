using Microsoft.Extensions.Time.Testing;
using MimHybrid.Agent.Hosting;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Tests.Hosting;

/// <summary>Who waits while a store of years is migrated reads how far it has come, and of a small one a single line.</summary>
public sealed class MigrationLinesTests
{
    private readonly FakeTimeProvider time = new();
    private readonly LogKeeper log = new();

    [Fact]
    public void A_migration_is_said_once_and_its_steps_where_they_last()
    {
        var lines = new MigrationLines(time, log.For<MigrationLines>());
        for (var step = 1; step <= 4; step++)
        {
            if (step > 2) time.Advance(TimeSpan.FromSeconds(2));
            lines.Report(new StoreMigration(3, 14, step, 4));
        }

        Assert.Equal(
            ["The store is brought from version 3 to 14", "The store is being brought to this version: step 3 of 4", "The store is being brought to this version: step 4 of 4"],
            log.Lines.Select(line => line.Text));
    }

    [Fact]
    public void Of_a_store_that_is_made_nothing_is_said()
    {
        new MigrationLines(time, log.For<MigrationLines>()).Report(new StoreMigration(0, 14, 1, 4));
        Assert.Empty(log.Lines);
    }
}
