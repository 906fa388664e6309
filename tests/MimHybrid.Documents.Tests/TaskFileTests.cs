using MimHybrid.Agent.Commands;

namespace MimHybrid.Documents.Tests;

/// <summary>The task definition that infra/task keeps for people who import it by hand is the one that the command makes.</summary>
public sealed class TaskFileTests
{
    [Fact]
    public async Task The_stored_definition_is_what_the_command_makes()
    {
        var approved = Repository.In("infra", "task", "MimHybrid.xml");
        var made = Repository.In("artifacts", "MimHybrid.xml");

        var code = await CommandLine.RunAsync(
            ["task", "show", "--account", @"CONTOSO\MIMSyncUser", "--logon", "Password", "--program", @"C:\Program Files\MimHybrid\mimhybrid.exe", "--output", made]);

        Assert.Equal(0, code);
        if (File.Exists(approved) && Bytes(made).SequenceEqual(Bytes(approved))) return;
        Assert.Fail($"The definition is another one. Read the difference, and where it is meant: cp '{made}' '{approved}'");
    }

    private static IEnumerable<byte> Bytes(string path) => File.ReadAllBytes(path);
}
