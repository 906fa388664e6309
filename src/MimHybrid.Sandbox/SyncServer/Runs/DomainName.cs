namespace MimHybrid.Sandbox.SyncServer.Runs;

/// <summary>The domain in which a container lies.</summary>
internal static class DomainName
{
    /// <summary>The naming context, e.g. <c>DC=sandbox,DC=example</c>.</summary>
    public static string Partition(string container) => string.Join(',', Components(container));

    /// <summary>The DNS name, e.g. <c>sandbox.example</c>.</summary>
    public static string Dns(string container) => string.Join('.', Components(container).Select(component => component[3..]));

    private static IEnumerable<string> Components(string container) =>
        container.Split(',', StringSplitOptions.TrimEntries).Where(part => part.StartsWith("DC=", StringComparison.OrdinalIgnoreCase));
}
