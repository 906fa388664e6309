using MimHybrid.Mim.Cim;

namespace MimHybrid.Mim.Tests.Cim;

public sealed class MicrosoftCimConnectionTests
{
    [Fact]
    public async Task Where_there_is_no_native_library_the_first_call_says_so_in_one_sentence()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has the library.");
        using var connection = new MicrosoftCimConnection(new SyncServerSettings());

        var exception = await Assert.ThrowsAsync<CimConnectionException>(
            () => connection.QueryAsync("SELECT * FROM MIIS_ManagementAgent", TestContext.Current.CancellationToken));

        Assert.Equal(CimFailure.NoNativeLibrary, exception.Failure);
        Assert.Contains("Windows", exception.Message, StringComparison.Ordinal);
    }
}
