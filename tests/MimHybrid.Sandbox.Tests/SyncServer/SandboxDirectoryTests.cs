using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Sandbox.SyncServer.State;
using MimHybrid.Sandbox.Tests.SyncServer.Fixtures;

namespace MimHybrid.Sandbox.Tests.SyncServer;

public sealed class SandboxDirectoryTests(LoopbackGraph graph) : IDisposable
{
    private const string Admin = "CN=Admin,DC=sandbox,DC=example";

    private readonly SyncServerDriver driver = new(graph);

    private SandboxDirectory Accounts => driver.Server.Directory;

    public void Dispose() => driver.Dispose();

    [Fact]
    public async Task Every_change_is_told_with_who_did_it()
    {
        List<string> told = [];
        Accounts.AccountChanged += (_, change) =>
            told.Add($"{change.Kind} {change.Account.DisplayName}" + (change.ByHand ? " by hand" : ""));
        var ada = driver.Tenant.Invite("Ada");
        await driver.FullSequenceAsync();
        driver.Tenant.Set(ada, "surname", "King");
        await driver.ChangeDrivenSequenceAsync();
        driver.Tenant.Delete(ada);
        await driver.ChangeDrivenSequenceAsync();
        Accounts.CreateByHand(new DirectoryAccount { DistinguishedName = Admin, DisplayName = "Admin" });
        Accounts.ChangeByHand(Admin, account => account with { DisplayName = "Root" });
        Accounts.DeleteByHand(Admin);

        Assert.Equal(
            ["Created Ada", "Changed Ada", "Deleted Ada", "Created Admin by hand", "Changed Root by hand", "Deleted Root by hand"], told);
    }

    [Fact]
    public void A_name_is_given_once()
    {
        Assert.True(Accounts.CreateByHand(new DirectoryAccount { DistinguishedName = Admin, SamAccountName = "admin" }));

        Assert.False(Accounts.CreateByHand(new DirectoryAccount { DistinguishedName = Admin.ToLowerInvariant() }));
        Assert.False(Accounts.CreateByHand(new DirectoryAccount { DistinguishedName = "CN=Other", SamAccountName = "ADMIN" }));
        Assert.Single(Accounts.Accounts);
    }

    [Fact]
    public void What_is_not_there_can_be_neither_changed_nor_deleted()
    {
        Assert.False(Accounts.DeleteByHand(Admin));
        Assert.False(Accounts.ChangeByHand(Admin, account => account));
    }

    [Fact]
    public void A_change_keeps_the_identity_and_moves_the_dates()
    {
        Accounts.CreateByHand(new DirectoryAccount { DistinguishedName = Admin });
        var before = Accounts.Accounts[0];
        driver.Time.Advance(TimeSpan.FromHours(1));

        Accounts.ChangeByHand(Admin, account => account with { ObjectGuid = Guid.Empty, Mail = "new" });

        var after = Accounts.Accounts[0];
        Assert.Equal((before.ObjectGuid, before.WhenCreated, "new"), (after.ObjectGuid, after.WhenCreated, after.Mail));
        Assert.Equal(driver.Time.GetUtcNow(), after.WhenChanged);
        Assert.True(after.UsnChanged > before.UsnChanged);
    }
}
