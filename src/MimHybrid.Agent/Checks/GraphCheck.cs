using MimHybrid.Graph;
using MimHybrid.Graph.Delta;

namespace MimHybrid.Agent.Checks;

/// <summary>One cheap delta call: a link from now on, without any users. The cursor in the store is not touched.</summary>
internal sealed class GraphCheck() : Check(CheckName)
{
    public const string CheckName = "graph";

    public override IReadOnlyList<string> Needs => [SettingsCheck.CheckName, SignInCheck.CheckName];

    public override async IAsyncEnumerable<Finding> LookAsync(Examined examined, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var graph = examined.Graph!;
        yield return await graph.GetPageAsync(graph.Links.Latest, cancellationToken) is GraphReply<DeltaPage>.Refusal { Error.Failure: var failure }
            ? Advice.Of(failure, Failed)
            : Ok("the delta query for users is answered");
    }
}
