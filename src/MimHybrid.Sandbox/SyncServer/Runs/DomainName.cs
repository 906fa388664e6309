namespace MimHybrid.Sandbox.SyncServer.Runs;

/// <summary>The domain in which a container lies.</summary>
/// <param name="Partition">The naming context, e.g. <c>DC=sandbox,DC=example</c>.</param>
/// <param name="Dns">The DNS name, e.g. <c>sandbox.example</c>.</param>
internal sealed record DomainName(string Partition, string Dns)
{
    public static DomainName Of(string container)
    {
        string[] components =
        [
            .. container.Split(',', StringSplitOptions.TrimEntries)
                .Where(part => part.StartsWith("DC=", StringComparison.OrdinalIgnoreCase)),
        ];
        return new DomainName(string.Join(',', components), string.Join('.', components.Select(component => component["DC=".Length..])));
    }
}
