using System.Security.Cryptography.X509Certificates;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>An application registered in the tenant.</summary>
/// <param name="ClientId">The application's id, a GUID in text.</param>
/// <param name="ClientSecret">Its secret; null for an application with a certificate only.</param>
public sealed record TenantApp(string ClientId, string? ClientSecret)
{
    /// <summary>Every application permission that the tenant's endpoints ask for.</summary>
    public static readonly IReadOnlyList<string> AllRoles = ["User.Read.All", "User.ReadWrite.All", "User.Invite.All", "Mail.Send"];

    /// <summary>The secret's time is over: AADSTS7000222.</summary>
    public bool SecretExpired { get; init; }

    /// <summary>The certificate whose key may sign assertions; the public part is enough.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The application permissions consented to. Without the one it needs a Graph call is answered with 403.</summary>
    public IReadOnlyList<string> Roles { get; init; } = AllRoles;
}
