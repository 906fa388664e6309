namespace MimHybrid.Graph;

/// <summary>Which tenant is watched.</summary>
public enum GraphSide
{
    /// <summary>The one that the settings name.</summary>
    Tenant,

    /// <summary>The sandbox's; what the settings say of a tenant is not used.</summary>
    Sandbox,
}
