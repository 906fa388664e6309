using System.Diagnostics;

namespace MimHybrid.Benchmarks;

/// <summary>How the product is published. The first is as a release is.</summary>
internal enum PublishKind
{
    AsShipped,
    NotTrimmed,
    NotCompiled,
}

/// <summary>The product as a folder, published once for each run of the benchmarks and kept under <c>artifacts</c>.</summary>
internal static class Published
{
    private static readonly Dictionary<(PublishKind, string), string> Folders = [];

    public static string Executable(PublishKind kind) => Path.Combine(Folder(kind, "linux-x64"), "mimhybrid");

    /// <summary>What a publish leaves. Its intermediate files are its own: another kind must not find them.</summary>
    public static string Folder(PublishKind kind, string runtime)
    {
        if (Folders.TryGetValue((kind, runtime), out var made)) return made;
        Progress.Say($"publishing for {runtime}: {kind}");
        var artifacts = Path.Combine(Results.Root, "artifacts", "benchmarks", $"{runtime}-{kind}");
        Start("dotnet", [
            "publish", Path.Combine(Results.Root, "src", "MimHybrid.Agent"), "--configuration", "Release", "--runtime", runtime, "--self-contained",
            "--verbosity", "quiet", "-p:RunAnalyzers=false", $"-p:ArtifactsPath={artifacts}", .. Switches(kind)]);
        return Folders[(kind, runtime)] = Path.Combine(artifacts, "publish", "MimHybrid.Agent", $"release_{runtime}");
    }

    /// <summary>Runs it to its end; what it prints is thrown away.</summary>
    public static void Run(string program, params string[] arguments) => Start(program, arguments);

    public static string Describe(PublishKind kind) => kind switch
    {
        PublishKind.NotTrimmed => "not trimmed",
        PublishKind.NotCompiled => "our assemblies and the packages' compiled at each start",
        _ => "**as shipped**: compiled beforehand (ReadyToRun), trimmed",
    };

    private static string[] Switches(PublishKind kind) => kind switch
    {
        PublishKind.NotTrimmed => ["-p:PublishTrimmed=false"],
        PublishKind.NotCompiled => ["-p:PublishReadyToRun=false"],
        _ => [],
    };

    private static void Start(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program}: {process.ExitCode}\n{output}\n{errors.Result}");
    }
}
