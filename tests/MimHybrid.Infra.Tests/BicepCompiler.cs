using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MimHybrid.Infra.Tests;

/// <summary>The real compiler, from its NuGet package. It is one for Linux on x64; elsewhere the tests say that they did not run.</summary>
internal static class BicepCompiler
{
    /// <summary>What the compiler cannot know of a deployment; of no real tenant.</summary>
    private static readonly string[] Scene =
    [
        "--subscription-id", "00000000-0000-0000-0000-000000000001", "--tenant-id", "00000000-0000-0000-0000-000000000002",
        "--resource-group", "rg-mimhybrid", "--location", "westeurope", "--deployment-name", "approved",
    ];

    public static bool RunsHere { get; } = OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64;

    /// <summary>Each template's ARM template beside it. The messages are those of the compiler and of the linter.</summary>
    public static Task<Said> BuildAllAsync(string folder) => RunAsync(folder, "build", "--pattern", "**/*.bicep");

    /// <summary>Templates and parameter files, in place.</summary>
    public static Task<Said> FormatAllAsync(string folder) => RunAsync(folder, "format", "--pattern", "**/*.bicep*");

    /// <summary>The resources that a parameter file leads to, as JSON beside it. The messages are also those of the linter about that file.</summary>
    public static Task<Said> PredictAsync(string folder, string example) => RunAsync(folder, ["snapshot", example, "--mode", "Overwrite", .. Scene]);

    private static async Task<Said> RunAsync(string folder, params string[] arguments)
    {
        MakeExecutable();
        using var process = Process.Start(new ProcessStartInfo(Infra.Bicep, arguments) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var messages = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Said(process.ExitCode, await output + await messages);
    }

    /// <summary>NuGet unpacks without the right to execute, or with the owner's alone.</summary>
    private static void MakeExecutable()
    {
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(Infra.Bicep) & UnixFileMode.UserExecute) != 0) return;
        File.SetUnixFileMode(Infra.Bicep, File.GetUnixFileMode(Infra.Bicep) | UnixFileMode.UserExecute);
    }
}

/// <summary>How the compiler ended, and what it said.</summary>
internal readonly record struct Said(int Code, string Messages)
{
    public static Said Nothing { get; } = new(0, "");
}
