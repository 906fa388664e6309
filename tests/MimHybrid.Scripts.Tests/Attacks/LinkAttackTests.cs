using System.Globalization;
using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests.Attacks;

/// <summary>Somebody puts a link where an administrator's script writes, deletes or gives rights, so that it does so elsewhere. The links here are real, and so is what they lead to.</summary>
public sealed class LinkAttackTests : IDisposable
{
    private readonly WindowsWorld world = new();
    private readonly Setup setup;
    private readonly string victim;

    public LinkAttackTests()
    {
        setup = new Setup(world);
        victim = Directory.CreateDirectory(Path.Combine(world.StateFolder, "victim")).FullName;
        File.WriteAllText(Path.Combine(victim, "precious"), "precious");
    }

    private string Unfinished => world.ProgramFolder + ".unfinished";

    public void Dispose()
    {
        Assert.Equal(["precious"], Directory.EnumerateFileSystemEntries(victim).Select(Path.GetFileName));
        Assert.False(world.AccessListOf(victim).IsOwn);
        world.Dispose();
    }

    /// <summary>The agent's account knows what the copy of its store will be called.</summary>
    [Fact]
    public void The_copy_before_an_update_is_not_written_into_a_folder_that_was_there()
    {
        setup.Install().Succeeded();
        world.Before = change =>
        {
            if (change != "make folder MimHybrid.unfinished") return;
            for (var second = -10; second < 110; second++)
            {
                var stamp = (TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(second)).ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
                File.CreateSymbolicLink(Path.Combine(world.DataFolder, "before-update-" + stamp), victim);
            }
        };

        var run = setup.Update(new UnzippedFolder(world, "2.0"));

        Assert.Contains("is there already, and was to be made now", run.Failure?.Message, StringComparison.Ordinal);
        Assert.True(world.AgentRuns);
    }

    [Fact]
    public void The_copy_of_the_store_can_be_opened_by_administrators_alone()
    {
        setup.Install().Succeeded();

        setup.Update(new UnzippedFolder(world, "2.0")).Succeeded();

        var copy = Assert.Single(Directory.GetDirectories(world.DataFolder, "before-update-*"));
        Assert.Equal(WindowsWorld.Closed().ToString(), world.AccessListOf(copy).ToString());
    }

    /// <summary>Changed by the agent's account, it would be replayed into the store.</summary>
    [Fact]
    public void A_copy_of_the_store_that_somebody_else_may_change_is_not_put_back()
    {
        setup.Install().Succeeded();
        world.AgentAnswers("check-2.0", 4);
        world.Before = change =>
        {
            if (change == "make folder MimHybrid") world.AccessListOf(Directory.GetDirectories(world.DataFolder, "before-update-*").Single()).Grant(WindowsWorld.SyncUser, "2:3");
        };

        var run = setup.Update(new UnzippedFolder(world, "2.0"));

        Assert.Contains("The copy of the store in", run.Said, StringComparison.Ordinal);
        Assert.Contains("may not be the one that was made", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_with_a_second_name_elsewhere_is_not_copied()
    {
        setup.Install().Succeeded();
        world.SecondNames[Path.Combine(world.DataFolder, "agent.db")] = @"C:\Windows\System32\config\SAM";

        var run = setup.Update(new UnzippedFolder(world, "2.0"));

        Assert.Contains("is one file under two names", run.Failure?.Message, StringComparison.Ordinal);
        Assert.True(world.AgentRuns);
    }

    /// <summary>Else it could put a link in the folder's place; in it, it does as it likes.</summary>
    [Fact]
    public void The_account_may_neither_delete_nor_rename_the_data_folder()
    {
        setup.Install().Succeeded();

        var held = world.AccessListOf(world.DataFolder).Rules.Where(rule => rule.StartsWith(WindowsWorld.SyncUser, StringComparison.Ordinal)).Select(rule => rule.Split(':')).ToList();
        Assert.All(held.Where(rule => rule.Length < 5), rule => Assert.Equal(0, int.Parse(rule[1], CultureInfo.InvariantCulture) & 0x10040)); // delete it, or what is in it whoever owns that
        Assert.Contains(held, rule => rule is [_, "1245631", "3", "Allow", "2"]); // Modify, for what is in it
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_data_folder_that_is_a_link_or_lies_below_one_gets_no_rights(bool above)
    {
        var place = Path.GetDirectoryName(world.DataFolder)!;
        File.CreateSymbolicLink(Path.Combine(place, "Link"), victim);

        Refused(() => setup.Install(new() { ["DataFolder"] = Path.Combine(place, above ? "Link/MimHybrid" : "Link") }));
    }

    [Fact]
    public void Nor_does_one_that_was_exchanged_after_it_was_looked_at()
    {
        world.HasKeptData();
        world.Before = change =>
        {
            if (change != "make folder MimHybrid") return;
            Directory.Move(world.DataFolder, world.DataFolder + ".away");
            File.CreateSymbolicLink(world.DataFolder, victim);
        };

        var run = setup.Install();

        Assert.Contains("is a link or a mount point", run.Failure?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("install")]
    [InlineData("update")]
    [InlineData("uninstall")]
    [InlineData("app")]
    public void A_journal_that_lies_behind_a_link_is_not_obeyed_and_nothing_is_written_there(string script)
    {
        setup.Install().Succeeded();
        File.CreateSymbolicLink(script == "app" ? world.ProgramFolder + ".app.unfinished" : Unfinished, victim);

        Refused(() => Run(script));
    }

    [Theory]
    [InlineData("update", ".previous-20200101-000000")]
    [InlineData("uninstall", ".previous-20200101-000000")]
    [InlineData("uninstall", ".removing")]
    public void What_is_removed_beside_the_program_is_not_looked_for_behind_a_link(string script, string ending)
    {
        setup.Install().Succeeded();
        File.CreateSymbolicLink(world.ProgramFolder + ending, victim);

        var run = Run(script);

        Assert.Contains("is a link", run.Failure?.Message + run.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check-1.txt")]
    [InlineData("before-update-20200101-000000")]
    [InlineData("appsettings.json")]
    public void What_is_removed_from_the_data_folder_is_the_link_and_not_what_it_leads_to(string name)
    {
        setup.Install().Succeeded();
        File.CreateSymbolicLink(Path.Combine(world.DataFolder, name), victim);

        setup.Uninstall(new() { ["RemoveData"] = true }).Succeeded();

        Assert.False(Directory.Exists(world.DataFolder));
    }

    /// <summary>Between two looks at it, its owner could put a link into it.</summary>
    [Fact]
    public void A_folder_that_the_account_made_in_the_data_folder_is_left_to_a_person()
    {
        setup.Install().Succeeded();
        var made = Directory.CreateDirectory(Path.Combine(world.DataFolder, "before-update-20200101-000000")).FullName;
        world.AccessListOf(made).Owner = WindowsWorld.SyncUser;

        var run = setup.Uninstall(new() { ["RemoveData"] = true }).Succeeded();

        Assert.True(Directory.Exists(made));
        Assert.Contains(@$"{made} is left: {made} belongs to SERVER\MIMSyncUser", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_check_as_the_account_found_is_not_read_through_a_link()
    {
        world.Meanwhile = () =>
        {
            if (Directory.GetFiles(world.DataFolder, "check-*.txt") is not [var found] || new FileInfo(found).LinkTarget is not null) return;
            File.Delete(found);
            File.CreateSymbolicLink(found, Path.Combine(victim, "precious"));
        };

        var run = setup.Install();

        Assert.Contains("there is a link in the place of its findings", run.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("\n  precious", run.Said, StringComparison.Ordinal);
    }

    private ScriptRun Run(string script) => script switch
    {
        "install" => setup.Install(),
        "update" => setup.Update(new UnzippedFolder(world, "2.0")),
        "uninstall" => setup.Uninstall(),
        _ => setup.NewApp(),
    };

    private void Refused(Func<ScriptRun> run)
    {
        var changes = world.Changes.Count;

        var refused = run();

        Assert.Contains("is a link or a mount point, and leads elsewhere", refused.Failure?.Message, StringComparison.Ordinal);
        Assert.Equal(changes, world.Changes.Count);
        Assert.Empty(world.Entra.Requests);
    }
}
