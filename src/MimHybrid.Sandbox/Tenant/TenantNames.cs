namespace MimHybrid.Sandbox.Tenant;

/// <summary>What the sandbox's tenant is called.</summary>
internal static class TenantNames
{
    /// <summary>The organization, in messages.</summary>
    public const string Organization = "Contoso";

    /// <summary>The domain of user principal names. The token endpoint takes it in place of the tenant's id.</summary>
    public const string InitialDomain = "sandboxtenant.onmicrosoft.com";
}
