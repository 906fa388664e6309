using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace MimHybrid.Benchmarks;

/// <summary>Two files of results, figure by figure, with the ratio of the second to the first.</summary>
internal static class Comparison
{
    public static int Run(string one, string other)
    {
        Console.Write(Write(JsonNode.Parse(File.ReadAllText(one))!, JsonNode.Parse(File.ReadAllText(other))!));
        return 0;
    }

    /// <summary>What stands in one of them alone has no ratio; what is no number is told where it differs.</summary>
    public static string Write(JsonNode one, JsonNode other)
    {
        var (before, after) = (Leaves(one), Leaves(other));
        var text = new StringBuilder("| figure | first | second | ratio |\n|---|---|---|---|\n");
        foreach (var path in before.Keys.Union(after.Keys))
        {
            var (a, b) = (before.GetValueOrDefault(path), after.GetValueOrDefault(path));
            var numbers = (Number(a), Number(b));
            if (numbers is (null, _) or (_, null) && a?.ToString() == b?.ToString()) continue;
            var ratio = numbers is ({ } from, { } to) && from != 0 ? string.Create(CultureInfo.InvariantCulture, $"{to / from:0.00}") : "";
            text.Append(CultureInfo.InvariantCulture, $"| {path} | {Show(a)} | {Show(b)} | {ratio} |\n");
        }

        return text.ToString();
    }

    private static Dictionary<string, JsonValue> Leaves(JsonNode node)
    {
        var found = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        void Walk(string path, JsonNode? part)
        {
            if (part is JsonObject parent) foreach (var (name, value) in parent) Walk(path.Length == 0 ? name : $"{path}.{name}", value);
            else if (part is JsonArray list) foreach (var (index, value) in list.Index()) Walk(string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), value);
            else if (part is JsonValue leaf) found[path] = leaf;
        }

        Walk("", node);
        return found;
    }

    private static double? Number(JsonValue? value) => value is not null && value.TryGetValue<double>(out var number) ? number : null;

    private static string Show(JsonValue? value) =>
        Number(value) is { } number ? number.ToString("0.###", CultureInfo.InvariantCulture) : value?.ToString() ?? "";
}
