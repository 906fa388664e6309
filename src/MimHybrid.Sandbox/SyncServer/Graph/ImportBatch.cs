using MimHybrid.Sandbox.SyncServer.Spaces;

namespace MimHybrid.Sandbox.SyncServer.Graph;

/// <summary>What an import read from a connected system.</summary>
/// <param name="Entries">In the order read.</param>
/// <param name="IsComplete">Everything there is: what is not in it, is gone.</param>
/// <param name="Watermark">From where the next delta import reads.</param>
internal sealed record ImportBatch(IReadOnlyList<ImportEntry> Entries, bool IsComplete, string Watermark);

/// <summary>One object as the connected system shows it.</summary>
/// <param name="Anchor">Its key.</param>
/// <param name="Dn">Its name.</param>
/// <param name="Image">Its attributes; null when it was deleted.</param>
internal sealed record ImportEntry(string Anchor, string Dn, PersonAttributes? Image);

/// <summary>What came of reading a connected system.</summary>
internal abstract record ImportReading
{
    public sealed record Complete(ImportBatch Batch) : ImportReading;

    /// <param name="Result">The run's result word.</param>
    /// <param name="ConnectionResult">The run history's word for the connection.</param>
    public sealed record Failed(string Result, string ConnectionResult) : ImportReading;
}
