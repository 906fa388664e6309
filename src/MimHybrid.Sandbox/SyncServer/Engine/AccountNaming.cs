using System.Globalization;
using System.Text;
using MimHybrid.Sandbox.SyncServer.Runs;
using MimHybrid.Sandbox.SyncServer.Spaces;

namespace MimHybrid.Sandbox.SyncServer.Engine;

/// <summary>Names new accounts: a distinguished name and a sAMAccountName that nobody in the connector space has.</summary>
internal sealed class AccountNaming
{
    /// <summary>The schema's limit for a common name.</summary>
    private const int LongestCommonName = 64;

    /// <summary>The limit for logon names of users (SAM).</summary>
    private const int LongestLogonName = 20;

    private readonly ConnectorSpace space;
    private readonly HashSet<string> logonNames;

    public AccountNaming(ConnectorSpace space)
    {
        this.space = space;
        logonNames = space.Objects
            .SelectMany(o => new[] { o.Hologram, o.Believed, o.PendingExport?.Image })
            .Select(image => image?.SamAccountName)
            .OfType<string>()
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    public string NewDn(PersonAttributes guest)
    {
        var name = Printable(guest.DisplayName) is { Length: > 0 } displayName ? displayName : Printable(guest.Mail);
        if (name.Length == 0)
            name = "Guest";
        return Numbered(name, LongestCommonName, " ", commonName => $"CN={Escape(commonName)},{DirectoryDomain.Guests}", space.IsDnTaken);
    }

    public string NewLogonName(PersonAttributes guest)
    {
        var source = guest.Mail?.Split('@')[0] ?? guest.DisplayName ?? "";
        var name = string.Concat(source.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')).Trim('.');
        var found = Numbered(name.Length > 0 ? name : "guest", LongestLogonName, "", candidate => candidate, logonNames.Contains);
        logonNames.Add(found);
        return found;
    }

    /// <summary>The name itself, or with the lowest number from 2 that makes it free, cut so that both fit.</summary>
    private static string Numbered(string name, int longest, string separator, Func<string, string> shape, Predicate<string> isTaken)
    {
        var candidate = shape(Cut(name, longest));
        for (var number = 2; isTaken(candidate); number++)
        {
            var suffix = separator + number.ToString(CultureInfo.InvariantCulture);
            candidate = shape(Cut(name, longest - suffix.Length) + suffix);
        }

        return candidate;
    }

    private static string Cut(string name, int longest)
    {
        if (name.Length <= longest)
            return name;
        var end = char.IsHighSurrogate(name[longest - 1]) ? longest - 1 : longest;
        return name[..end].TrimEnd();
    }

    private static string Printable(string? name) => string.Concat((name ?? "").Where(c => !char.IsControl(c))).Trim();

    /// <summary>RFC 4514: these characters need a backslash, a leading # too.</summary>
    private static string Escape(string commonName)
    {
        var escaped = new StringBuilder(commonName.Length);
        foreach (var c in commonName)
        {
            if (c is ',' or '+' or '"' or '\\' or '<' or '>' or ';' or '=' || (c == '#' && escaped.Length == 0))
                escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }
}
