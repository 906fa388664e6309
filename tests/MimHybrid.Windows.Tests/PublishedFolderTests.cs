using System.Text;
using MimHybrid.Release;

namespace MimHybrid.Windows.Tests;

/// <summary>The one folder that an administrator gets.</summary>
public sealed class PublishedFolderTests
{
    private const string Libraries = "lib/";

    private static readonly string[] Product =
    [
        "LICENSE.txt",
        "README.md",
        "THIRD-PARTY-NOTICES.txt",
        "appsettings.json",
        "appsettings.schema.json",
        "mimhybrid.exe",
    ];

    [Fact]
    public void It_holds_the_executable_its_libraries_in_their_folder_the_scripts_and_infra_and_nothing_else()
    {
        var scripts = ShippedFile.Names(House.In("scripts")).Where(name => Path.GetExtension(name) is ".ps1" or ".psm1").Append("README.md").Select(name => $"scripts/{name}");
        var infra = ShippedFile.Names(House.In("infra")).Select(name => $"infra/{name}");

        var pictures = ShippedFile.Names(House.In("src/MimHybrid.Agent/Pictures")).Select(name => $"src/MimHybrid.Agent/Pictures/{name}");

        Assert.Contains("scripts/Install-MimHybrid.ps1", scripts);
        Assert.Equal([.. Product.Concat(scripts).Concat(infra).Concat(pictures).Order(StringComparer.Ordinal)], ShippedFile.Names(PublishedProduct.Folder).Where(name => !name.StartsWith(Libraries, StringComparison.Ordinal)));
    }

    /// <summary>The SDK's list of what the program is made of names each but that list itself and what tells the host which runtime to take.</summary>
    [Fact]
    public void Among_the_libraries_is_nothing_that_the_program_is_not_made_of()
    {
        var known = File.ReadAllText(PublishedProduct.Dependencies);
        var libraries = ShippedFile.Names(PublishedProduct.Folder).Where(name => name.StartsWith(Libraries, StringComparison.Ordinal)).Select(name => name[Libraries.Length..]).ToList();

        Assert.Contains("System.Diagnostics.EventLog.Messages.dll", libraries);
        Assert.Contains("microsoft.management.infrastructure.native.unmanaged.dll", libraries);
        Assert.DoesNotContain(libraries, name => Path.GetExtension(name) is ".pdb" or ".xml");
        Assert.Equal(
            ["mimhybrid.deps.json", "mimhybrid.runtimeconfig.json"],
            libraries.Where(name => !known.Contains($"{name}\"", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    /// <summary>The trimmer leaves it whole, and nothing is compiled beforehand: what meets a real MIM is what Microsoft built.</summary>
    [Theory]
    [InlineData("microsoft.management.infrastructure.dll")]
    [InlineData("microsoft.management.infrastructure.native.dll")]
    public void The_cim_client_is_its_packages_own_to_the_byte(string name) => Assert.Equal(
        File.ReadAllBytes(Path.Combine(Packages.FolderOf("Microsoft.Management.Infrastructure.Runtime.Win"), "runtimes", "win-x64", "lib", "netstandard1.6", name)),
        File.ReadAllBytes(Path.Combine(PublishedProduct.Folder, Libraries, name)));

    [Fact]
    public void Each_link_of_its_pages_leads_to_a_file_that_it_holds()
    {
        var pages = ShippedFile.Names(PublishedProduct.Folder).Where(name => name.EndsWith(".md", StringComparison.Ordinal)).ToList();

        Assert.Contains("README.md", pages);
        Assert.All(pages, page => Assert.All(
            ShippedPages.Targets(PublishedProduct.Folder, page), target => Assert.True(Path.Exists(Path.Combine(PublishedProduct.Folder, target)), $"{page} leads to {target}")));
        Assert.Contains("scripts/README.md", ShippedPages.Targets(PublishedProduct.Folder, "README.md"));
        Assert.Contains("src (`src/README.md` in the repository)", File.ReadAllText(Path.Combine(PublishedProduct.Folder, "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void No_file_names_the_folder_that_it_was_built_in()
    {
        var ours = Directory.GetFiles(PublishedProduct.Folder, "*", SearchOption.AllDirectories);

        Assert.Contains(ours, path => Path.GetFileName(path) == "MimHybrid.Cycles.dll");
        Assert.DoesNotContain(ours, path => Holds(path, House.Root));
    }

    [Fact]
    public void The_notices_name_each_package_with_its_licence_and_hold_the_text_of_each()
    {
        var notices = File.ReadAllText(Path.Combine(PublishedProduct.Folder, "THIRD-PARTY-NOTICES.txt"));
        var packages = Packages.Shipped();

        Assert.True(packages.Count > 50);
        Assert.All(packages, package => Assert.Contains($"\n{package.Id} {package.Version}\n  licence    {package.Licence.Id}\n", notices, StringComparison.Ordinal));
        Assert.All(packages.Select(package => package.Licence.Id).Distinct(), licence => Assert.Contains($"\n{licence}: terms of ", notices, StringComparison.Ordinal));
        Assert.All(
            packages.Where(package => package.Licence.Text is not null),
            package => Assert.Contains(Licence.Words(package.Licence.Text!.Trim('﻿')), Licence.Words(notices), StringComparison.Ordinal));
    }

    [Fact]
    public void A_package_that_states_no_licence_and_carries_none_cannot_be_shipped()
    {
        var folder = Directory.CreateTempSubdirectory("mimhybrid-package-");
        File.WriteAllText(Path.Combine(folder.FullName, "stray.nuspec"), "<package><metadata><id>Stray</id></metadata></package>");
        File.WriteAllText(Path.Combine(folder.FullName, "stray.1.0.0.nupkg.sha512"), "AAAA");

        var refused = Assert.Throws<ReleaseException>(() => ShippedPackage.Read(folder.FullName, "Stray", "1.0.0", []));

        Assert.Contains("states no licence", refused.Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    private static bool Holds(string path, string text)
    {
        var content = File.ReadAllBytes(path).AsSpan();
        return content.IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || content.IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;
    }
}
