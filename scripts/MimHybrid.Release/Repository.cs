using System.Globalization;
using System.Xml.Linq;

namespace MimHybrid.Release;

/// <summary>The commit that is released: all that a release may depend on.</summary>
internal sealed class Repository(string root)
{
    public string Root { get; } = root;

    public string Commit => Git("rev-parse", "HEAD");

    /// <summary>The only time that a release knows.</summary>
    public DateTimeOffset CommittedAt => DateTimeOffset.FromUnixTimeSeconds(long.Parse(Git("show", "--no-patch", "--format=%ct", "HEAD"), CultureInfo.InvariantCulture));

    public string Version => XDocument.Load(Path.Combine(Root, "Directory.Build.props")).Descendants("Version").Single().Value;

    /// <summary>The repository that holds the current folder.</summary>
    public static Repository Here() => new(Path.GetFullPath(Tool.Read(Environment.CurrentDirectory, "git", "rev-parse", "--show-toplevel")));

    /// <exception cref="ReleaseException">Something is not committed.</exception>
    public void RefuseUncommitted()
    {
        if (Git("status", "--porcelain") is { Length: > 0 } changed)
            throw new ReleaseException($"a release is made of a commit, and these files are not committed:{Environment.NewLine}{changed}");
    }

    private string Git(params string[] arguments) => Tool.Read(Root, "git", arguments);
}
