using System.Globalization;

namespace MimHybrid.Agent.Show;

/// <summary>A part of a sum in words: "2 refused", and nothing where there is none.</summary>
internal static class Counted
{
    public static string[] Part(long count, string what) =>
        count == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{count} {what}")];
}
