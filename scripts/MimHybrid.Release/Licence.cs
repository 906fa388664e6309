namespace MimHybrid.Release;

/// <summary>Under which terms a package may be used.</summary>
/// <param name="Id">An SPDX licence expression, or a LicenseRef for terms that are on no list.</param>
/// <param name="Text">The terms as the package carries them; null when it only names them.</param>
internal sealed record Licence(string Id, string? Text)
{
    private const string Mit = "MIT";
    private const string Apache = "Apache-2.0";

    private const string MitGrant = "Permission is hereby granted, free of charge, to any person obtaining a copy of this software";
    private const string ApacheHead = "Apache License Version 2.0, January 2004";

    /// <summary>https://spdx.org/licenses/ISC.html</summary>
    private const string IscTerms =
        """
        Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that
        the above copyright notice and this permission notice appear in all copies.

        THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES
        OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR
        ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS
        ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.
        """;

    /// <summary>Terms of the package's own, which no list knows: whoever passes the package on has to have read them.</summary>
    public bool IsOwn => Id.StartsWith("LicenseRef-", StringComparison.Ordinal);

    /// <summary>Knows a licence by its words. Packages of before 2018, and some of today, name no licence but carry it.</summary>
    public static Licence FromText(string text, string packageId)
    {
        var words = Words(text);
        if (words.Contains(MitGrant, StringComparison.Ordinal)) return new Licence(Mit, text);
        if (words.Contains(ApacheHead, StringComparison.Ordinal)) return new Licence(Apache, text);
        return new Licence($"LicenseRef-{packageId}", text);
    }

    /// <summary>The terms of a licence that packages name and none carries.</summary>
    public static string? StandardTerms(string id) => id == "ISC" ? IscTerms : null;

    /// <summary>The terms alone, without the heading that says whose software they were written for.</summary>
    public static string Terms(string text) =>
        text.IndexOf(MitGrant[..30], StringComparison.Ordinal) is >= 0 and var start ? text[start..] : text;

    /// <summary>Whether two texts differ in the breaking of lines at most.</summary>
    public static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
