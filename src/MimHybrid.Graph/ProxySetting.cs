using System.Net;

namespace MimHybrid.Graph;

/// <summary>A proxy as the settings name one.</summary>
public static class ProxySetting
{
    /// <summary>It is offered the account's own sign-in. Null where the setting is empty: then it is the system's, or none.</summary>
    /// <param name="address">The setting's value.</param>
    public static IWebProxy? Of(string? address) =>
        address is { Length: > 0 } ? new WebProxy(address) { UseDefaultCredentials = true } : null;
}
