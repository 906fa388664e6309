using System.Globalization;
using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

/// <summary>
/// Servers whose culture writes times with dots (Finnish), counts years otherwise (Thai, Persian, Arabic), has another I (Turkish), or compares without punctuation (Thai):
/// whatever a machine reads is the same there.
/// </summary>
public sealed class CultureTests : IDisposable
{
    private readonly WindowsWorld world = new();

    public void Dispose() => world.Dispose();

    [Theory]
    [InlineData("fi-FI")]
    [InlineData("da-DK")]
    [InlineData("th-TH")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    public void Everything_is_done_as_anywhere_else(string culture)
    {
        world.Culture = CultureInfo.GetCultureInfo(culture);
        world.Rights["SeBatchLogonRight"] = ["*S-1-5-32-544", "nobody-any-more"];
        var setup = new Setup(world);

        var app = setup.NewApp().Succeeded();
        setup.NewApp(new() { ["Renew"] = true }).Succeeded(); // writes the first certificate's times back
        setup.NewApp(new() { ["RemoveExpired"] = true }).Succeeded();
        setup.Install(new() { ["ClientSecret"] = WindowsWorld.Secure() }).Succeeded();
        setup.Update(new UnzippedFolder(world, "2.0")).Succeeded();

        Assert.Equal(["*S-1-5-32-544", "nobody-any-more", "*" + WindowsWorld.SyncUser], world.Rights["SeBatchLogonRight"]);
        Assert.Matches(@"\.previous-20\d{6}-\d{6}$", Directory.GetDirectories(Path.GetDirectoryName(world.ProgramFolder)!, "*.previous-*").Single());
        Assert.Contains($"valid until {world.Certificates[0].NotAfter.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.", app.Said, StringComparison.Ordinal);
        setup.Uninstall(new() { ["RemoveData"] = true }).Succeeded();
        Assert.Equal(["*S-1-5-32-544", "nobody-any-more"], world.Rights["SeBatchLogonRight"]);
    }

    [Fact]
    public void A_secret_is_one_on_a_Turkish_server_however_its_name_is_written()
    {
        world.Culture = CultureInfo.GetCultureInfo("tr-TR");
        var setup = new Setup(world);
        File.WriteAllText(Path.Combine(setup.First.Root, "appsettings.json"), """{ "GRAPH": { "TENANTID": "t" }, "TELEMETRY": { "AZUREMONITORCONNECTIONSTRING": "s" } }""");

        setup.Install().Succeeded();

        Assert.Contains("private", world.Snapshot(), StringComparison.Ordinal);
    }
}
