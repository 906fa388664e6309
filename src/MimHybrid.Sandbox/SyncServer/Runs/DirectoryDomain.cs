namespace MimHybrid.Sandbox.SyncServer.Runs;

/// <summary>The domain of the sandbox's directory.</summary>
internal static class DirectoryDomain
{
    public const string Dns = "sandbox.example";

    /// <summary>The naming context.</summary>
    public const string Partition = "DC=sandbox,DC=example";

    /// <summary>Where accounts of guests are made.</summary>
    public const string Guests = $"OU=Guests,{Partition}";
}
