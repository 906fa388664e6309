using System.Text;

namespace MimHybrid.Agent.Show;

/// <summary>
/// Standard output or standard error. Its disk may be full: that is noted, and told at the end, but it must not take the place of what the
/// command did.
/// </summary>
/// <param name="inner">Where it leads, asked for anew each time, since a test may have set another.</param>
internal sealed class UnfailingWriter(Func<TextWriter> inner) : TextWriter
{
    /// <summary>Why something was not written, the first time; null while all was.</summary>
    public string? Trouble { get; private set; }

    public override Encoding Encoding => inner().Encoding;

    public override void Write(char value) => Try(writer => writer.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(writer => writer.Write(buffer, index, count));

    public override void Write(string? value) => Try(writer => writer.Write(value));

    public override void WriteLine(string? value) => Try(writer => writer.WriteLine(value));

    public override void Flush() => Try(writer => writer.Flush());

    private void Try(Action<TextWriter> write)
    {
        try
        {
            write(inner());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) // the latter where it was closed before the start
        {
            Trouble ??= e.Message;
        }
    }
}
