using System.Text;
using System.Text.Json;
using NJsonSchema;

namespace MimHybrid.Documents.Tests.Checks;

/// <summary>JSON as the documents show it: comments are allowed, and … for what is left out. What begins like our settings obeys their schema.</summary>
internal static class SettingsJson
{
    private static readonly JsonSchema Schema =
        JsonSchema.FromFileAsync(Repository.In("src", "MimHybrid.Agent", "appsettings.schema.json"), TestContext.Current.CancellationToken).GetAwaiter().GetResult();

    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip };

    public static IEnumerable<string> Errors(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(Whole(text), Options);
            return IsSettings(json.RootElement) ? [.. Schema.Validate(json.RootElement.GetRawText()).Select(error => error.ToString())] : [];
        }
        catch (JsonException e)
        {
            return [e.Message];
        }
    }

    /// <summary>Whether there is a setting of this name, with colons or, as in the environment, with two underscores.</summary>
    public static bool Knows(string name)
    {
        var at = Schema;
        foreach (var part in name.Replace("__", ":", StringComparison.Ordinal).Split(':'))
        {
            at = at.ActualSchema;
            var next = at.ActualProperties.FirstOrDefault(property => property.Key.Equals(part, StringComparison.OrdinalIgnoreCase)).Value
                ?? at.AdditionalPropertiesSchema ?? (at.Item is not null && part.All(char.IsAsciiDigit) ? at.Item : null);
            if (next is null) return false;
            at = next;
        }

        return true;
    }

    /// <summary>Our settings have names like Graph; what other programs take or give has names like displayName.</summary>
    private static bool IsSettings(JsonElement root) => root.ValueKind == JsonValueKind.Object && root.EnumerateObject().Any(property => char.IsAsciiLetterUpper(property.Name[0]));

    /// <summary>Without each … that is not in a string, and without the comma before it.</summary>
    private static string Whole(string text)
    {
        var whole = new StringBuilder();
        var quoted = false;
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '"' && (index == 0 || text[index - 1] != '\\')) quoted = !quoted;
            if (quoted || text[index] != '…')
            {
                whole.Append(text[index]);
                continue;
            }

            while (whole.Length > 0 && (char.IsWhiteSpace(whole[^1]) || whole[^1] == ',')) whole.Length--;
        }

        return whole.ToString();
    }
}
