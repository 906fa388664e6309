namespace MimHybrid.Release;

/// <summary>What this program does.</summary>
internal static class Commands
{
    /// <summary><c>notices</c>: called by <c>dotnet publish</c> (src/MimHybrid.Agent/Publish.targets).</summary>
    public static int WriteNotices(Arguments arguments)
    {
        File.WriteAllText(arguments["--output"], ThirdPartyNotices.Write(ShippedPackages.Read(arguments["--dependencies"], arguments["--packages"])));
        return 0;
    }

    /// <summary><c>pages</c>: called by <c>dotnet publish</c>, too.</summary>
    public static int SettlePages(Arguments arguments)
    {
        ShippedPages.Settle(arguments["--folder"]);
        return 0;
    }

    /// <summary>Without a command: the zip, its bill of materials and their checksums.</summary>
    public static int Make(Arguments arguments)
    {
        var repository = Repository.Here();
        var release = ProductRelease.Make(repository, arguments.Find("--output") ?? Path.Combine(repository.Root, "artifacts", "release"));
        Console.WriteLine(File.ReadAllText(release.Checksums).TrimEnd());
        Console.WriteLine($"MimHybrid {repository.Version} of commit {repository.Commit} is in {release.Folder}");
        foreach (var package in release.Packages.Where(package => package.Licence.IsOwn))
            Console.WriteLine($"note: {package.Id} {package.Version} has terms of its own, which restrict its use and its passing on (THIRD-PARTY-NOTICES.txt). Read them before you publish this zip.");
        return 0;
    }

    /// <summary><c>prove</c>: the release, made here and made of a clone in another folder, has the same bytes.</summary>
    public static int Prove(Arguments arguments)
    {
        var repository = Repository.Here();
        var here = ProductRelease.Make(repository, arguments.Find("--output") ?? Path.Combine(repository.Root, "artifacts", "release"));
        var elsewhere = Directory.CreateTempSubdirectory("another folder of mimhybrid-"); // a space, and another length: both have broken builds
        try
        {
            var clone = Path.Combine(elsewhere.FullName, "clone");
            Tool.Run(elsewhere.FullName, "git", "clone", "--quiet", "--no-hardlinks", repository.Root, clone);
            Tool.Run(clone, "git", "checkout", "--quiet", "--detach", repository.Commit);
            var there = ProductRelease.Make(new Repository(clone), Path.Combine(clone, "artifacts", "release"));
            if (File.ReadAllText(here.Checksums) != File.ReadAllText(there.Checksums))
                throw new ReleaseException($"the same commit gave other bytes in another folder:{Environment.NewLine}{File.ReadAllText(here.Checksums)}{File.ReadAllText(there.Checksums)}");
        }
        finally
        {
            DeleteClone(elsewhere);
        }

        Console.WriteLine(File.ReadAllText(here.Checksums).TrimEnd());
        Console.WriteLine($"proved: commit {repository.Commit} gave the same bytes in {repository.Root} and in another folder");
        return 0;
    }

    /// <summary>Git writes its objects read-only, which Windows does not delete.</summary>
    private static void DeleteClone(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories)) file.IsReadOnly = false;
        folder.Delete(recursive: true);
    }
}
