using System.Xml.Linq;

namespace MimHybrid.EndToEnd.Tests;

/// <summary><c>mimhybrid task</c> as a process; what it does with Task Scheduler only Windows can show.</summary>
public sealed class TaskCommandTests : IDisposable
{
    private static readonly XNamespace Task12 = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    private readonly DataDirectory data = new();

    [Fact]
    public async Task The_definition_is_printed()
    {
        var (code, output) = await Mimhybrid.RunAsync(
            ["task", "show", "--account", @"CONTOSO\svc-mim$", "--delay", "24:00:00", "--data", @"D:\MIM Data"]);
        Assert.Equal(0, code);
        var task = XDocument.Parse(string.Join('\n', output));
        Assert.Equal(@"CONTOSO\svc-mim$", Value(task, "UserId"));
        Assert.Equal("P1D", Value(task, "Delay"));
        Assert.Equal(@"run --data ""D:\MIM Data""", Value(task, "Arguments"));
        Assert.Equal(@"%ProgramFiles%\MimHybrid\mimhybrid.exe", Value(task, "Command"));
    }

    [Fact]
    public async Task A_task_that_checks_once_asks_where_the_agent_would()
    {
        var (code, output) = await Mimhybrid.RunAsync(["task", "show", "--check", @"D:\MIM Data\found.txt", "--data", @"D:\MIM Data"]);
        Assert.Equal(0, code);
        var task = XDocument.Parse(string.Join('\n', output));
        Assert.Equal(@"\MIM Hybrid Check", Value(task, "URI"));
        Assert.Equal(@"check --output ""D:\MIM Data\found.txt"" --data ""D:\MIM Data""", Value(task, "Arguments"));
    }

    [Fact]
    public async Task A_file_is_written_as_schtasks_wants_it()
    {
        var file = Path.Combine(data.Path, "task.xml");
        var (code, output) = await Mimhybrid.RunAsync(["task", "show", "--output", file]);
        Assert.Equal(0, code);
        Assert.Contains(output, line => line.Contains("schtasks /Create", StringComparison.Ordinal));
        Assert.Equal([0xFF, 0xFE], (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken))[..2]);
        Assert.Equal("MIMSyncUser", Value(XDocument.Load(file), "UserId"));
    }

    [Fact]
    public async Task Elsewhere_than_on_windows_one_sentence_says_what_works()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There it does something else.");
        var (code, output) = await Mimhybrid.RunAsync(["task", "check"]);
        Assert.Equal(4, code);
        Assert.Contains("mimhybrid task show --output task.xml", Assert.Single(output), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("task", "show", "--delay", "15")]
    [InlineData("task", "show", "--logon", "Gmsa")]
    [InlineData("task", "show", "--logon", "Password", "--account", "CONTOSO\\svc$")]
    [InlineData("task", "show", "--logon", "S4U")]
    [InlineData("task", "show", "--account", "CONTOSO\\")]
    [InlineData("--sandbox", "task", "show")]
    [InlineData("task", "install")]
    [InlineData("task", "show", "--delay", "25:00:00")]
    [InlineData("task", "show", "--output", "")]
    [InlineData("stop", "--wait", "30")]
    [InlineData("stop", "--wait", "00:00:00")]
    public async Task A_wrong_command_line_ends_with_exit_code_2(params string[] arguments) => Assert.Equal(2, (await Mimhybrid.RunAsync(arguments)).Code);

    [Theory]
    [InlineData("mimhybrid task show", "task", "--help")]
    [InlineData("mimhybrid task check", "task", "check", "--help")]
    [InlineData("mimhybrid check --json", "check", "--help")]
    [InlineData("mimhybrid config show", "config", "show", "--help")]
    [InlineData("mimhybrid stop", "stop", "--help")]
    public async Task Help_shows_the_examples_of_each_command(string example, params string[] arguments)
    {
        var (code, output) = await Mimhybrid.RunAsync(arguments);
        Assert.Equal(0, code);
        Assert.Contains(output, line => line.StartsWith($"  {example}", StringComparison.Ordinal));
        Assert.Contains(output, line => line.Contains("130  cancelled", StringComparison.Ordinal));
    }

    public void Dispose() => data.Dispose();

    private static string Value(XDocument task, string name) => Assert.Single(task.Descendants(Task12 + name)).Value;
}
