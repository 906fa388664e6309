using Microsoft.Extensions.Time.Testing;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Sandbox.Tests.Tenant;

/// <summary>A tenant with a clock that stands still, and a client of it.</summary>
internal sealed class RunningTenant : IAsyncDisposable
{
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
        var time = clock ?? new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));
        return new RunningTenant(await SandboxTenant.StartAsync(options ?? new SandboxTenantOptions(), time, TestContext.Current.CancellationToken), time);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Tenant.DisposeAsync();
    }
}
