using MimHybrid.Graph;

namespace MimHybrid.Agent.Checks;

/// <summary>Which program this is, and as whom it looks: rights are those of this account.</summary>
internal sealed class ProgramCheck() : QuickCheck("program")
{
    protected override IEnumerable<Finding> Look(Examined examined) => [Ok($"MimHybrid {Product.Version} as {Caller.Name} on {Environment.MachineName}")];
}
