using MimHybrid.Mim.Cim;

namespace MimHybrid.Mim.Tests.Contract;

/// <summary>The contract, asked of a real synchronization service where there is one; elsewhere each test is skipped and says why.</summary>
public sealed class MicrosoftCimConnectionKeepsTheContract : CimConnectionRunContract
{
    protected override (string ManagementAgent, string RunProfile)? Runnable => CimTestServer.Runnable;

    protected override (string ManagementAgent, string RunProfile)? Lasting => CimTestServer.Lasting;

    protected override async Task<ICimConnection> ConnectAsync()
    {
        // A host that was named is there to be asked: whatever fails then is a failure.
        if (CimTestServer.HostName is { } host)
            return new MicrosoftCimConnection(new SyncServerSettings { ComputerName = host });

        Assert.SkipUnless(OperatingSystem.IsWindows(), $"No synchronization service here: this is not Windows, and {CimTestServer.Host} is not set.");
        var local = new MicrosoftCimConnection(new SyncServerSettings());
        Assert.SkipUnless(await IsInstalledAsync(local), $"No synchronization service on this computer, and {CimTestServer.Host} is not set.");
        return local;
    }

    private static async Task<bool> IsInstalledAsync(MicrosoftCimConnection connection)
    {
        try
        {
            await connection.QueryAsync("SELECT Name FROM MIIS_Server", TestEnd);
            return true;
        }
        catch (CimConnectionException exception) when (exception.Failure is CimFailure.InvalidNamespace or CimFailure.InvalidClass)
        {
            return false;
        }
    }
}
