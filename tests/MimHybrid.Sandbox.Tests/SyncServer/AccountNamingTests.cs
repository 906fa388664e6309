using MimHybrid.Sandbox.Tests.SyncServer.Fixtures;

namespace MimHybrid.Sandbox.Tests.SyncServer;

public sealed class AccountNamingTests(LoopbackGraph graph) : IDisposable
{
    private readonly SyncServerDriver driver = new(graph);

    public void Dispose() => driver.Dispose();

    [Fact]
    public async Task Two_guests_of_one_name_get_two_accounts()
    {
        driver.Tenant.Invite("Ada Lovelace");
        driver.Tenant.Invite("Ada Lovelace");
        driver.Tenant.Invite("ada lovelace");

        await driver.FullSequenceAsync();

        var accounts = driver.Server.Directory.Accounts;
        Assert.Equal(
            ["CN=Ada Lovelace 2", "CN=ada lovelace 3", "CN=Ada Lovelace"],
            accounts.Select(account => account.DistinguishedName.Split(',')[0]));
        Assert.Equal(["ada.lovelace", "ada.lovelace2", "ada.lovelace3"], accounts.Select(account => account.SamAccountName).Order());
    }

    [Fact]
    public async Task A_guest_without_a_name_is_named_by_mail()
    {
        driver.Tenant.Set(driver.Tenant.Invite("Ada Lovelace"), "displayName", null);

        await driver.FullSequenceAsync();

        Assert.StartsWith("CN=ada.lovelace@partner.example,", driver.Server.Directory.Accounts[0].DistinguishedName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_without_name_and_mail_gets_an_account_all_the_same()
    {
        var id = driver.Tenant.Invite("Ada Lovelace");
        driver.Tenant.Set(id, "displayName", " ");
        driver.Tenant.Set(id, "mail", null);

        await driver.FullSequenceAsync();

        var account = Assert.Single(driver.Server.Directory.Accounts);
        Assert.Equal(("CN=Guest", "guest"), (account.DistinguishedName.Split(',')[0], account.SamAccountName));
    }

    [Theory]
    [InlineData("Hopper, Grace", @"CN=Hopper\, Grace,")]
    [InlineData("#1 \"fan\" <a+b=c;d\\e>", @"CN=\#1 \""fan\"" \<a\+b\=c\;d\\e\>,")]
    [InlineData("line\nbreak\u0001", "CN=linebreak,")]
    public async Task Characters_with_a_meaning_in_names_are_escaped(string displayName, string expected)
    {
        driver.Tenant.Set(driver.Tenant.Invite("x"), "displayName", displayName);

        await driver.FullSequenceAsync();

        Assert.StartsWith(expected, driver.Server.Directory.Accounts[0].DistinguishedName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_names_are_cut_to_the_directory_s_limits_also_when_numbered()
    {
        var name = new string('x', 100);
        driver.Tenant.Invite(name);
        driver.Tenant.Invite(name);

        await driver.FullSequenceAsync();

        var accounts = driver.Server.Directory.Accounts;
        Assert.All(accounts, account => Assert.Equal(64 + "CN=".Length, account.DistinguishedName.Split(',')[0].Length));
        Assert.All(accounts, account => Assert.Equal(20, account.SamAccountName!.Length));
        Assert.Equal(2, accounts.Select(account => account.SamAccountName).Distinct().Count());
    }
}
