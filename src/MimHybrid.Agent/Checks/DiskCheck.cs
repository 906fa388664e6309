using MimHybrid.Cycles.Matters;

namespace MimHybrid.Agent.Checks;

/// <summary>Free space where the data folder is.</summary>
internal sealed class DiskCheck() : QuickCheck("disk")
{
    protected override IEnumerable<Finding> Look(CheckContext context) => [Judge(DiskSpace.FreeIn(context.Options.Data))];

    /// <param name="free">Bytes; null when nobody knows.</param>
    public Finding Judge(long? free) => free switch
    {
        null => Skipped("the free space cannot be seen", "look at it where the data folder really is"),
        < DiskSpace.Least => Failed(
            $"{DiskSpace.Words(free.Value)} free", "make room: the agent stops its cycles when it cannot write"),
        < DiskSpace.Enough => Warning($"{DiskSpace.Words(free.Value)} free", "make room before it is used up"),
        _ => Ok($"{DiskSpace.Words(free.Value)} free"),
    };
}
