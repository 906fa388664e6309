namespace MimHybrid.Graph;

/// <summary>What is allowed as a credential: exactly one of four, never a chain.</summary>
internal static class CredentialRules
{
    private const int ThumbprintLength = 40;
    private static readonly TimeSpan LongestWarning = TimeSpan.FromDays(365);

    public static IEnumerable<string> Check(GraphSettings settings, Predicate<string> inError)
    {
        if (CheckNumber(settings, inError) is { } number) yield return number;
        if (settings.ClientSecret is { Length: > 0 } secret && string.IsNullOrWhiteSpace(secret))
            yield return $"Graph:{nameof(settings.ClientSecret)} is blank; allowed is the secret's value.";
        if (settings.CertificateSubject is { Length: > 0 } subject && string.IsNullOrWhiteSpace(subject))
            yield return $"Graph:{nameof(settings.CertificateSubject)} is blank; allowed is a certificate's subject or its common name.";
        if (settings.CertificateThumbprint is { Length: > 0 } thumbprint && !IsThumbprint(GraphSettings.PlainThumbprint(thumbprint)))
            yield return GraphSettingsRules.Wrong(
                nameof(settings.CertificateThumbprint), thumbprint, "a thumbprint, 40 hexadecimal digits");
        if (settings.WarnBeforeExpiry < TimeSpan.Zero || settings.WarnBeforeExpiry > LongestWarning)
            yield return GraphSettingsRules.Wrong(
                nameof(settings.WarnBeforeExpiry), $"{settings.WarnBeforeExpiry:c}", "00:00:00 to 365.00:00:00");
    }

    private static string? CheckNumber(GraphSettings settings, Predicate<string> inError)
    {
        (string Name, bool IsSet)[] all =
        [
            (nameof(settings.CertificateThumbprint), settings.CertificateThumbprint is { Length: > 0 }),
            (nameof(settings.CertificateSubject), settings.CertificateSubject is { Length: > 0 }),
            (nameof(settings.ClientSecret), settings.ClientSecret is { Length: > 0 }),
            (nameof(settings.ManagedIdentity), settings.ManagedIdentity),
        ];
        string[] set = [.. all.Where(credential => credential.IsSet).Select(credential => "Graph:" + credential.Name)];
        if (all.Any(credential => inError("Graph:" + credential.Name))) return null;
        return set.Length switch
        {
            0 =>
                $"Graph:{all[0].Name} is missing, and so are "
                    + $"Graph:{string.Join(", Graph:", all.Skip(1).Select(credential => credential.Name))}; "
                        + "exactly one of them is allowed.",
            1 => null,
            2 => $"{set[0]} and {set[1]} are both set; exactly one of them is allowed.",
            _ => $"{string.Join(", ", set)} are all set; exactly one of them is allowed.",
        };
    }

    private static bool IsThumbprint(string text) => text.Length == ThumbprintLength && text.All(char.IsAsciiHexDigit);
}
