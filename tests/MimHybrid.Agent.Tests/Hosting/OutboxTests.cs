using MimHybrid.Agent.Hosting;

namespace MimHybrid.Agent.Tests.Hosting;

/// <summary>No output may ever stop, slow or end the agent (src/README.md#statement-9).</summary>
public sealed class OutboxTests : IDisposable
{
    private readonly List<string> written = [];
    private readonly List<long> missing = [];
    private readonly List<string> told = [];
    private readonly Outbox outbox;
    private volatile bool isFull;

    public OutboxTests() => outbox = new Outbox("test", lost => Write(() => missing.Add(lost)), told.Add);

    [Fact]
    public void Lines_are_written_in_their_order_before_the_end()
    {
        for (var number = 0; number < 1000; number++) outbox.Put($"line {number}", written.Add);
        outbox.Dispose();
        Assert.Equal(Enumerable.Range(0, 1000).Select(number => $"line {number}"), written);
        Assert.Empty(missing);
    }

    [Fact]
    public void What_is_said_after_settling_comes_after_what_was_logged_before()
    {
        outbox.Put("logged", written.Add);
        outbox.Settle();
        Assert.Equal(["logged"], written);
    }

    [Fact]
    public void An_output_that_fails_is_told_once_and_what_is_missing_when_it_takes_lines_again()
    {
        isFull = true;
        for (var number = 0; number < 5; number++) outbox.Put("lost", line => Write(() => written.Add(line)));
        outbox.Settle();
        isFull = false;
        outbox.Put("kept", written.Add);
        outbox.Put("kept, too", written.Add);
        outbox.Dispose();
        Assert.Equal(["No space left on device"], told);
        Assert.Equal([5L], missing);
        Assert.Equal(["kept", "kept, too"], written);
    }

    /// <summary>A terminal in which somebody selects text, or a pipe that nobody reads: each line would wait for it.</summary>
    [Fact]
    public void An_output_that_hangs_costs_a_bounded_amount_of_lines_and_no_time()
    {
        using var reads = new ManualResetEventSlim();
        outbox.Put("first", _ => reads.Wait(TestContext.Current.CancellationToken));
        var line = new string('x', 1000);
        for (var number = 0; number < 5000; number++) outbox.Put(line, written.Add);
        Assert.Single(told);

        reads.Set();
        outbox.Dispose();
        Assert.InRange(written.Count, 1000, 1100);
        Assert.Equal(5000, written.Count + missing.Sum());
    }

    [Fact]
    public void A_line_after_the_end_is_no_fault()
    {
        outbox.Dispose();
        outbox.Put("too late", written.Add);
        Assert.Empty(written);
    }

    public void Dispose() => outbox.Dispose();

    private void Write(Action write)
    {
        if (isFull) throw new IOException("No space left on device");
        write();
    }
}
