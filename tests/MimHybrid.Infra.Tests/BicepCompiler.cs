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

    /// <summary>Answers with what it wrote, messages too.</summary>
    public static async Task<(int Code, string Output, string Messages)> RunAsync(params string[] arguments)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64,
            "THE BICEP FILES WERE NOT CHECKED: the compiler of this test is the one for linux-x64. Run it there before a release.");
        MakeExecutable();
        using var process = Process.Start(new ProcessStartInfo(Infra.Bicep, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var messages = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await messages);
    }

    /// <summary>The resources that a parameter file leads to, as JSON. The compiler writes beside its input, so it gets a copy.</summary>
    public static async Task<string> SnapshotAsync(string parameters)
    {
        var copy = Directory.CreateTempSubdirectory("mimhybrid-infra-").FullName;
        try
        {
            foreach (var file in Directory.EnumerateFiles(Infra.Folder, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(copy, Path.GetRelativePath(Infra.Folder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }

            var (code, _, messages) = await RunAsync(["snapshot", Path.Combine(copy, $"{parameters}.bicepparam"), "--mode", "Overwrite", .. Scene]);
            Assert.Equal((0, ""), (code, messages));
            return await File.ReadAllTextAsync(Path.Combine(copy, $"{parameters}.snapshot.json"), TestContext.Current.CancellationToken);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    /// <summary>NuGet unpacks without the right to execute, or with the owner's alone.</summary>
    private static void MakeExecutable()
    {
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(Infra.Bicep) & UnixFileMode.UserExecute) != 0) return;
        File.SetUnixFileMode(Infra.Bicep, File.GetUnixFileMode(Infra.Bicep) | UnixFileMode.UserExecute);
    }
}
