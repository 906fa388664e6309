using Microsoft.Extensions.Time.Testing;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Sandbox.Tests.Tenant;

/// <summary>A tenant with a clock that stands still, and a client of it.</summary>
internal sealed class RunningTenant : IAsyncDisposable
{
    /// <summary>When the tests' day begins.</summary>
    public static readonly DateTimeOffset Morning = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private RunningTenant(SandboxTenant tenant, FakeTimeProvider clock)
    {
        (Tenant, Clock) = (tenant, clock);
        Client = new TenantClient(tenant);
    }

    public SandboxTenant Tenant { get; }

    public FakeTimeProvider Clock { get; }

    public TenantClient Client { get; }

    public TenantDirectory Directory => Tenant.Directory;

    public static async Task<RunningTenant> StartAsync(SandboxTenantOptions? options = null, FakeTimeProvider? clock = null)
    {
        var time = clock ?? new FakeTimeProvider(Morning);
        var tenant = await SandboxTenant.StartAsync(options ?? new SandboxTenantOptions(), time, TestContext.Current.CancellationToken);
        return new RunningTenant(tenant, time);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Tenant.DisposeAsync();
    }
}
