using System.Text.Json;

namespace MimHybrid.Infra.Tests;

/// <summary>
/// All that the compiler makes of the folder <c>infra</c>, once for all tests: starting it is what takes the time. It writes beside its input, so it works on a copy.
/// </summary>
public sealed class Compilation : IAsyncLifetime
{
    private readonly string copy = Directory.CreateTempSubdirectory("mimhybrid-infra-").FullName;
    private readonly Dictionary<string, Said> predictions = [];

    internal Said Built { get; private set; }

    internal Said Formatted { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (!BicepCompiler.RunsHere) return;
        foreach (var file in Directory.EnumerateFiles(Infra.Folder, "*", SearchOption.AllDirectories))
        {
            var target = In(Path.GetRelativePath(Infra.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        Built = await BicepCompiler.BuildAllAsync(copy);
        foreach (var example in Infra.Examples) predictions[example] = await BicepCompiler.PredictAsync(copy, example);
        foreach (var file in Infra.Templates.Concat(Infra.Examples)) await File.AppendAllTextAsync(In(file), "\n\n\n"); // so that a file that is passed over shows
        Formatted = await BicepCompiler.FormatAllAsync(copy);
    }

    internal Said SaidOf(string example) => predictions[example];

    public string ReadFormatted(string file) => File.ReadAllText(In(file));

    /// <summary>The ARM template that a Bicep file was compiled to.</summary>
    public JsonDocument ReadTemplate(string file) => JsonDocument.Parse(File.ReadAllText(In(Path.ChangeExtension(file, ".json"))));

    public string ReadPrediction(string example) => File.ReadAllText(In(Path.ChangeExtension(example, ".snapshot.json")));

    /// <summary>The resources of one type that an example leads to.</summary>
    public List<JsonElement> Predicted(string example, string type) =>
        [.. JsonDocument.Parse(ReadPrediction(example)).RootElement.GetProperty("predictedResources").EnumerateArray().Where(resource => resource.GetProperty("type").GetString() == type)];

    public ValueTask DisposeAsync()
    {
        Directory.Delete(copy, recursive: true);
        return ValueTask.CompletedTask;
    }

    private string In(string file) => Path.Combine(copy, file);
}
