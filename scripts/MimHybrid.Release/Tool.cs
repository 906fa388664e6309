using System.Diagnostics;

namespace MimHybrid.Release;

/// <summary>Another program, run to its end.</summary>
internal static class Tool
{
    /// <summary>What it printed, without the line end.</summary>
    public static string Read(string folder, string program, params string[] arguments)
    {
        using var process = Start(folder, program, arguments, redirect: true);
        var output = process.StandardOutput.ReadToEnd();
        Finish(process, program, arguments);
        return output.TrimEnd();
    }

    /// <summary>Its output goes where ours goes.</summary>
    public static void Run(string folder, string program, params string[] arguments)
    {
        using var process = Start(folder, program, arguments, redirect: false);
        Finish(process, program, arguments);
    }

    private static Process Start(string folder, string program, string[] arguments, bool redirect)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = redirect };
        // What dotnet run tells its child of its own build must not reach the next build.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        return Process.Start(start) ?? throw new ReleaseException($"{program} could not be started.");
    }

    private static void Finish(Process process, string program, string[] arguments)
    {
        process.WaitForExit();
        if (process.ExitCode != 0) throw new ReleaseException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
