using MimHybrid.Release;

namespace MimHybrid.Windows.Tests;

/// <summary>A page on a server has no link that leads nowhere.</summary>
public sealed class ShippedPagesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mimhybrid-pages-");

    [Theory]
    [InlineData("see [scripts](scripts/README.md#update)", "see [scripts](scripts/README.md#update)")]
    [InlineData("see [below](#update), [Azure](https://azure.com/a) and [mail](mailto:ada@contoso.com)", "see [below](#update), [Azure](https://azure.com/a) and [mail](mailto:ada@contoso.com)")]
    [InlineData("[src](src/README.md), [tests](tests/README.md)", "src (`src/README.md` in the repository), tests (`tests/README.md` in the repository)")]
    [InlineData("as in [src/README.md](src/README.md#code).", "as in `src/README.md` in the repository.")]
    [InlineData("![a picture](src/picture.png)", "![a picture](src/picture.png)")]
    public void A_link_to_what_is_not_shipped_is_a_name(string written, string read) => Assert.Equal(read, Settle("README.md", written));

    [Fact]
    public void It_is_seen_from_the_folder_of_the_page_and_done_once()
    {
        const string read = "[up](../README.md), [own](modules) and steps (`tests/HandTests.md` in the repository)";
        Assert.Equal(read, Settle("infra/README.md", "[up](../README.md), [own](modules) and [steps](../tests/HandTests.md#12-azure)"));

        ShippedPages.Settle(folder.FullName);
        Assert.Equal(read, File.ReadAllText(Path.Combine(folder.FullName, "infra/README.md")));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string Settle(string page, string text)
    {
        foreach (var name in new[] { "README.md", "scripts/README.md", "infra/README.md", "infra/modules/alerts.bicep" }) Write(name, "");
        Write(page, text);
        ShippedPages.Settle(folder.FullName);
        return File.ReadAllText(Path.Combine(folder.FullName, page));
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
