namespace MimHybrid.Release;

/// <summary>A release in its folder: the zip, the bill of materials beside it (also within), and the checksums of both.</summary>
internal sealed record ProductRelease(string Folder, string Zip, string Bill, string Checksums, IReadOnlyList<ShippedPackage> Packages)
{
    private const string Runtime = "win-x64";

    public static ProductRelease Make(Repository repository, string folder)
    {
        repository.RefuseUncommitted();
        Tool.Run(repository.Root, "dotnet", "publish", Path.Combine("src", "MimHybrid.Agent"), "--configuration", "Release", "--runtime", Runtime, "--self-contained", "--verbosity", "quiet");
        repository.RefuseUncommitted(); // somebody may have gone on working
        var pivot = $"release_{Runtime}";
        var product = Path.Combine(repository.Root, "artifacts", "publish", "MimHybrid.Agent", pivot);
        var dependencies = Path.Combine(repository.Root, "artifacts", "obj", "MimHybrid.Agent", pivot, "mimhybrid.deps.json");
        var packages = ShippedPackages.Read(dependencies, PackageCache(repository));

        var name = $"MimHybrid-{repository.Version}-{Runtime}";
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var release = new ProductRelease(folder, Path.Combine(folder, $"{name}.zip"), Path.Combine(folder, $"{name}.spdx.json"), Path.Combine(folder, ChecksumList.Name), packages);

        var subject = new BillSubject(name, repository.Version, repository.Commit, repository.CommittedAt, Tool.Read(repository.Root, "dotnet", "--version"));
        File.WriteAllText(release.Bill, BillOfMaterials.Write(subject, packages, ShippedFile.ReadAll(product)));
        ReleaseZip.Write(release.Zip, product, [(BillOfMaterials.NameInZip, release.Bill)], repository.CommittedAt);
        File.WriteAllText(release.Checksums, ChecksumList.Write(new[] { release.Zip, release.Bill }.Select(path => (Path.GetFileName(path), path))));
        return release;
    }

    private static string PackageCache(Repository repository) =>
        Tool.Read(repository.Root, "dotnet", "nuget", "locals", "global-packages", "--list", "--force-english-output") is var line && line.Split(": ", 2) is [_, var path]
            ? path.Trim()
            : throw new ReleaseException($"NuGet does not say where its packages are: {line}");
}
