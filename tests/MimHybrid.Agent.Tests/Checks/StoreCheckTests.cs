using MimHybrid.Agent.Checks;
using MimHybrid.Store;
using static MimHybrid.Agent.Tests.Checks.DoctorTests;

namespace MimHybrid.Agent.Tests.Checks;

/// <summary>What is said of the data folder and of the store in it.</summary>
public sealed class StoreCheckTests
{
    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_told_and_what_needs_it_is_left_out()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a folder in which nobody may write, not even root.");
        await using var patient = await Patient.AdmitAsync();
        patient.Data = "/sys/kernel";
        var findings = await patient.ExamineAsync();

        Fails(findings, "data-folder", "may not write in /sys/kernel", "icacls");
        Assert.All(["store", "agent"], name => Assert.Equal(FindingState.Skipped, Only(findings, name).State));
    }

    [Fact]
    public async Task A_data_folder_that_is_not_there_is_a_warning_and_is_not_made()
    {
        await using var patient = await Patient.AdmitAsync();
        patient.Data = Path.Combine(patient.Data, "nowhere");
        Assert.Equal(FindingState.Warning, Only(await patient.ExamineAsync(), "data-folder").State);
        Assert.False(Directory.Exists(patient.Data));
    }

    [Fact]
    public async Task A_damaged_store_and_one_of_a_newer_version_are_told()
    {
        await using var patient = await Patient.AdmitAsync();
        var file = Path.Combine(patient.Data, "agent.db");
        await File.WriteAllTextAsync(file, new string('x', 8192), TestContext.Current.CancellationToken);
        Fails(await patient.ExamineAsync(), "store", "cannot be used", "puts the file aside");

        File.Delete(file);
        AgentStore.Open(patient.Data).Dispose();
        SetVersion(file, 999);
        Fails(await patient.ExamineAsync(), "store", "999", "update MimHybrid");
    }

    [Fact]
    public async Task An_older_store_is_looked_at_and_not_migrated()
    {
        await using var patient = await Patient.AdmitAsync();
        AgentStore.Open(patient.Data).Dispose();
        SetVersion(Path.Combine(patient.Data, "agent.db"), 1);
        Assert.Contains("the next start of this program brings it to", Only(await patient.ExamineAsync(), "store").Saw, StringComparison.Ordinal);
        Assert.Equal(1, AgentReader.Inspect(patient.Data).Version);
    }

    [Fact]
    public async Task A_folder_of_the_sandbox_is_not_taken_for_a_real_tenant()
    {
        await using var patient = await Patient.AdmitAsync();
        using (var store = AgentStore.Open(patient.Data)) store.ClaimFor("Sandbox");
        Fails(await patient.ExamineAsync(), "store", "guests of the sandbox", "--data");
    }

    /// <summary>The bytes of the file's header in which SQLite keeps PRAGMA user_version (sqlite.org/fileformat.html, 1.3).</summary>
    private static void SetVersion(string file, int version)
    {
        using var stream = File.OpenWrite(file);
        stream.Position = 62;
        stream.Write([(byte)(version >> 8), (byte)version]);
    }
}
