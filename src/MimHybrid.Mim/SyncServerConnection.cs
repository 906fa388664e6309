namespace MimHybrid.Mim;

/// <summary>Which side of <see cref="Cim.ICimConnection"/> is used.</summary>
public enum SyncServerConnection
{
    /// <summary>A real synchronization service, over CIM. Windows only.</summary>
    Cim,

    /// <summary>The sandbox's synchronization service.</summary>
    Sandbox,
}
