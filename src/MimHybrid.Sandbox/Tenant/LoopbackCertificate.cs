using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>A certificate for this process alone, and a client's handler that trusts it and nothing else.</summary>
internal static class LoopbackCertificate
{
    /// <summary>
    /// Without a password there is nothing to be guessed slowly: the usual rounds are most of what a tenant's start would cost.
    /// </summary>
    private static readonly PbeParameters Unprotected = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterationCount: 1);

    /// <summary>Makes a self-signed certificate for localhost and the loopback addresses.</summary>
    public static X509Certificate2 Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost, O=MimHybrid sandbox", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        // An authority, so that it can be put into a list of trusted authorities (README.md#the-loopback-certificate).
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority(pathLengthConstraint: 0));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));

        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        // Windows serves TLS only with a key that came from a store or a file, not with one made in memory.
        return X509CertificateLoader.LoadPkcs12(made.ExportPkcs12(Unprotected, password: null), password: null);
    }

    /// <summary>Makes a handler for clients of this process: no proxy, and any name leads to loopback.</summary>
    public static SocketsHttpHandler CreateTrustingHandler(X509Certificate2 certificate)
    {
        var thumbprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        return new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, presented, _, _) =>
                    presented?.GetCertHashString(HashAlgorithmName.SHA256) == thumbprint,
            },
            // "localhost" may mean ::1 first, and Windows takes two seconds to find out that nobody listens there.
            ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint.Port, cancellationToken),
        };
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The stream owns the socket, and its reader the stream.")]
    private static async ValueTask<Stream> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
