using System.Globalization;

namespace MimHybrid.Chaos;

/// <summary>What came of each deed, and the table of it.</summary>
internal sealed class ChaosTally
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Row> rows = [];
    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
    private readonly List<string> failures = [];

    public int Done
    {
        get
        {
            lock (gate) return rows.Values.Sum(row => row.Done);
        }
    }

    public bool AllHeld
    {
        get
        {
            lock (gate) return failures.Count == 0;
        }
    }

    /// <param name="deed">Its name.</param>
    /// <param name="recovery">From the moment on which nothing stood in the way any more.</param>
    public void Held(string deed, TimeSpan recovery)
    {
        lock (gate)
        {
            var row = Of(deed);
            (row.Done, row.Held) = (row.Done + 1, row.Held + 1);
            row.Recoveries.Add(recovery);
        }
    }

    public void Failed(string deed, string failure)
    {
        lock (gate)
        {
            Of(deed).Done++;
            failures.Add(failure);
        }
    }

    /// <summary>Something worth a figure of its own.</summary>
    public void Count(string what, long by = 1)
    {
        lock (gate) counts[what] = counts.GetValueOrDefault(what) + by;
    }

    public IEnumerable<string> Table()
    {
        lock (gate)
        {
            List<string> lines = ["| deed | done | held | recovery, median | worst |", "|---|---|---|---|---|"];
            foreach (var (deed, row) in rows.OrderBy(row => row.Key, StringComparer.Ordinal))
            {
                row.Recoveries.Sort();
                var median = row.Recoveries.Count == 0 ? TimeSpan.Zero : row.Recoveries[row.Recoveries.Count / 2];
                var worst = row.Recoveries.Count == 0 ? TimeSpan.Zero : row.Recoveries[^1];
                lines.Add(string.Create(CultureInfo.InvariantCulture,
                    $"| `{deed}` | {row.Done} | {row.Held} | {median.TotalSeconds:0.0} s | {worst.TotalSeconds:0.0} s |"));
            }

            lines.Add(string.Create(
                CultureInfo.InvariantCulture, $"| | {rows.Values.Sum(row => row.Done)} | {rows.Values.Sum(row => row.Held)} | | |"));
            lines.Add("");
            lines.AddRange(counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"- {count.Value} {count.Key}")));
            lines.AddRange(failures.Select(failure => $"FAILED {failure}"));
            return lines;
        }
    }

    private Row Of(string deed) => rows.TryGetValue(deed, out var row) ? row : rows[deed] = new Row();

    private sealed class Row
    {
        public int Done { get; set; }

        public int Held { get; set; }

        public List<TimeSpan> Recoveries { get; } = [];
    }
}
