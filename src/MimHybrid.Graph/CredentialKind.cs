namespace MimHybrid.Graph;

/// <summary>What the agent signs in with.</summary>
public enum CredentialKind
{
    ClientSecret,
    Certificate,
    ManagedIdentity,
}
