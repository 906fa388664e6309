using System.Net;

namespace MimHybrid.EndToEnd.Tests;

/// <summary><c>mimhybrid page</c> as a process: its first line is the address, and it ends as its reader wishes.</summary>
public sealed class PageTests : IDisposable
{
    private readonly DataDirectory data = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_line_is_the_address_and_ctrl_c_ends_it()
    {
        Assert.Equal(0, (await Mimhybrid.RunAsync(["run", "--once", "--sandbox", "--data", data.Path], Pace.Fast, Pace.Quiet)).Code);
        Assert.Contains((await Mimhybrid.RunAsync(["check", "--sandbox", "--data", data.Path])).Output, line => line.StartsWith("All is well", StringComparison.Ordinal));
        using var page = Mimhybrid.Start(["page", "--no-browser", "--data", data.Path]);
        var address = await page.SaysAsync("?key=");
        Assert.Equal(address, page.Results[0]);

        using var client = new HttpClient();
        Assert.Contains("No agent runs", await client.GetStringAsync(new Uri(address), Token), StringComparison.Ordinal);
        Assert.Contains("ran last on", await client.GetStringAsync(new Uri(new Uri(address), "/checks"), Token), StringComparison.Ordinal);
        Assert.Contains("BootDelay", await client.GetStringAsync(new Uri(new Uri(address), "/settings"), Token), StringComparison.Ordinal);
        page.Interrupt();

        Assert.Equal(0, await page.ExitAsync());
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(new Uri(address), Token));
    }

    [Fact]
    public async Task The_report_is_one_file_whole_or_not_at_all()
    {
        var (file, byItself) = (Path.Combine(data.Path, "report.html"), Path.Combine(data.Path, "by-itself.html"));
        var once = await Mimhybrid.RunAsync(["run", "--once", "--sandbox", "--data", data.Path, "--set", $"RunLog:Report={byItself}"], Pace.Fast, Pace.Quiet);
        Assert.Equal(0, once.Code);
        Assert.Contains("1 cycle, all quiet", await File.ReadAllTextAsync(byItself, Token), StringComparison.Ordinal);

        Assert.Equal(0, (await Mimhybrid.RunAsync(["report", "--output", file, "--data", data.Path])).Code);
        Assert.Equal(4, (await Mimhybrid.RunAsync(["report", "--output", Path.Combine(data.Path, "no", "where.html"), "--data", data.Path])).Code);
        Assert.Equal(0, (await Mimhybrid.RunAsync(["report", "--output", file + ".csv", "--format", "guests", "--data", data.Path])).Code);

        Assert.Contains("No agent runs: nobody looks for guest changes", await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);
        Assert.Equal("id,name,mail,state,since", (await File.ReadAllLinesAsync(file + ".csv", Token))[0]);
    }

    [Fact]
    public async Task A_port_that_somebody_has_is_said_in_one_line()
    {
        using var taken = new HttpListener();
        var port = 20_000 + (Environment.ProcessId % 20_000);
        taken.Prefixes.Add($"http://127.0.0.1:{port}/");
        taken.Start();

        var (code, output) = await Mimhybrid.RunAsync(["page", "--no-browser", "--port", $"{port}", "--data", data.Path]);

        Assert.Equal(4, code);
        Assert.Equal($"The page cannot be shown: another program listens on port {port}; leave out --port, or give another one.", Assert.Single(output).Replace("Error: ", "", StringComparison.Ordinal));
    }

    public void Dispose() => data.Dispose();
}
