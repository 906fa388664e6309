using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

/// <summary>Where Windows keeps the private key of a certificate, which may be an old one, of a provider that knows nothing of CNG.</summary>
public sealed class KeyFileTests : ScriptTest
{
    [Theory]
    [InlineData("@{ Key = [pscustomobject] @{ UniqueName = 'abc' } }", "Crypto/Keys/abc")]
    [InlineData("@{ CspKeyContainerInfo = [pscustomobject] @{ UniqueKeyContainerName = 'abc' } }", "Crypto/RSA/MachineKeys/abc")]
    public void A_key_of_CNG_and_one_of_an_older_provider_have_their_own_folders(string key, string expected) =>
        Assert.EndsWith(expected, Run($"([pscustomobject] {key})").Succeeded().Result.ToString().Replace('\\', '/'), StringComparison.Ordinal);

    /// <summary>An elliptic curve, or a key in a chip.</summary>
    [Theory]
    [InlineData("$null")]
    [InlineData("([pscustomobject] @{ KeySize = 256 })")]
    public void A_key_that_is_in_no_file_is_said_to_be_none(string key) =>
        Assert.StartsWith("The certificate CN=MimHybrid has no RSA key in a file of this computer", Run(key).Failure?.Message, StringComparison.Ordinal);

    private ScriptRun Run(string key)
    {
        var script = Path.Combine(world.StateFolder, "key.ps1");
        File.WriteAllText(script, $"Import-Module '{setup.First.Script("MimHybrid.psm1")}'; Get-KeyFile -Key {key} -Of 'CN=MimHybrid' -ProgramData '{world.StateFolder}'");
        return ScriptRun.Of(world, script, []);
    }
}
