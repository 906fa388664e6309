using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

/// <summary>What lies in the program folder is run with an administrator's rights and with the agent's. Nobody else may change it, on a drive of any rights.</summary>
public sealed class ProtectionTests : ScriptTest
{
    private const string Modify = "1245631";
    private const string DeleteWhatIsInside = "64";

    private string Above => Path.GetDirectoryName(world.ProgramFolder)!;

    private string Unfinished => world.ProgramFolder + ".unfinished";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void On_every_drive_the_program_folder_has_the_rights_of_Program_Files(bool another)
    {
        if (another) world.IsOnAnotherDrive();

        setup.Install().Succeeded();

        AssertOnlyAdministratorsMayChange(world.ProgramFolder);
    }

    [Fact]
    public void A_folder_that_was_made_for_it_is_closed_too()
    {
        world.IsOnAnotherDrive();
        Directory.CreateDirectory(world.ProgramFolder);
        world.AccessListOf(world.ProgramFolder).Grant(WindowsWorld.Stranger, Modify + ":3");

        setup.Install().Succeeded();

        AssertOnlyAdministratorsMayChange(world.ProgramFolder);
    }

    [Fact]
    public void So_is_the_new_folder_of_an_update()
    {
        world.IsOnAnotherDrive();
        setup.Install().Succeeded();
        var changes = world.Changes.Count;

        setup.Update(new UnzippedFolder(world, "2.0")).Succeeded();

        AssertOnlyAdministratorsMayChange(world.ProgramFolder);
        Assert.Contains("make folder MimHybrid", world.Changes.Skip(changes));
    }

    /// <summary>The next run does what is noted there.</summary>
    [Fact]
    public void So_is_the_folder_of_the_journal_before_anything_is_noted()
    {
        world.IsOnAnotherDrive();
        var seen = "";
        world.Before = change => seen = change == "make folder MimHybrid" ? world.RightsOf(Unfinished).ToString() : seen;

        setup.Install().Succeeded();

        Assert.Equal("S-1-5-32-544 protected S-1-5-18:2032127:3:Allow S-1-5-32-544:2032127:3:Allow", seen);
    }

    [Theory]
    [InlineData(WindowsWorld.Users, Modify + ":3:Allow")] // the folder above itself can be renamed
    [InlineData("S-1-5-11", DeleteWhatIsInside + ":0:Allow")]
    [InlineData("S-1-1-0", "262144:0:Allow")] // change rights
    [InlineData("S-1-5-4", "524288:0:Allow")] // take ownership
    [InlineData("S-1-5-21-1000-1000-1000-513", "268435456:0:Allow")] // the generic right to all, for Domain Users
    public void Where_ordinary_users_could_put_another_folder_in_its_place_nothing_is_installed(string who, string right)
    {
        world.AccessListOf(Above).Rules.Add($"{who}:{right}");

        Refused(() => setup.Install(), "could put something else in the place of " + world.ProgramFolder);
    }

    [Fact]
    public void A_folder_above_that_is_still_to_be_made_would_inherit()
    {
        world.AccessListOf(Above).Rules.Add($"{WindowsWorld.Users}:{Modify}:3:Allow:2");

        Refused(() => setup.Install(new() { ["ProgramFolder"] = Path.Combine(Above, "New", "MimHybrid") }), "could put something else in the place of");
    }

    [Fact]
    public void What_the_folder_above_only_passes_on_does_no_harm()
    {
        world.AccessListOf(Above).Rules.Add($"{WindowsWorld.Users}:{Modify}:3:Allow:2");

        setup.Install().Succeeded();

        AssertOnlyAdministratorsMayChange(world.ProgramFolder);
    }

    [Fact]
    public void The_data_folder_is_seen_to_likewise()
    {
        world.AccessListOf(Path.GetDirectoryName(world.DataFolder)!).Rules.Add($"{WindowsWorld.Users}:{DeleteWhatIsInside}:0:Allow");

        Refused(() => setup.Install(), "could put something else in the place of " + world.DataFolder);
    }

    [Fact]
    public void A_single_account_that_could_is_pointed_out()
    {
        world.AccessListOf(Above).Rules.Add($"{WindowsWorld.Operators}:{Modify}:0:Allow");

        var run = setup.Install().Succeeded();

        Assert.Contains(@"SERVER\MimOperators may rename or delete what is in", run.Said, StringComparison.Ordinal);
    }

    /// <summary>All three run what is in it, as an administrator.</summary>
    [Theory]
    [InlineData("install", "2:3")] // make files
    [InlineData("update", "4:3")] // make folders
    [InlineData("uninstall", "1073741824:3")] // the generic right to write
    public void What_somebody_else_may_have_changed_is_not_run(string script, string right)
    {
        setup.Install().Succeeded();
        world.AccessListOf(world.ProgramFolder).Grant(WindowsWorld.Stranger, right);
        var newer = new UnzippedFolder(world, "2.0");
        var asked = world.AgentAsked.Count;

        Refused(() => script switch { "install" => setup.Install(), "update" => setup.Update(newer), _ => setup.Uninstall() }, @"SERVER\Stranger may change what is in");

        Assert.Equal(asked, world.AgentAsked.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".unfinished")]
    public void A_folder_that_a_stranger_made_in_advance_is_not_taken(string ending)
    {
        Directory.CreateDirectory(world.ProgramFolder + ending);
        world.AccessListOf(world.ProgramFolder + ending).Owner = WindowsWorld.Stranger;

        Refused(() => setup.Install(), @"belongs to SERVER\Stranger");
    }

    /// <summary>A folder is looked at by its path. That is enough where nobody else can put another one in its place, which its rights say, and those of each folder above.</summary>
    [Theory]
    [InlineData("install")]
    [InlineData("update")]
    [InlineData("uninstall")]
    [InlineData("app")]
    public void Each_folder_and_those_above_it_are_judged_before_anything_is_done(string script)
    {
        if (script != "install") setup.Install().Succeeded();
        var newer = new UnzippedFolder(world, "2.0");
        HashSet<string>? judged = null;
        world.Judged.Clear();
        world.Before = _ => judged ??= [.. world.Judged];

        (script switch { "install" => setup.Install(), "update" => setup.Update(newer), "uninstall" => setup.Uninstall(), _ => setup.NewApp() }).Succeeded();

        List<string> used = [world.ProgramFolder];
        if (script != "app") used.Add(world.DataFolder);
        if (script == "install") used.Add(setup.First.Root);
        if (script == "update") used.Add(newer.Root);
        Assert.Empty(used.SelectMany(Folders).Except(judged!));
    }

    [Theory]
    [InlineData("update")]
    [InlineData("uninstall")]
    public void The_folders_above_the_data_are_judged_again_by_each_script_that_uses_them(string script)
    {
        setup.Install().Succeeded();
        world.AccessListOf(Path.GetDirectoryName(world.DataFolder)!).Rules.Add($"{WindowsWorld.Users}:{DeleteWhatIsInside}:0:Allow");
        var newer = new UnzippedFolder(world, "2.0");

        Refused(() => script == "update" ? setup.Update(newer) : setup.Uninstall(), "could put something else in the place of " + world.DataFolder);
    }

    [Fact]
    public void A_journal_that_somebody_else_could_write_is_not_obeyed()
    {
        world.IsOnAnotherDrive();
        Directory.CreateDirectory(Unfinished);
        File.WriteAllText(Path.Combine(Unfinished, "journal"), """{"Say":"removed the data","Command":"Remove-Folder","With":{"Path":"C:\\Windows"}}""");

        Refused(() => setup.Install(), @"BUILTIN\Users may change what is in " + Unfinished);
    }

    [Fact]
    public void What_somebody_puts_into_a_folder_while_it_is_made_is_seen()
    {
        world.IsOnAnotherDrive();
        world.Before = change =>
        {
            if (change == "make folder MimHybrid") File.WriteAllText(Path.Combine(Directory.CreateDirectory(world.ProgramFolder).FullName, "version.dll"), "planted");
        };

        var run = setup.Install();

        Assert.Contains("Somebody else made", run.Failure?.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(world.Executable));
    }

    private void AssertOnlyAdministratorsMayChange(string folder)
    {
        var list = world.RightsOf(folder);
        Assert.True(list.Protected);
        Assert.Equal(["S-1-5-18:2032127:3:Allow", "S-1-5-32-544:2032127:3:Allow", "S-1-5-32-545:1179817:3:Allow", WindowsWorld.SyncUser + ":1179817:3:Allow"], list.Rules);
    }

    private static IEnumerable<string> Folders(string path)
    {
        for (string? above = Path.GetDirectoryName(path); above is not null; above = Path.GetDirectoryName(above)) yield return above;
    }

    private void Refused(Func<ScriptRun> script, string because)
    {
        var before = world.Snapshot();

        var run = script();

        Assert.Contains(because, run.Failure?.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was changed.", run.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(before, world.Snapshot());
    }
}
