using System.Collections.Concurrent;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>The applications of the tenant. They can be changed while it runs: a secret expires, a consent is taken away.</summary>
public sealed class AppRegistry
{
    private readonly ConcurrentDictionary<string, TenantApp> apps = new(StringComparer.OrdinalIgnoreCase);

    internal AppRegistry(IEnumerable<TenantApp> apps)
    {
        foreach (var app in apps)
            Register(app);
    }

    /// <summary>Adds an application, or replaces the one of the same id. Access tokens given out before keep what they grant.</summary>
    public void Register(TenantApp app) => apps[app.ClientId] = app;

    public TenantApp? Find(string clientId) => apps.GetValueOrDefault(clientId);
}
