using MimHybrid.Mim.Results;

namespace MimHybrid.Mim.Cim;

/// <summary>The methods of the one <c>MIIS_Server</c> (README.md#everything-is-text).</summary>
internal sealed class MiisServer(Provider provider)
{
    private static readonly CimTarget Target = new("MIIS_Server", "Name", "MIIS_Server1");

    /// <summary>Removes the runs that ended at or before the time, for good. Operators may.</summary>
    public async Task<ResultWord> ClearRunsAsync(DateTimeOffset endingBefore, CancellationToken cancellationToken)
    {
        var until = new CimArgument("EndingBefore", UtcText.Format(endingBefore));
        return ResultWords.Judge(await provider.InvokeAsync(Target, "ClearRuns", [until], cancellationToken));
    }
}
