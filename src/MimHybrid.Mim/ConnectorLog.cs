namespace MimHybrid.Mim;

/// <summary>
/// The event log in which connectors leave their exceptions (README.md#an-exception-of-a-connector). Only Windows has one; whoever can read
/// it hands in how.
/// </summary>
/// <param name="read">The messages written since a time, oldest first. May throw: the log may be closed to this account.</param>
public sealed class ConnectorLog(Func<DateTimeOffset, IReadOnlyList<string>> read)
{
    private const int LongestMessage = 500;

    /// <summary>Sentences for the run log: what connectors said since then, or why it cannot be told.</summary>
    public IReadOnlyList<string> ReadSince(DateTimeOffset time)
    {
        try
        {
            var messages = read(time);
            return messages.Count > 0
                ? [.. messages.Select(message => $"The Application event log says of it: {Sentence.Of(message, LongestMessage)}")]
                : ["The Application event log has no exception of a connector from the time of this run."];
        }
        catch (Exception exception)
        {
            return [$"The Application event log could not be read for the connector's exception: {Sentence.Of(exception.Message)}"];
        }
    }
}
