using System.Diagnostics;

namespace MimHybrid.Windows.Tests;

/// <summary>What a program came to.</summary>
internal sealed record Ended(int Code, string Output)
{
    public Ended Well()
    {
        Assert.True(Code == 0, $"exit code {Code}:{Environment.NewLine}{Output}");
        return this;
    }
}

/// <summary>Runs other programs to their end.</summary>
internal static class Programs
{
    public static async Task<Ended> RunAsync(string program, IEnumerable<string> arguments, TimeSpan patience, params (string Name, string Value)[] environment)
    {
        using var process = Start(program, arguments, environment);
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(patience, TestContext.Current.CancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {patience:c}.");
        }

        return new Ended(process.ExitCode, string.Join(Environment.NewLine, await output.WaitAsync(patience, TestContext.Current.CancellationToken)));
    }

    public static Process Start(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
