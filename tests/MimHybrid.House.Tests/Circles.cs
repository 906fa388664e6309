namespace MimHybrid.House.Tests;

/// <summary>Finds the arrows that close a circle.</summary>
internal static class Circles
{
    /// <summary>
    /// One line for each arrow that has to go so that no circle is left. In a circle, the wrong arrow is the one that the fewest files
    /// need: the others are what the rooms are for.
    /// </summary>
    public static IReadOnlyList<string> WrongArrows(IEnumerable<Arrow> arrows)
    {
        var left = arrows.Where(arrow => arrow.From != arrow.To).ToLookup(arrow => (arrow.From, arrow.To), arrow => arrow.By)
            .ToDictionary(same => same.Key, same => same.Distinct().Order(StringComparer.Ordinal).ToList());
        var wrong = new List<string>();
        while (Shortest(left.Keys) is { } circle)
        {
            var thinnest = circle.Zip(circle.Skip(1)).MinBy(arrow => left[arrow].Count);
            var way = string.Join(" → ", circle);
            wrong.Add($"{thinnest.First} → {thinnest.Second} closes the circle {way}: {string.Join(", ", left[thinnest])}");
            left.Remove(thinnest);
        }

        return wrong;
    }

    /// <summary>The rooms of the shortest circle, whose first is also its last; null if there is none.</summary>
    private static List<string>? Shortest(IReadOnlyCollection<(string From, string To)> arrows)
    {
        var leadsTo = arrows.OrderBy(arrow => arrow.To, StringComparer.Ordinal).ToLookup(arrow => arrow.From, arrow => arrow.To);
        return leadsTo.Select(room => room.Key).Order(StringComparer.Ordinal)
            .Select(room => WayBack(room, leadsTo))
            .OfType<List<string>>()
            .MinBy(way => way.Count);
    }

    private static List<string>? WayBack(string start, ILookup<string, string> leadsTo)
    {
        var ways = new Queue<List<string>>([[start]]);
        var seen = new HashSet<string>();
        while (ways.TryDequeue(out var way))
        {
            foreach (var next in leadsTo[way[^1]])
            {
                if (next == start) return [.. way, next];
                if (seen.Add(next)) ways.Enqueue([.. way, next]);
            }
        }

        return null;
    }
}
