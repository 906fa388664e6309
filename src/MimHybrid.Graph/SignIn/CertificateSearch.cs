using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MimHybrid.Graph.SignIn;

/// <summary>Finds the certificate of the settings in this machine's stores, or says why there is none to sign in with.</summary>
internal static class CertificateSearch
{
    private const string Stores = "LocalMachine\\My or CurrentUser\\My";

    public static (X509Certificate2? Certificate, PollFailure? Failure) Find(GraphSettings settings, DateTimeOffset now)
    {
        var byThumbprint = settings.CertificateThumbprint is { Length: > 0 };
        var (setting, word) = byThumbprint
            ? (nameof(settings.CertificateThumbprint), "thumbprint")
            : (nameof(settings.CertificateSubject), "subject");

        var all = Newest(byThumbprint ? HasThumbprint(settings.CertificateThumbprint!) : HasSubject(settings.CertificateSubject!));
        var found = all.FindAll(HasRsaKey);
        return found switch
        {
            [] when all.Count > 0 => (null, Missing(
                $"The certificate of Graph:{setting} has no RSA key, and Entra takes no other.",
                "Make one with an RSA key of 2048 bits or more, and add it to the app registration.")),
            [] => (null, Missing(
                $"There is no certificate with the {word} Graph:{setting} and a private key in {Stores}.",
                "Install it there and let this account use its private key.")),
            _ when found.FirstOrDefault(certificate => IsValid(certificate, now)) is { } valid => (valid, null),
            [var newest, ..] when now < newest.NotBefore => (null, Missing(
                $"The certificate of Graph:{setting} is valid only from {Day(newest.NotBefore)} on.",
                "Check this server's clock, or use another one.")),
            [var newest, ..] => (null, Missing(
                $"The certificate of Graph:{setting} expired on {Day(newest.NotAfter)}.",
                byThumbprint
                    ? $"Install a new one, add it to the app registration, set Graph:{setting} to its thumbprint and start the agent again."
                    : "Install a new one with the same subject, and add it to the app registration.")),
        };
    }

    private static bool IsValid(X509Certificate2 certificate, DateTimeOffset now) =>
        certificate.NotBefore <= now && now <= certificate.NotAfter;

    /// <summary>The sign-in is signed with RSA (README.md#the-key-that-signs). The public half, open to all, is enough to tell.</summary>
    private static bool HasRsaKey(X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPublicKey();
        return key is not null;
    }

    private static Func<X509Certificate2, bool> HasThumbprint(string thumbprint)
    {
        var plain = GraphSettings.PlainThumbprint(thumbprint);
        return certificate => certificate.Thumbprint.Equals(plain, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// The whole name or the common name; never a part of it, since "MimHybrid" must not find the certificate of "MimHybrid-Test".
    /// </summary>
    private static Func<X509Certificate2, bool> HasSubject(string subject) => certificate =>
        certificate.Subject.Equals(subject.Trim(), StringComparison.OrdinalIgnoreCase)
        || certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false).Equals(subject.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Those with a private key, the one that became valid last first: a renewed certificate overlaps with the one before.
    /// </summary>
    private static List<X509Certificate2> Newest(Func<X509Certificate2, bool> wanted) =>
    [
        .. Read(StoreLocation.LocalMachine).Concat(Read(StoreLocation.CurrentUser))
            .Where(certificate => wanted(certificate) && certificate.HasPrivateKey)
            .OrderByDescending(certificate => certificate.NotBefore).ThenByDescending(certificate => certificate.NotAfter),
    ];

    private static IEnumerable<X509Certificate2> Read(StoreLocation location)
    {
        try
        {
            using var store = new X509Store(StoreName.My, location, OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            return store.Certificates;
        }
        catch (CryptographicException)
        {
            return []; // the store does not exist: LocalMachine\My has no counterpart outside Windows
        }
    }

    private static PollFailure Missing(string what, string whatToDo) =>
        PollFailure.ForPerson(PollFailureClass.Configuration, what, whatToDo);

    private static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
