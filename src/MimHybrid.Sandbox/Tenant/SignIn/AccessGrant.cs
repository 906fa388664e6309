namespace MimHybrid.Sandbox.Tenant;

/// <summary>What an access token grants.</summary>
/// <param name="ClientId">The application that it was issued to.</param>
/// <param name="Roles">The application permissions in it.</param>
internal sealed record AccessGrant(string ClientId, IReadOnlyList<string> Roles);
