namespace MimHybrid.Windows.Tests;

/// <summary>Task Scheduler's reader of task definitions, as far as Wine has it: what it refuses is certainly no task. Nothing is started.</summary>
[Collection(nameof(Wine))]
public sealed class ScheduledTaskTests(Wine wine) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mimhybrid-task-");

    private string Definition => Path.Combine(folder.FullName, "task.xml");

    [Fact]
    public async Task The_reader_refuses_what_is_no_task()
    {
        wine.Need();
        await File.WriteAllTextAsync(Definition, "<NoTask />", TestContext.Current.CancellationToken);

        Assert.NotEqual(0, (await CreateAsync()).Code);
    }

    [Theory]
    [InlineData]
    [InlineData("--check", @"C:\ProgramData\MimHybrid\found.txt")]
    public async Task It_accepts_the_definitions_that_task_show_writes(params string[] more)
    {
        wine.Need();
        (await Wine.MimhybridAsync(["task", "show", "--account", @"CONTOSO\MIMSyncUser", "--output", Wine.PathOf(Definition), .. more])).Well();

        (await CreateAsync()).Well();
        (await Wine.RunAsync("schtasks", "/Delete", "/TN", "MIM Hybrid Agent", "/F")).Well();
    }

    [Fact]
    public async Task Task_show_prints_a_definition_of_schema_1_2()
    {
        wine.Need();
        var shown = (await Wine.MimhybridAsync("task", "show")).Well().Output;

        Assert.Contains("http://schemas.microsoft.com/windows/2004/02/mit/task", shown, StringComparison.Ordinal);
        Assert.Contains("mimhybrid.exe", shown, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private Task<Ended> CreateAsync() => Wine.RunAsync("schtasks", "/Create", "/TN", "MIM Hybrid Agent", "/XML", Wine.PathOf(Definition), "/F");
}
