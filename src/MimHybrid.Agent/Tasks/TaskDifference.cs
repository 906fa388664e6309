namespace MimHybrid.Agent.Tasks;

/// <summary>A setting of the registered task that is not as we would make it.</summary>
/// <param name="Setting">As the properties of the task call it.</param>
/// <param name="Registered">What is registered.</param>
/// <param name="Expected">What we would register.</param>
/// <param name="Consequence">What comes of it, or what to do, for people.</param>
internal sealed record TaskDifference(string Setting, string Registered, string Expected, string Consequence)
{
    public override string ToString() => $"{Setting} is {Registered}, expected is {Expected}: {Consequence}";
}
