using System.Text;
using MimHybrid.Release;

namespace MimHybrid.Windows.Tests;

/// <summary>The one folder that an administrator gets.</summary>
public sealed class PublishedFolderTests
{
    private static readonly string[] Product =
    [
        "LICENSE.txt",
        "README.md",
        "System.Diagnostics.EventLog.Messages.dll",
        "THIRD-PARTY-NOTICES.txt",
        "appsettings.json",
        "appsettings.schema.json",
        "e_sqlite3.dll",
        "microsoft.management.infrastructure.dll",
        "microsoft.management.infrastructure.native.dll",
        "microsoft.management.infrastructure.native.unmanaged.dll",
        "mimhybrid.exe",
    ];

    [Fact]
    public void It_holds_the_executable_what_must_be_a_file_the_scripts_and_infra_and_nothing_else()
    {
        var scripts = ShippedFile.Names(House.In("scripts")).Where(name => Path.GetExtension(name) is ".ps1" or ".psm1").Append("README.md").Select(name => $"scripts/{name}");
        var infra = ShippedFile.Names(House.In("infra")).Select(name => $"infra/{name}");

        var pictures = ShippedFile.Names(House.In("src/MimHybrid.Agent/Pictures")).Select(name => $"src/MimHybrid.Agent/Pictures/{name}");

        Assert.Contains("scripts/Install-MimHybrid.ps1", scripts);
        Assert.Equal([.. Product.Concat(scripts).Concat(infra).Concat(pictures).Order(StringComparer.Ordinal)], ShippedFile.Names(PublishedProduct.Folder));
    }

    [Fact]
    public void No_file_names_the_folder_that_it_was_built_in()
    {
        // In the executable they are compressed, so the assemblies are looked at as the compiler made them.
        var ours = Directory.EnumerateFiles(House.In("artifacts", "obj"), "*.dll", SearchOption.AllDirectories)
            .Where(path => path.Contains($"{Path.DirectorySeparatorChar}release_win-x64{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Concat(Directory.EnumerateFiles(PublishedProduct.Folder, "*", SearchOption.AllDirectories))
            .ToList();

        Assert.True(ours.Count > Product.Length + 5);
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
