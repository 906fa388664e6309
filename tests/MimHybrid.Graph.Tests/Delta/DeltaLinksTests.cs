using MimHybrid.Graph.Delta;

namespace MimHybrid.Graph.Tests.Delta;

public sealed class DeltaLinksTests
{
    private static readonly DeltaLinks Links = new("https://graph.example/v1.0", ["id", "userType", "mail"]);

    [Fact]
    public void The_first_page_is_asked_for_with_the_selection_in_order() =>
        Assert.Equal("https://graph.example/v1.0/users/delta?$select=id,userType,mail", Links.First);

    [Fact]
    public void An_id_cannot_leave_its_place_in_the_address() =>
        Assert.Equal("https://graph.example/v1.0/users/..%2Fme%3Fa?$select=id,userType,mail", Links.User("../me?a"));

    [Theory]
    [InlineData("https://graph.example/v1.0/users/delta?$deltatoken=-_.~%2Babc")]
    [InlineData("https://graph.example/v1.0/users/delta()?$skiptoken=t")]
    [InlineData("https://graph.example/v1.0/users/microsoft.graph.delta()?%24skiptoken=t")]
    [InlineData("https://GRAPH.example:443/v1.0/users/microsoft.graph.delta?$DeltaToken=t")]
    [InlineData("https://graph.example/v1.0/users/delta%28%29?$deltatoken=t")]
    public void Links_to_the_users_delta_of_our_graph_are_followed(string link) => Assert.Null(Links.Refusal(link));

    [Theory]
    [InlineData("https://evil.example/v1.0/users/delta?$deltatoken=planted", "a link leads to another server")]
    [InlineData("https://graph.example.evil.example/v1.0/users/delta?$deltatoken=planted", "a link leads to another server")]
    [InlineData("http://graph.example/v1.0/users/delta?$deltatoken=planted", "a link leads to another server")]
    [InlineData("https://graph.example:444/v1.0/users/delta?$deltatoken=planted", "a link leads to another server")]
    [InlineData("https://graph.example@evil.example/v1.0/users/delta?$deltatoken=planted", "a link leads to another server")]
    [InlineData("https://someone@graph.example/v1.0/users/delta?$deltatoken=planted", "a link leads to another server")]
    [InlineData("https://graph.example/beta/users/delta?$deltatoken=planted", "a link leads to something other than the users' delta")]
    [InlineData("https://graph.example/v1.0/groups/delta?$deltatoken=planted", "a link leads to something other than the users' delta")]
    [InlineData("https://graph.example/v1.0/users/delta/../../me?$deltatoken=planted", "a link leads to something other than the users' delta")]
    [InlineData("https://graph.example/v1.0/users/delta/%2e%2e/x?$deltatoken=planted", "a link leads to something other than the users' delta")]
    [InlineData("https://graph.example/v1.0/users/delta", "a link has no token")]
    [InlineData("https://graph.example/v1.0/users/delta?$deltatoken=", "a link has no token")]
    [InlineData("https://graph.example/v1.0/users/delta?$select=id", "a link has no token")]
    [InlineData("https://graph.example/v1.0/users/delta?$deltatoken=a b", "a link is not an address")]
    [InlineData("https://graph.example/v1.0/users/delta?$deltatoken=a\r\nX: y", "a link is not an address")]
    [InlineData("users/delta?$deltatoken=planted", "a link is not an address")]
    public void Other_links_are_not_followed(string link, string reason) => Assert.Equal(reason, Links.Refusal(link));
}
