using Microsoft.Extensions.Logging;

namespace MimHybrid.Testing;

/// <summary>One line of a log.</summary>
public sealed record LogLine(LogLevel Level, int Id, string Text, Exception? Exception)
{
    /// <summary>All that a log could show of it.</summary>
    public string Whole => Text + Exception;
}
