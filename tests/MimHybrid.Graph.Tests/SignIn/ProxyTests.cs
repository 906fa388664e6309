using MimHybrid.Graph.Tests.Polling;

namespace MimHybrid.Graph.Tests.SignIn;

public sealed class ProxyTests
{
    [Fact]
    public async Task Graph_and_the_sign_in_both_go_through_the_proxy_that_is_set()
    {
        await using var proxy = new ForwardingProxy();
        await using var watched = await WatchedTenant.StartAsync();
        var port = watched.Tenant.GraphBaseUrl.Port;
        watched.Restart(settings => (settings.Proxy, settings.AuthorityHost) = (proxy.Address, $"https://127.0.0.1:{port}/"));

        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
        Assert.Equal([$"127.0.0.1:{port}", $"localhost:{port}"], proxy.Tunnels.Distinct());
    }

    [Theory]
    [InlineData("407 Proxy Authentication Required")]
    [InlineData("403 Forbidden")]
    [InlineData("502 Bad Gateway")]
    public async Task A_proxy_that_makes_no_tunnel_is_named_as_the_cause_and_tried_again(string refusal)
    {
        await using var proxy = new ForwardingProxy { Refusal = refusal };
        await using var watched = await WatchedTenant.StartAsync();
        watched.Restart(settings => settings.Proxy = proxy.Address);

        var failure = await watched.PollInVainAsync();
        Assert.Equal((PollFailureClass.Unreachable, false), (failure.Class, failure.NeedsPerson));
        Assert.Contains("proxy", failure.Sentence, StringComparison.Ordinal);
        Assert.Empty(watched.Tenant.Requests.All);

        proxy.Refusal = null;
        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
    }
}
