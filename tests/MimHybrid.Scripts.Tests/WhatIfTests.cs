using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

/// <summary>With -WhatIf every script tells and none does.</summary>
public sealed class WhatIfTests : ScriptTest
{
    [Theory]
    [InlineData("Task")]
    [InlineData("Service")]
    public void An_installation_only_tells(string runAs)
    {
        setup.HasOldTask(runs: true);

        var run = Unchanged(() => setup.Install(new() { ["RunAs"] = runAs, ["WhatIf"] = true, ["TenantId"] = "" }));

        Assert.Equal(0, world.PasswordsAsked);
        foreach (var deed in new[] { "Copy the program", "Make the data folder", "Register the event source", "Give the right", "Write the settings", "Check settings", "Disable the scheduled task" })
            Assert.Contains(deed, run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void An_update_only_tells()
    {
        setup.Install().Succeeded();
        var newer = new UnzippedFolder(world, "2.0");

        var run = Unchanged(() => setup.Update(newer, new() { ["WhatIf"] = true }));

        Assert.Contains("Stop after the cycle in progress", run.Said, StringComparison.Ordinal);
        Assert.Contains("copy the new one", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void An_uninstallation_only_tells()
    {
        setup.Install().Succeeded();

        var run = Unchanged(() => setup.Uninstall(new() { ["WhatIf"] = true, ["RemoveData"] = true }));

        Assert.Contains("Uninstall MimHybrid", run.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Renew")]
    [InlineData("RemoveExpired")]
    [InlineData("ManagedIdentity")]
    public void Entra_is_not_even_asked(string form)
    {
        var more = new Dictionary<string, object?> { ["WhatIf"] = true };
        if (form.Length > 0) more[form] = true;

        var run = Unchanged(() => setup.NewApp(more));

        Assert.Contains("What if", run.Said, StringComparison.Ordinal);
        Assert.Empty(world.Entra.Requests);
    }

    /// <summary>The quick start's line: whoever types -WhatIf anywhere in it means all of it.</summary>
    [Theory]
    [InlineData("-WhatIf", "-WhatIf")]
    [InlineData("-WhatIf", "")]
    [InlineData("", "-WhatIf")]
    [InlineData("", "-wi")]
    public void The_line_of_the_quick_start_shows_both_halves(string first, string second)
    {
        setup.HasOldTask(runs: true);
        var line = $"& '{setup.First.Script("New-MimHybridApp.ps1")}' -TenantId contoso.com -ProgramFolder '{world.ProgramFolder}' {first} | & '{setup.First.Script("Install-MimHybrid.ps1")}' -ProgramFolder '{world.ProgramFolder}' -DataFolder '{world.DataFolder}' {second}";

        var run = Unchanged(() => ScriptRun.OfLine(world, line));

        foreach (var deed in new[] { "Register the application 'MimHybrid' with User.Read.All", "Copy the program", "Write the settings", "Check settings", "Disable the scheduled task" })
            Assert.Contains(deed, run.Said, StringComparison.Ordinal);
        Assert.Empty(world.Entra.Requests);
        Assert.Equal(0, world.PasswordsAsked);
        Assert.Empty(run.Person.Questions);
    }

    [Fact]
    public void Alone_it_gives_nothing() => Assert.Empty(setup.NewApp(new() { ["WhatIf"] = true }).Succeeded().Output);

    private ScriptRun Unchanged(Func<ScriptRun> run)
    {
        var (before, changes) = (world.Snapshot(), world.Changes.Count);
        var ran = run().Succeeded();
        Assert.Equal(before, world.Snapshot());
        Assert.Equal(changes, world.Changes.Count);
        return ran;
    }
}
