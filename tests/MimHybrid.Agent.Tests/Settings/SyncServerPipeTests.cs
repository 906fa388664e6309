using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Settings;
using MimHybrid.Sandbox.Rehearsals;

namespace MimHybrid.Agent.Tests.Settings;

/// <summary>The pretend sync server in another process: what its setting may be, and beside what.</summary>
[Collection(OwnEnvironment.Name)]
public sealed class SyncServerPipeTests : IDisposable
{
    private readonly OpenPipe open = new();

    [Fact]
    public void With_a_tenant_elsewhere_it_is_allowed_and_needs_no_secret()
    {
        Assert.Empty(Errors(sandbox: false));
        Assert.StartsWith("SyncServer:Connection is 'Sandbox'; with a real tenant", Assert.Single(Errors(sandbox: false, pipe: "")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("mass-removal")]
    public void With_the_sandbox_s_own_tenant_and_in_a_rehearsal_it_is_refused(string? rehearsal) => Assert.StartsWith(
        "Sandbox:SyncServerPipe is set; allowed is that only with a tenant that is not", Assert.Single(Errors(sandbox: true, rehearsal: rehearsal)), StringComparison.Ordinal);

    [Fact]
    public void What_can_be_no_pipe_is_refused() => Assert.StartsWith(
        @"Sandbox:SyncServerPipe is 'a/b\c'; allowed is the name of a pipe", Assert.Single(Errors(sandbox: false, pipe: @"a/b\c")), StringComparison.Ordinal);

    [Fact]
    public void One_agent_at_a_time_has_it_as_one_has_a_real_one()
    {
        var settings = Bind(sandbox: false, open.Name, rehearsal: null).Settings;
        var (taken, hold) = SyncServerLock.TryTake(settings);
        using (hold)
        {
            Assert.True(taken);
            Assert.False(SyncServerLock.TryTake(settings).Taken);
        }
    }

    public void Dispose() => open.Dispose();

    private IReadOnlyList<string> Errors(bool sandbox, string? pipe = null, string? rehearsal = null) =>
        Bind(sandbox, pipe ?? open.Name, rehearsal).Errors;

    private static (LoadedSettings Settings, IReadOnlyList<string> Errors) Bind(bool sandbox, string pipe, string? rehearsal)
    {
        SetValue[] set =
        [
            new("Graph:TenantId", "contoso.example"), new("Graph:ClientId", "5ed8cf2d-2c34-4f69-a5f9-5b5a3a6f5a01"),
            new("Graph:CertificateThumbprint", "0123456789ABCDEF0123456789ABCDEF01234567"),
            new("SyncServer:Connection", "Sandbox"), new("Sandbox:SyncServerPipe", pipe),
        ];
        var options = new CommonValues("/data", Config: null, sandbox, rehearsal is null ? null : Rehearsal.Find(rehearsal)!, set);
        return SettingsLoader.Bind(SettingsLayers.Read(options), options);
    }
}
