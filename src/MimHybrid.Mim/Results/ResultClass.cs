namespace MimHybrid.Mim.Results;

/// <summary>What a result word asks of whoever started the run, from best to worst (README.md#the-classes-of-result-words).</summary>
public enum ResultClass
{
    /// <summary>Done; go on.</summary>
    Success,

    /// <summary>The step finished and found something worth reading; usually go on.</summary>
    Findings,

    /// <summary>Not a result yet; ask again.</summary>
    StillRunning,

    /// <summary>A passing cause; wait and try the same again, a bounded number of times.</summary>
    TryAgain,

    /// <summary>A delta import cannot work; run the full import profile instead.</summary>
    RunFullImport,

    /// <summary>Somebody stopped the run, or our own stop did; end the cycle and do not fight it.</summary>
    StoppedByPerson,

    /// <summary>Trying again changes nothing; somebody must act.</summary>
    NeedsPerson,
}
