using System.Collections.Concurrent;
using System.Reflection;
using Xunit.v3;

[assembly: MimHybrid.Testing.TestDeadline]

namespace MimHybrid.Testing;

/// <summary>
/// Gives each test of the assembly a deadline, so that one that hangs has a name: first it is cancelled, which ends whatever heeds
/// <c>TestContext.Current.CancellationToken</c>; what does not heed it ends the process, which says which test it was. xunit's own Timeout
/// stands at each single test and goes only with tests that do not run side by side.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class TestDeadlineAttribute : BeforeAfterTestAttribute
{
    /// <summary>No test takes a minute; a machine that does much else at a time may take several.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Timer> running = new(StringComparer.Ordinal);

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        var (context, cancelled) = (TestContext.Current, false);
        running[test.UniqueID] = new Timer(
            _ =>
            {
                if (cancelled) Environment.FailFast($"The test '{test.TestDisplayName}' hangs.");
                cancelled = true;
                Console.Error.WriteLine($"The test '{test.TestDisplayName}' has not ended within {Deadline:c} and is cancelled.");
                context.CancelCurrentTest();
            },
            null, Deadline, Grace);
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (running.TryRemove(test.UniqueID, out var timer)) timer.Dispose();
    }
}
