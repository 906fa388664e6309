using System.Text.Json;
using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests.Attacks;

/// <summary>An administrator's script does what a journal names: whoever could have one written, or one read that is theirs, wants something else done.</summary>
public sealed class JournalAttackTests : ScriptTest
{
    private readonly string victim;

    public JournalAttackTests()
    {
        victim = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(world.DataFolder)!, "Victim")).FullName;
        File.WriteAllText(Path.Combine(victim, "precious"), "precious");
    }

    public static TheoryData<string, string, string> Entries => new()
    {
        { "Remove-Folder", "Path", "{victim}" },
        { "Remove-Folder", "Path", "{program}/../Victim" },
        { "Remove-DataFolder", "Path", "{victim}" },
        { "Restore-FolderRight", "Path", "{victim}" },
        { "Remove-SettingsFile", "Path", "{victim}/precious" },
        { "Restore-InstallRecord", "Path", "{victim}/precious" },
        { "Move-Folder", "From", "{victim}" },
        { "Move-Folder", "To", "{victim}/new" },
        { "Remove-Program", "Folder", "{victim}" },
        { "Remove-Program", "Name", "../../ProgramData/Victim/precious" },
        { "Remove-Program", "Name", "{victim}/precious" },
        { "Restore-Store", "Copy", "{victim}" },
        { "Uninstall-CheckTask", "Found", "{victim}/precious" },
        { "Revoke-LogonRight", "Right", "SeInteractiveLogonRight" },
        { "Revoke-LogonRight", "Sid", "Everyone" },
        { "Revoke-LogonRight", "WorkFolder", "{victim}" },
        { "Invoke-Native", "Tool", "evil.exe" },
        { "Remove-Folder", "Unknown", "{program}" },
    };

    [Theory]
    [MemberData(nameof(Entries))]
    public void A_journal_that_names_what_no_installation_owns_is_not_obeyed(string command, string argument, string value)
    {
        Directory.CreateDirectory(world.ProgramFolder + ".unfinished");
        var named = value.Replace("{victim}", victim, StringComparison.Ordinal).Replace("{program}", world.ProgramFolder, StringComparison.Ordinal);
        var entry = JsonSerializer.Serialize(new { Say = "planted", Command = command, With = new Dictionary<string, string> { [argument] = named } });
        File.WriteAllText(Path.Combine(world.ProgramFolder + ".unfinished", "journal"), entry);
        var before = world.Snapshot();

        var run = setup.Install();

        Assert.Contains("Look at who wrote it.", run.Failure?.Message, StringComparison.Ordinal);
        Assert.Equal(before, world.Snapshot());
    }

    [Fact]
    public void Where_users_could_exchange_the_program_folder_no_application_is_registered_and_no_journal_read()
    {
        var folder = Directory.CreateDirectory(world.ProgramFolder + ".app.unfinished").FullName;
        File.WriteAllText(Path.Combine(folder, "journal"), """{"Say":"planted","Command":"Remove-MadeCertificate","With":{"Subject":"CN=MimHybrid","FriendlyName":""}}""");
        world.AccessListOf(Path.GetDirectoryName(world.ProgramFolder)!).Rules.Add($"{WindowsWorld.Users}:64:0:Allow");

        var run = setup.NewApp();

        Assert.Contains("could put something else in the place of " + world.ProgramFolder, run.Failure?.Message, StringComparison.Ordinal);
        Assert.Empty(world.Entra.Requests);
    }
}
