using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MimHybrid.Graph.Tests.SignIn;

/// <summary>A certificate in this account's store as long as the test lasts.</summary>
internal sealed class StoreCertificate : IDisposable
{
    /// <summary>One for all of them: to make a key takes longer than most tests.</summary>
    private static readonly RSA Key = RSA.Create(2048);

    public StoreCertificate(string subject, DateTimeOffset from, DateTimeOffset to)
        : this(new CertificateRequest($"CN={subject}, O=Contoso", Key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), from, to)
    {
    }

    /// <summary>One with a key on an elliptic curve.</summary>
    public StoreCertificate(string subject, DateTimeOffset from, DateTimeOffset to, ECDsa key)
        : this(new CertificateRequest($"CN={subject}, O=Contoso", key, HashAlgorithmName.SHA256), from, to)
    {
    }

    private StoreCertificate(CertificateRequest request, DateTimeOffset from, DateTimeOffset to)
    {
        using var made = request.CreateSelfSigned(from, to);
        Certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.PersistKeySet);
        Change(store => store.Add(Certificate));
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>A subject that no other test and no other run has.</summary>
    public static string NewSubject() => $"MimHybrid.Graph.Tests {Guid.NewGuid():N}";

    public void Dispose()
    {
        Change(store => store.Remove(Certificate));
        Certificate.Dispose();
    }

    private static void Change(Action<X509Store> change)
    {
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser, OpenFlags.ReadWrite);
        change(store);
    }
}
