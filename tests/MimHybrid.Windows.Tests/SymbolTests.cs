using System.Reflection.PortableExecutable;

namespace MimHybrid.Windows.Tests;

/// <summary>What a stack trace in the log of a server can tell.</summary>
public sealed class SymbolTests
{
    [Theory]
    [InlineData("MimHybrid.Cycles.dll")]
    [InlineData("MimHybrid.Graph.dll")]
    [InlineData("MimHybrid.Mim.dll")]
    [InlineData("MimHybrid.Sandbox.dll")]
    [InlineData("mimhybrid.dll")]
    public void Each_assembly_knows_its_lines_by_paths_that_name_no_folder_of_the_build(string assembly)
    {
        var sources = Sources(Path.Combine(PublishedProduct.Folder, "lib", assembly));

        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.StartsWith("/_/", source, StringComparison.Ordinal));
    }

    private static List<string> Sources(string path)
    {
        using var assembly = new PEReader(File.OpenRead(path));
        var embedded = Assert.Single(assembly.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using var symbols = assembly.ReadEmbeddedPortablePdbDebugDirectoryData(embedded);
        var reader = symbols.GetMetadataReader();
        return [.. reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name))];
    }
}
