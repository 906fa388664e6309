using System.Globalization;

namespace MimHybrid.Cycles.Words;

/// <summary>A part of a sum in words: "2 refused", and nothing where there is none.</summary>
public static class Counted
{
    public static string[] Part(long count, string what) =>
        count == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{count} {what}")];
}
