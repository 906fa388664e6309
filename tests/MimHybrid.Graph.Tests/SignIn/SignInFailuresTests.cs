using System.Net.Sockets;
using System.Security.Cryptography;
using MimHybrid.Graph.Failures;

namespace MimHybrid.Graph.Tests.SignIn;

/// <summary>What no server of these tests can bring about: a key that cannot be used, an Azure Arc agent that refuses or is stopped.</summary>
public sealed class SignInFailuresTests
{
    private static PollFailure From(Exception inner, CredentialKind kind) =>
        SignInFailures.From(new InvalidOperationException("planted", inner), "a host", TimeProvider.System, kind);

    [Theory]
    [InlineData(0x80070005, "Let this account read it")] // access denied
    [InlineData(0x80090010, "Let this account read it")] // no permission
    [InlineData(0x80090016, "Let this account read it")] // the key set does not exist
    [InlineData(0x80090029, "cannot sign")] // not supported
    [InlineData(0x8009000B, "cannot sign")] // not valid in this state
    public void A_key_that_may_not_be_read_and_one_that_cannot_sign_are_two_things(uint code, string says)
    {
        var failure = From(new CryptographicException(unchecked((int)code)), CredentialKind.Certificate);
        Assert.Equal((PollFailureClass.Configuration, true), (failure.Class, failure.NeedsPerson));
        Assert.Contains(says, failure.Sentence, StringComparison.Ordinal);
    }

    public static TheoryData<Exception> ArcRefusals =>
    [
        new UnauthorizedAccessException("planted"),
        new FileNotFoundException("planted"),
        new HttpRequestException(HttpRequestError.ConnectionError, "planted", new SocketException((int)SocketError.ConnectionRefused)),
        new InvalidOperationException("planted"),
    ];

    [Theory]
    [MemberData(nameof(ArcRefusals), DisableDiscoveryEnumeration = true)]
    public void However_the_Arc_agent_refuses_its_group_and_its_service_are_named(Exception refusal)
    {
        var failure = From(refusal, CredentialKind.ManagedIdentity);
        Assert.Equal((PollFailureClass.Configuration, true), (failure.Class, failure.NeedsPerson));
        Assert.Contains("himds", failure.Sentence, StringComparison.Ordinal);
        Assert.Contains("Hybrid agent extension applications", failure.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", failure.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_slow_is_asked_again()
    {
        var failure = From(new TaskCanceledException("planted"), CredentialKind.ManagedIdentity);
        Assert.Equal((PollFailureClass.Unreachable, false), (failure.Class, failure.NeedsPerson));
    }
}
