using System.Threading.Channels;

namespace MimHybrid.Agent.Hosting;

/// <summary>
/// A bounded queue in front of an output that may be slow, full, closed, or never come back: a terminal in which somebody selects text, a
/// pipe that nobody reads, a disk without room. Whoever puts a line in never waits and never meets a fault; what the output does not take
/// is dropped and counted.
/// </summary>
internal sealed class Outbox : IDisposable
{
    /// <summary>Some thousand lines: what an output may be behind before lines are dropped.</summary>
    private const int MostCharacters = 1 << 20;

    /// <summary>How long a process that ends waits for its last lines. An output that hangs must not keep it.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly Channel<(string Text, Action<string> Write)> waiting =
        Channel.CreateUnbounded<(string Text, Action<string> Write)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Action<long> missing;
    private readonly Action<string> firstLoss;
    private readonly Thread writer;
    private long characters;
    private long dropped;
    private int told;

    /// <param name="name">Of the thread that writes.</param>
    /// <param name="missing">Writes into the output itself that so many lines are missing there, as soon as it takes lines again.</param>
    /// <param name="firstLoss">Tells it elsewhere, once, with the reason. Must not wait.</param>
    public Outbox(string name, Action<long> missing, Action<string> firstLoss)
    {
        (this.missing, this.firstLoss) = (missing, firstLoss);
        writer = new Thread(WriteAll) { Name = name, IsBackground = true };
        writer.Start();
    }

    /// <summary>Gives a line to the output, sooner or later or never.</summary>
    public void Put(string text, Action<string> write)
    {
        if (Interlocked.Add(ref characters, text.Length) > MostCharacters)
        {
            Interlocked.Add(ref characters, -text.Length);
            Drop("it does not accept them");
            return;
        }

        waiting.Writer.TryWrite((text, write)); // not once the process is ending, and the last lines have been written
    }

    /// <summary>A line that could not even be made.</summary>
    public void Drop(string reason)
    {
        Interlocked.Increment(ref dropped);
        if (Interlocked.Exchange(ref told, 1) == 0) firstLoss(reason);
    }

    /// <summary>Waits, not for long, until what was put in before is written: what is said directly afterwards comes after it.</summary>
    public void Settle()
    {
        var settled = new ManualResetEventSlim();
        Put("", _ => settled.Set());
        settled.Wait(LongestWait);
    }

    public void Dispose()
    {
        waiting.Writer.TryComplete();
        writer.Join(LongestWait);
    }

    private void WriteAll()
    {
        while (waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (waiting.Reader.TryRead(out var line)) Write(line.Text, line.Write);
        }
    }

    private void Write(string text, Action<string> write)
    {
        try
        {
            // Before the line, so that the gap is seen where it is; a mark of Settle is no line.
            if (text.Length > 0 && Interlocked.Read(ref dropped) is > 0 and var lost)
            {
                missing(lost);
                Interlocked.Add(ref dropped, -lost);
            }

            write(text);
        }
        catch (Exception e)
        {
            Drop(e.Message);
        }
        finally
        {
            Interlocked.Add(ref characters, -text.Length);
        }
    }
}
