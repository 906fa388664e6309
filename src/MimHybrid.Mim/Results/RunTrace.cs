namespace MimHybrid.Mim.Results;

/// <summary>What a result word says of the run that was asked for (README.md#refused-starts).</summary>
public enum RunTrace
{
    /// <summary>There was a run, and this is how it ended or how it is.</summary>
    Run,

    /// <summary>MIM refused the start: whatever the history shows, this call started nothing.</summary>
    Refused,

    /// <summary>MIM was never asked to start it.</summary>
    NotAsked,

    /// <summary>The call broke or brought nothing, so that the word says nothing of the run: it may have run, and may still run.</summary>
    Unknown,
}
