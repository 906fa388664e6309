namespace MimHybrid.Sandbox.Rehearsals;

/// <summary>
/// A failure played in the sandbox, so that an administrator sees it, what the agent says to it, and how it mends, before it is real.
/// </summary>
/// <param name="Name">As it is typed after <c>--sandbox</c>.</param>
/// <param name="Description">One line: what happens, and what the agent does about it.</param>
/// <param name="Acts">What happens, from a moment on at which the agent has nothing to do. Takes about half a minute.</param>
public sealed record Rehearsal(string Name, string Description, Func<RehearsalStage, CancellationToken, Task> Acts)
{
    /// <summary>All that there are, by name.</summary>
    public static IReadOnlyList<Rehearsal> All { get; } =
        [.. new[] { OtherPeople.All, FailingRuns.All, ServerTroubles.All, TenantTroubles.All,
            AccessTroubles.All }.SelectMany(group => group).OrderBy(one => one.Name, StringComparer.Ordinal)];

    /// <summary>Settings that make the agent quick enough for it, by their full names, e.g. <c>SyncServer:LongestRun</c>.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    public static Rehearsal? Find(string name) =>
        All.FirstOrDefault(rehearsal => rehearsal.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Waits until the agent has nothing to do, and plays.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task PlayAsync(RehearsalStage stage, CancellationToken cancellationToken)
    {
        stage.Say($"{Name}. {Description}");
        await stage.OpenAsync(cancellationToken);
        stage.Begins();
        await Acts(stage, cancellationToken);
        await stage.UntilQuietAsync(cancellationToken);
        stage.Say($"that was {Name}. {stage.ReadIt()}, with the same --data or --sandbox");
    }
}
