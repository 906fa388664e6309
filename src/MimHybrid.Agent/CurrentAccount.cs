namespace MimHybrid.Agent;

/// <summary>Who runs this process, as DOMAIN\user.</summary>
internal static class CurrentAccount
{
    public static string Name { get; } = $@"{Environment.UserDomainName}\{Environment.UserName}";
}
