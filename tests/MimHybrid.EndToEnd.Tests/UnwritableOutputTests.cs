namespace MimHybrid.EndToEnd.Tests;

/// <summary>Output that cannot be written: one sentence and exit code 4, wherever it should have gone.</summary>
public sealed class UnwritableOutputTests : IDisposable
{
    private readonly DataDirectory data = new();

    [Theory]
    [InlineData("status", "--json")]
    [InlineData("--help")]
    [InlineData("task", "show")]
    public async Task A_full_disk_behind_standard_output_is_told(params string[] arguments)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no full device here.");
        var (code, errors) = await Mimhybrid.RunIntoAsync("> /dev/full", [.. arguments, "--data", data.Path]);
        Assert.Equal(4, code);
        Assert.Contains("Standard output could not be written", errors[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(errors, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_standard_output_that_was_closed_before_the_start_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It is closed by a shell of Unix.");
        var (code, errors) = await Mimhybrid.RunIntoAsync(">&-", ["task", "show"]);
        Assert.Equal(4, code);
        Assert.Contains("Standard output could not be written", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("task", "show")]
    [InlineData("check", "--sandbox")]
    public async Task A_file_that_cannot_be_written_is_told_alike_by_each_command(params string[] arguments)
    {
        var (code, output) = await Mimhybrid.RunAsync([.. arguments, "--output", Path.Combine(data.Path, "no", "where.txt")]);
        Assert.Equal(4, code);
        Assert.Contains(output, line => line.Contains("--output is '", StringComparison.Ordinal));
        Assert.DoesNotContain(output, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_device_is_never_replaced_by_a_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Its devices have no place in a folder.");
        var device = "/dev/mimhybrid-" + Path.GetRandomFileName(); // none of the machine's own: a test that fails would take it away
        try
        {
            var (code, output) = await Mimhybrid.RunAsync(["check", "--sandbox", "--data", data.Path, "--output", device]);
            Assert.Equal(4, code);
            Assert.Contains(output, line => line.Contains("it is a device", StringComparison.Ordinal));
            Assert.False(File.Exists(device));
        }
        finally
        {
            File.Delete(device);
        }
    }

    public void Dispose() => data.Dispose();
}
