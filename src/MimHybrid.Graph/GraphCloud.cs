namespace MimHybrid.Graph;

/// <summary>The Microsoft clouds that have users/delta (README.md#clouds-and-tenants).</summary>
public enum GraphCloud
{
    /// <summary>The public cloud, GCC included.</summary>
    Global,

    /// <summary>US Government L4, also called GCC High.</summary>
    UsGovL4,

    /// <summary>US Government L5, also called DoD.</summary>
    UsGovL5,

    /// <summary>China, operated by 21Vianet.</summary>
    China,
}
