namespace MimHybrid.Agent.Checks;

/// <summary>One thing that must be right before the agent can do its work.</summary>
internal abstract class Check(string name)
{
    public string Name => name;

    /// <summary>The checks that must not have failed for this one to make sense.</summary>
    public virtual IReadOnlyList<string> Needs => [];

    /// <summary>Looks, and changes nothing.</summary>
    public abstract Task<IReadOnlyList<Finding>> LookAsync(CheckContext context, CancellationToken cancellationToken);

    protected Finding Ok(string saw, string? todo = null) => new(FindingState.Ok, name, saw, todo);

    protected Finding Skipped(string saw, string todo) => new(FindingState.Skipped, name, saw, todo);

    protected Finding Warning(string saw, string todo) => new(FindingState.Warning, name, saw, todo);

    protected Finding Failed(string saw, string todo) => new(FindingState.Failed, name, saw, todo);
}

/// <summary>A check that looks at one thing and does not wait.</summary>
internal abstract class QuickCheck(string name) : Check(name)
{
    public sealed override Task<IReadOnlyList<Finding>> LookAsync(CheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>([.. Look(context)]);

    protected abstract IEnumerable<Finding> Look(CheckContext context);
}
