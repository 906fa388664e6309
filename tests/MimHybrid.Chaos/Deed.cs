namespace MimHybrid.Chaos;

/// <summary>Something that is done to an agent.</summary>
/// <param name="Name">As <c>--only</c> takes it.</param>
/// <param name="Weight">How often it comes, beside the others.</param>
/// <param name="DoAsync">Does it, and leaves an agent started behind.</param>
internal sealed record Deed(string Name, int Weight, Func<Scene, Random, Task> DoAsync)
{
    /// <summary>Exit codes with which the agent may end by itself afterwards, to be started anew.</summary>
    public int[] MayEnd { get; init; } = [];

    /// <summary>Why it cannot be done here; null where it can.</summary>
    public Func<Task<string?>> WhyNotAsync { get; init; } = () => Task.FromResult<string?>(null);
}
