using System.Globalization;
using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests.Attacks;

/// <summary>
/// Whoever may write in an empty folder can make it a link, without a right to delete or rename it (learn.microsoft.com/openspecs/windows_protocols/ms-fsa, FSCTL_SET_REPARSE_POINT).
/// So they delete what they may delete in it and try at every moment: before each change that an administrator's script makes.
/// </summary>
public sealed class EmptiedFolderAttackTests : IDisposable
{
    private readonly WindowsWorld world = new();
    private readonly Setup setup;
    private readonly string victim;

    public EmptiedFolderAttackTests()
    {
        setup = new Setup(world);
        victim = Directory.CreateDirectory(Path.Combine(world.StateFolder, "victim")).FullName;
        foreach (var name in new[] { "precious", "agent.db", "MimHybrid.folder" }) File.WriteAllText(Path.Combine(victim, name), "precious");
    }

    public void Dispose()
    {
        Assert.Equal(3, Directory.EnumerateFileSystemEntries(victim).Count());
        Assert.All(Directory.EnumerateFiles(victim), file => Assert.Equal("precious", File.ReadAllText(file)));
        Assert.False(world.AccessListOf(victim).IsOwn);
        world.Dispose();
    }

    [Theory]
    [InlineData("Task")]
    [InlineData("Service")]
    public void The_account_cannot_make_the_data_folder_a_link(string runAs)
    {
        world.Before = _ => TryToMakeLink(world.DataFolder, WindowsWorld.SyncUser);

        setup.Install(new() { ["RunAs"] = runAs }).Succeeded();
        setup.Install(new() { ["RunAs"] = runAs, ["OperatorsGroup"] = @"SERVER\MimOperators" }).Succeeded();
        setup.Update(new UnzippedFolder(world, "2.0")).Succeeded();
        setup.Uninstall().Succeeded();
        setup.Install(new() { ["RunAs"] = runAs }).Succeeded();
        setup.Uninstall(new() { ["RemoveData"] = true }).Succeeded();

        Assert.False(Directory.Exists(world.DataFolder));
    }

    [Fact]
    public void Nor_can_it_while_an_installation_is_undone()
    {
        world.Before = _ => TryToMakeLink(world.DataFolder, WindowsWorld.SyncUser);
        world.AgentAnswers("check", 4);

        Assert.NotNull(setup.Install().Failure);

        Assert.False(Directory.Exists(world.DataFolder));
    }

    /// <summary>As everybody may write in a folder that somebody makes by hand in ProgramData.</summary>
    [Theory]
    [InlineData("6:3", false)]
    [InlineData("256:3", false)] // write attributes
    [InlineData("6:3", true)]
    public void Nor_can_users_while_one_that_they_may_write_in_is_closed(string right, bool fails)
    {
        Directory.CreateDirectory(world.DataFolder);
        world.AccessListOf(world.DataFolder).Grant(WindowsWorld.Users, right);
        var before = world.Snapshot();
        if (fails) world.AgentAnswers("check", 4);
        world.Before = change => BesideADeed(change, world.DataFolder);

        var run = setup.Install();

        Assert.Equal(fails, run.Failure is not null);
        if (fails) Assert.Equal(before, world.Snapshot());
    }

    [Theory]
    [InlineData("6:3")]
    [InlineData("256:3")]
    public void Nor_can_they_with_the_program_folder(string right)
    {
        Directory.CreateDirectory(world.ProgramFolder);
        world.AccessListOf(world.ProgramFolder).Grant(WindowsWorld.Users, right);
        world.Before = change => BesideADeed(change, world.ProgramFolder);

        setup.Install().Succeeded();

        Assert.Null(new DirectoryInfo(world.ProgramFolder).LinkTarget);
    }

    /// <summary>Its owner could put a link deep into it while an administrator's script removes it, entry by entry.</summary>
    [Fact]
    public void A_folder_that_the_account_made_in_the_place_of_the_copy_is_not_removed_when_the_update_goes_back()
    {
        setup.Install().Succeeded();
        var made = "";
        world.Before = change =>
        {
            if (!change.StartsWith("make folder before-update-", StringComparison.Ordinal)) return;
            made = Directory.CreateDirectory(Path.Combine(world.DataFolder, change["make folder ".Length..], "deep")).FullName;
            world.AccessListOf(Path.GetDirectoryName(made)!).Owner = WindowsWorld.SyncUser;
        };

        var run = setup.Update(new UnzippedFolder(world, "2.0"));

        Assert.Contains("Somebody else made", run.Failure?.Message, StringComparison.Ordinal);
        Assert.True(Directory.Exists(made));
        Assert.Contains($"{Path.GetDirectoryName(made)} is left", run.Said, StringComparison.Ordinal);
    }

    /// <summary>Earlier, they would be seen; so between the look at a folder and the deed.</summary>
    private void BesideADeed(string change, string folder)
    {
        if (change.StartsWith("rights", StringComparison.Ordinal)) TryToMakeLink(folder, WindowsWorld.Users);
    }

    /// <summary>What lies in a folder inherits the rights that are given to it, and a second name of a file elsewhere would pass them on to that file.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_account_is_not_let_into_a_data_folder_in_which_a_file_has_a_second_name(bool planted)
    {
        if (planted) world.HasKeptData();
        else setup.Install().Succeeded();
        var file = Path.Combine(world.DataFolder, "agent.db-shm");
        void Plant()
        {
            if (!File.Exists(file)) File.WriteAllText(file, "");
            world.SecondNames[file] = @"C:\Program Files\Backup\service.exe";
        }

        if (planted) Plant();
        else world.Before = change => { if (change == "rights MimHybrid" && world.SecondNames.Count == 0) Plant(); }; // while it is closed, and the last moment for it
        var let = false;
        world.Meanwhile = () => let |= May(world.DataFolder, WindowsWorld.SyncUser, 0x2);

        var run = setup.Install(new() { ["OperatorsGroup"] = @"SERVER\MimOperators" });

        Assert.Contains($"{file} is one file under two names", run.Failure?.Message, StringComparison.Ordinal);
        Assert.False(let || May(world.DataFolder, WindowsWorld.SyncUser, 0x2));
    }

    private void TryToMakeLink(string folder, string who)
    {
        if (!Directory.Exists(folder) || new DirectoryInfo(folder).LinkTarget is not null || !May(folder, who, 0x102)) return;
        foreach (var entry in Directory.GetFileSystemEntries(folder).Where(entry => May(entry, who, 0x10000) || May(folder, who, 0x40)))
        {
            if (Directory.Exists(entry)) Directory.Delete(entry, recursive: true);
            else File.Delete(entry);
        }

        if (Directory.GetFileSystemEntries(folder).Length > 0) return;
        Directory.Delete(folder);
        File.CreateSymbolicLink(folder, victim);
    }

    /// <summary>Whether somebody has one of some rights to a path itself; a user has those of Users.</summary>
    private bool May(string path, string who, int right) => AccessList.All(path, world.RightsOf).Select(rule => rule.Split(':'))
        .Any(rule => (rule[0] == who || rule[0] == WindowsWorld.Users) && rule[4] == "0" && (int.Parse(rule[1], CultureInfo.InvariantCulture) & right) != 0);
}
