using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>The three parts of a JSON web token, read but not believed.</summary>
/// <param name="Header">The header.</param>
/// <param name="Payload">The claims.</param>
/// <param name="Signed">The bytes that the signature is over.</param>
/// <param name="Signature">The signature.</param>
internal sealed record JsonWebToken(JsonElement Header, JsonElement Payload, byte[] Signed, byte[] Signature)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonWebToken? token)
    {
        token = null;
        if (text.Split('.') is not [var header, var payload, var signature]
            || !TryRead(header, out var head)
            || !TryRead(payload, out var claims)
            || !Base64Url.IsValid(signature))
        {
            return false;
        }

        token = new JsonWebToken(head, claims, Encoding.ASCII.GetBytes($"{header}.{payload}"), Base64Url.DecodeFromChars(signature));
        return true;
    }

    public string HeaderText(string name) => Text(Header, name);

    public string Claim(string name) => Text(Payload, name);

    /// <summary>A claim that is a time; null if it is missing. A number by RFC 7519, but MSAL 4.83 writes the number as a string.</summary>
    public DateTimeOffset? Time(string claim) =>
        Payload.TryGetProperty(claim, out var value)
            && long.TryParse(value.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static string Text(JsonElement part, string name) =>
        part.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";

    private static bool TryRead(string encoded, out JsonElement part)
    {
        part = default;
        if (!Base64Url.IsValid(encoded))
            return false;

        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(encoded));
            part = document.RootElement.Clone();
            return part.ValueKind is JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
