using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests.Attacks;

/// <summary>An ordinary user who can write where the archive was unpacked wants a file of theirs to run as an administrator or as the agent.</summary>
public sealed class ArchiveAttackTests : ScriptTest
{
    [Fact]
    public void A_library_put_beside_the_program_after_the_check_is_not_installed()
    {
        InTheMidst(() => File.WriteAllText(In("version.dll"), "planted"));

        setup.Install().Succeeded();

        Assert.False(File.Exists(Path.Combine(world.ProgramFolder, "version.dll")));
    }

    [Theory]
    [InlineData("mimhybrid.exe")]
    [InlineData("scripts/MimHybrid/Journal.ps1")]
    public void A_file_changed_after_the_check_is_seen_in_the_closed_folder_before_anything_is_run(string name)
    {
        var before = world.Snapshot();
        InTheMidst(() => File.AppendAllText(In(name), "\n# planted"));

        var run = setup.Install();

        Assert.Contains($"while it was copied: {name}. Nothing of it was run.", run.Failure?.Message, StringComparison.Ordinal);
        Assert.Empty(world.AgentAsked);
        Assert.Equal(before, world.Snapshot());
    }

    [Fact]
    public void So_is_one_of_an_update_and_the_old_version_goes_on()
    {
        setup.Install().Succeeded();
        var newer = new UnzippedFolder(world, "2.0");
        InTheMidst(() => File.AppendAllText(Path.Combine(newer.Root, "mimhybrid.exe"), "planted"));

        var run = setup.Update(newer);

        Assert.Contains("while it was copied: mimhybrid.exe", run.Failure?.Message, StringComparison.Ordinal);
        Assert.Contains("version 1.0", File.ReadAllText(world.Executable), StringComparison.Ordinal);
        Assert.True(world.AgentRuns);
    }

    /// <summary>C:\MimHybrid, say: Users may make folders in C:\, and files in these.</summary>
    [Fact]
    public void An_archive_where_users_may_add_files_is_refused()
    {
        world.AccessListOf(world.StateFolder).Rules.AddRange([$"{WindowsWorld.Users}:4:1:Allow", $"{WindowsWorld.Users}:2:1:Allow:2"]);

        Refused(@"BUILTIN\Users may change what is in " + setup.First.Root);
    }

    [Theory]
    [InlineData("")]
    [InlineData("SHA256SUMS")]
    [InlineData("appsettings.json")]
    [InlineData("scripts")]
    [InlineData("scripts/MimHybrid/Journal.ps1")]
    public void So_is_one_of_which_a_part_belongs_to_somebody_else(string part)
    {
        world.AccessListOf(Path.Combine(setup.First.Root, part).TrimEnd('/')).Owner = WindowsWorld.Stranger;

        Refused(@"belongs to SERVER\Stranger");
    }

    [Fact]
    public void So_is_one_of_which_somebody_else_may_change_a_part()
    {
        world.AccessListOf(In("LICENSE")).Grant(WindowsWorld.Stranger, "2:0");

        Refused(@"SERVER\Stranger may change what is in " + In("LICENSE"));
    }

    [Theory]
    [InlineData(WindowsWorld.Users)]
    [InlineData(WindowsWorld.Stranger)]
    public void So_is_one_that_somebody_else_could_exchange(string who)
    {
        world.AccessListOf(world.StateFolder).Rules.Add($"{who}:64:0:Allow");

        Refused("could put something else in the place of " + setup.First.Root);
    }

    [Theory]
    [InlineData("LICENSE")]
    [InlineData("scripts")]
    public void So_is_one_with_a_link_in_it(string name)
    {
        var (there, elsewhere) = (In(name), Path.Combine(world.StateFolder, "elsewhere"));
        if (Directory.Exists(there)) Directory.Move(there, elsewhere);
        else File.Move(there, elsewhere);
        File.CreateSymbolicLink(there, elsewhere);

        Refused($"{there} is a link", script: name == "scripts" ? Path.Combine(elsewhere, "Install-MimHybrid.ps1") : null);
    }

    [Fact]
    public void What_the_person_at_work_unpacked_is_no_attack()
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(setup.First.Root, "*", SearchOption.AllDirectories).Append(setup.First.Root)) world.AccessListOf(path).Owner = WindowsWorld.Caller;

        setup.Install().Succeeded();
    }

    [Fact]
    public void Without_a_list_nothing_is_believed()
    {
        File.Delete(In("SHA256SUMS"));

        Refused("There is no SHA256SUMS");
    }

    [Theory]
    [InlineData("../planted.dll")]
    [InlineData("scripts/../../planted.dll")]
    [InlineData("/planted.dll")]
    [InlineData(@"..\planted.dll")]
    [InlineData("C:planted.dll")]
    [InlineData("mimhybrid.exe:planted")]
    public void A_list_that_leads_out_of_the_folder_is_refused(string name)
    {
        File.AppendAllText(In("SHA256SUMS"), $"{new string('0', 64)}  {name}\n");

        Refused("has a line that names no file of the archive");
    }

    private string In(string name) => Path.Combine(setup.First.Root, name);

    /// <summary>After the archive was checked, and before it is copied.</summary>
    private void InTheMidst(Action deed) => world.Before = change =>
    {
        if (change != "make folder MimHybrid") return;
        world.Before = _ => { };
        deed();
    };

    private void Refused(string because, string? script = null)
    {
        var before = world.Snapshot();

        var run = script is null ? setup.Install()
            : ScriptRun.Of(world, script, new() { ["Source"] = setup.First.Root, ["ProgramFolder"] = world.ProgramFolder, ["DataFolder"] = world.DataFolder });

        Assert.Contains(because, run.Failure?.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed.", run.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(before, world.Snapshot());
    }
}
