using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

/// <summary>A password, a client secret and a token are in no stream, no error, no command line and no file, but for the settings file that needs the secret.</summary>
public sealed class SecrecyTests : ScriptTest
{
    [Theory]
    [InlineData("Task")]
    [InlineData("Service")]
    public void Of_an_installation_an_update_and_an_uninstallation(string runAs)
    {
        var given = new System.Management.Automation.PSCredential("MIMSyncUser", WindowsWorld.Secure());

        Silent(setup.Install(new() { ["RunAs"] = runAs, ["Credential"] = given, ["Verbose"] = true, ["Debug"] = true }).Succeeded());
        Silent(setup.Update(new UnzippedFolder(world, "2.0"), new() { ["Verbose"] = true }).Succeeded());
        Silent(setup.Uninstall(new() { ["Verbose"] = true }).Succeeded());
    }

    [Fact]
    public void Of_an_installation_that_fails_with_the_password_in_its_hands()
    {
        using var other = new WindowsWorld();
        new Setup(other).Install().Succeeded();
        world.FailAt = other.Changes.FindIndex(change => change.StartsWith("register task", StringComparison.Ordinal)) + 1;

        var run = setup.Install(new() { ["Verbose"] = true });

        Assert.Contains("register task", run.Failure!.Message, StringComparison.Ordinal);
        Silent(run);
    }

    [Fact]
    public void Of_a_client_secret()
    {
        var run = setup.Install(new() { ["ClientSecret"] = WindowsWorld.Secure(), ["Verbose"] = true }).Succeeded();

        Silent(run, Path.Combine(world.ProgramFolder, "appsettings.json"));
    }

    [Fact]
    public void Of_a_token()
    {
        var run = setup.NewApp(new() { ["Verbose"] = true, ["Debug"] = true }).Succeeded();
        world.Entra.Broken = "Get ";
        var failed = setup.NewApp(new() { ["Verbose"] = true });

        Assert.NotNull(failed.Failure);
        foreach (var one in new[] { run, failed })
        {
            Assert.DoesNotContain(EntraTenant.Token, one.Said + one.Failure, StringComparison.Ordinal);
            Assert.DoesNotContain("device-code", one.Said + one.Failure, StringComparison.Ordinal);
        }
    }

    private void Silent(ScriptRun run, string? allowedFile = null)
    {
        Assert.DoesNotContain(WindowsWorld.Password, run.Said + run.Failure + string.Join(' ', run.Output), StringComparison.Ordinal);
        Assert.DoesNotContain(world.Changes, change => change.Contains(WindowsWorld.Password, StringComparison.Ordinal));
        var files = Directory.EnumerateFiles(Path.GetDirectoryName(world.StateFolder)!, "*", SearchOption.AllDirectories).Where(file => file != allowedFile);
        Assert.All(files, file => Assert.DoesNotContain(WindowsWorld.Password, File.ReadAllText(file), StringComparison.Ordinal));
    }
}
