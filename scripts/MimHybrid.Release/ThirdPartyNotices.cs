using System.Text;

namespace MimHybrid.Release;

/// <summary>The licences of all that is included, in one text. Same words are printed once.</summary>
internal static class ThirdPartyNotices
{
    private static readonly string Rule = new('=', 100);

    public static string Write(IReadOnlyList<ShippedPackage> packages)
    {
        var text = new StringBuilder("MimHybrid includes the software below. This text was made from the packages' own files.\n");
        if (packages.Where(package => package.Licence.IsOwn).ToList() is { Count: > 0 } own)
            text.Append("\nTerms of their own, which restrict who may use the software and pass it on:\n").AppendJoin("", own.Select(package => $"  {package.Id} {package.Version}\n"));
        foreach (var package in packages) text.Append(Describe(package));
        foreach (var terms in packages.GroupBy(package => Licence.Words(TextOf(package, packages)), StringComparer.Ordinal))
            text.Append(Section($"{terms.First().Licence.Id}: terms of {Names(terms)}", TextOf(terms.First(), packages)));
        foreach (var notice in packages.SelectMany(package => package.Notices, (package, notice) => (package, notice)).GroupBy(one => Licence.Words(one.notice), StringComparer.Ordinal))
            text.Append(Section($"Notices of {Names(notice.Select(one => one.package))}", notice.First().notice));
        return text.Replace("\r\n", "\n").ToString();
    }

    /// <summary>A package that names a licence without its text gets the terms from one that carries them; whose copyright it is, is in the list.</summary>
    private static string TextOf(ShippedPackage package, IReadOnlyList<ShippedPackage> all) => package.Licence.Text
        ?? all.Where(other => other.Licence.Id == package.Licence.Id).Select(other => other.Licence.Text).OfType<string>().Select(Licence.Terms).FirstOrDefault()
        ?? Licence.StandardTerms(package.Licence.Id)
        ?? throw new ReleaseException($"{package.Id} {package.Version} is under {package.Licence.Id}, whose text no package carries: it cannot be shipped without.");

    private static string Describe(ShippedPackage package)
    {
        var text = new StringBuilder($"\n{package.Id} {package.Version}\n");
        (string Name, string? Value)[] facts =
            [("licence", package.Licence.Id), ("copyright", package.Copyright), ("authors", package.Authors), ("project", package.ProjectUrl)];
        foreach (var (name, value) in facts)
            if (value is not null) text.Append("  ").Append(name.PadRight(11)).Append(value).Append('\n');
        return text.ToString();
    }

    private static string Section(string title, string text) => $"\n{Rule}\n{title}\n{Rule}\n\n{text.Trim('﻿').Trim()}\n";

    private static string Names(IEnumerable<ShippedPackage> packages) => string.Join(", ", packages.Select(package => package.Id).Distinct());
}
