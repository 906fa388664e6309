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

    /// <summary>The terms alone, without the heading that says whose software they were written for.</summary>
    public static string Terms(string text) =>
        text.IndexOf(MitGrant[..30], StringComparison.Ordinal) is >= 0 and var start ? text[start..] : text;

    /// <summary>Whether two texts differ in the breaking of lines at most.</summary>
    public static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
