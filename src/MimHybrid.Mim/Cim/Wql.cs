namespace MimHybrid.Mim.Cim;

internal static class Wql
{
    /// <summary>A text as a WQL literal. Backslash and quote are escaped with a backslash; agents' names may hold both.</summary>
    public static string Literal(string text) =>
        $"'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";
}
