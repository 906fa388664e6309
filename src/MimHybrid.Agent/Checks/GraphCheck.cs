using MimHybrid.Graph;
using MimHybrid.Graph.Delta;

namespace MimHybrid.Agent.Checks;

/// <summary>One cheap delta call: a link from now on, without any users. The cursor in the store is not touched.</summary>
internal sealed class GraphCheck() : Check(CheckName)
{
    public const string CheckName = "graph";

    public override IReadOnlyList<string> Needs => [SettingsCheck.CheckName, SignInCheck.CheckName];

    public override async Task<IReadOnlyList<Finding>> LookAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var graph = context.Graph!;
        var reply = await graph.GetPageAsync(graph.Links.Latest, cancellationToken);
        return
        [
            reply is GraphReply<DeltaPage>.Refusal { Error.Failure: var failure }
                ? Advice.Of(failure, Failed)
                : Ok("the delta query for users is answered"),
        ];
    }
}
