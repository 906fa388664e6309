using System.Text.Json.Serialization;

namespace MimHybrid.Sandbox.SyncServer.Spaces;

internal enum Modification
{
    Add,
    Update,
    Delete,
}

/// <summary>A change that waits: staged by an import, or to be exported.</summary>
/// <param name="Kind">What kind of change.</param>
/// <param name="Image">All attributes after the change; null for a delete.</param>
internal sealed record PendingChange(Modification Kind, PersonAttributes? Image);

/// <summary>An export of this object has failed and is tried again with each export.</summary>
internal sealed record ExportFailure(DateTimeOffset FirstOccurred, int RetryCount);

/// <summary>One object of a connector space, which stands for one object of the connected system.</summary>
internal sealed class ConnectorSpaceObject
{
    public required Guid Id { get; init; }

    public required string Dn { get; init; }

    /// <summary>The connected system's key; null until an export has created the object there.</summary>
    public string? Anchor { get; set; }

    /// <summary>The attributes as last imported and synchronized; null before the first time.</summary>
    public PersonAttributes? Hologram { get; set; }

    /// <summary>Staged by an import, waiting for a synchronization.</summary>
    public PendingChange? PendingImport { get; set; }

    /// <summary>Waiting for an export.</summary>
    public PendingChange? PendingExport { get; set; }

    /// <summary>Exported and not seen in an import since.</summary>
    public PendingChange? Unconfirmed { get; set; }

    public ExportFailure? ExportFailure { get; set; }

    /// <summary>The metaverse object this is a connector of; null for a disconnector.</summary>
    public Guid? MetaverseId { get; set; }

    /// <summary>A disconnector that the connector filter keeps out.</summary>
    public bool IsFiltered { get; set; }

    /// <summary>A run is still to come that does something with it. What the directory refused may wait for ever.</summary>
    [JsonIgnore]
    public bool IsWaiting => PendingImport is not null || Unconfirmed is not null || (PendingExport is not null && ExportFailure is null);

    /// <summary>What the connected system holds as far as the server knows, newest first: an import clears what was unconfirmed.</summary>
    [JsonIgnore]
    public PersonAttributes? Believed => Unconfirmed?.Image ?? PendingImport?.Image ?? Hologram;
}
