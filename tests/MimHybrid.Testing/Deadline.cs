namespace MimHybrid.Testing;

/// <summary>
/// Nothing here is waited for without end, and whoever waits says for what: a hang is then a failure with a name. Counted by the machine's
/// clock, because the tests' own stands still in a hang; a hundred times what the slowest of these waits takes.
/// </summary>
public static class Deadline
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static async Task<T> InTimeAsync<T>(this Task<T> task, string what)
    {
        try
        {
            return await task.WaitAsync(Longest, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException) when (!task.IsFaulted)
        {
            throw new TimeoutException($"Waited in vain for {what}.");
        }
    }
}
