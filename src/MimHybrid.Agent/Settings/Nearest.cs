namespace MimHybrid.Agent.Settings;

/// <summary>The name that somebody may have meant who misspelt it.</summary>
internal static class Nearest
{
    private const int Farthest = 2;

    /// <summary>The known name with the fewest letters left out, added, changed or swapped; null where none is near.</summary>
    public static string? Of(string name, IEnumerable<string> known) => known
        .Where(candidate => Math.Abs(candidate.Length - name.Length) <= Farthest)
        .Select(candidate => (Name: candidate, Distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
        .Where(candidate => candidate.Distance <= Math.Min(Farthest, candidate.Name.Length / 2))
        .OrderBy(candidate => candidate.Distance)
        .FirstOrDefault().Name;

    /// <summary>Row by row, as Wagner and Fischer do; two neighbours that changed places count once.</summary>
    private static int Distance(string one, string other)
    {
        var (before, last, row) = (new int[other.Length + 1], new int[other.Length + 1], new int[other.Length + 1]);
        for (var column = 0; column <= other.Length; column++) last[column] = column;
        for (var line = 1; line <= one.Length; line++)
        {
            row[0] = line;
            for (var column = 1; column <= other.Length; column++)
            {
                var change = last[column - 1] + (one[line - 1] == other[column - 1] ? 0 : 1);
                row[column] = Math.Min(change, Math.Min(last[column], row[column - 1]) + 1);
                if (line > 1 && column > 1 && one[line - 1] == other[column - 2] && one[line - 2] == other[column - 1])
                    row[column] = Math.Min(row[column], before[column - 2] + 1);
            }

            (before, last, row) = (last, row, before);
        }

        return last[other.Length];
    }
}
