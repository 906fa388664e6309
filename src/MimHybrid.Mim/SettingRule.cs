namespace MimHybrid;

/// <summary>
/// The sentence about a setting that cannot be used, and the rules that many settings share. Compiled into each project that has a section
/// of the settings, because none of them refers to all others.
/// </summary>
internal static class SettingRule
{
    /// <summary>Whoever typed a value knows it by its beginning; a file's worth of it would push everything else off the screen.</summary>
    private const int Longest = 100;

    public static string Wrong(string setting, string? value, string allowed) => $"{setting} is {Shown(value)}; allowed is {allowed}.";

    /// <summary>Secrets end up in the wrong box: one that Entra made contains a tilde, one in an address stands before an @.</summary>
    public static string Shown(string? value) => value switch
    {
        null or "" => "missing",
        _ when value.AsSpan().ContainsAny('~', '@') => "something that may be a secret (not shown)",
        _ => Quoted(value),
    };

    /// <summary>A value that is certainly no secret.</summary>
    public static string Quoted(string value) => value.Length <= Longest ? $"'{value}'" : $"'{Cut(value)}' ({value.Length} characters)";

    public static string Cut(string text) => text.Length <= Longest ? text : $"{text[..Longest]}…";

    public static IEnumerable<string> Duration(string setting, TimeSpan value, TimeSpan least, TimeSpan most) =>
        value >= least && value <= most
        ? []
        : [Wrong(setting, $"{value:c}", $"a duration from {least:c} to {most:c}")];

    public static IEnumerable<string> Number(string setting, int value, int least, int most) => value >= least && value <= most
        ? []
        : [$"{setting} is {value}; allowed is {least} {(most == int.MaxValue ? "or more" : $"to {most}")}."];

    public static IEnumerable<string> Defined<T>(string setting, T value) where T : struct, Enum => Enum.IsDefined(value)
        ? []
        : [Wrong(setting, $"{value}", string.Join(", ", Enum.GetNames<T>()))];
}
