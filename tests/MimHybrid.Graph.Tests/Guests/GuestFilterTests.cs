using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Tests.Guests;

public sealed class GuestFilterTests
{
    [Theory]
    [InlineData("Accepted", null)]
    [InlineData("accepted", null)]
    [InlineData("PendingAcceptance", IgnoredBecause.NotAccepted)]
    [InlineData(null, IgnoredBecause.NotAccepted)]
    public void Only_who_accepted(string? state, IgnoredBecause? reason) =>
        Assert.Equal(reason, new GuestFilter(acceptedOnly: true, invitedOnly: false, []).WhyOutside(state, "Invitation", "lena@fabrikam.example"));

    /// <summary>Nobody invited them, so there is nothing to accept.</summary>
    [Theory]
    [InlineData(null, "SelfServiceSignUp", null)]
    [InlineData(null, "EmailVerified", null)]
    [InlineData(null, null, null)]
    [InlineData("PendingAcceptance", "SelfServiceSignUp", IgnoredBecause.NotAccepted)]
    public void Who_was_never_invited_has_no_state_and_counts_as_accepted(string? state, string? creationType, IgnoredBecause? reason) =>
        Assert.Equal(
            reason, new GuestFilter(acceptedOnly: true, invitedOnly: false, []).WhyOutside(state, creationType, "otto@fabrikam.example"));

    [Theory]
    [InlineData("Member", "Invitation", true)]
    [InlineData("member", "invitation", true)]
    [InlineData("Member", null, false)]
    [InlineData(null, "Invitation", false)]
    public void Invited_members_count_where_the_settings_say_so(string? userType, string? creationType, bool counts)
    {
        var filter = new GuestFilter(acceptedOnly: false, invitedOnly: false, [], externalMembers: true);
        Assert.Equal(counts, filter.CountsMember(userType, creationType));
        Assert.False(GuestFilter.Everyone.CountsMember(userType, creationType));
    }

    [Theory]
    [InlineData("Invitation", null)]
    [InlineData("SelfServiceSignUp", IgnoredBecause.NotInvited)]
    [InlineData(null, IgnoredBecause.NotInvited)]
    public void Only_who_was_invited(string? creationType, IgnoredBecause? reason) =>
        Assert.Equal(reason, new GuestFilter(acceptedOnly: false, invitedOnly: true, []).WhyOutside("Accepted", creationType, "lena@fabrikam.example"));

    [Theory]
    [InlineData("lena@fabrikam.example", null)]
    [InlineData("lena@FABRIKAM.example", null)]
    [InlineData("\"le@na\"@fabrikam.example", null)]
    [InlineData("lena@sub.fabrikam.example", IgnoredBecause.OtherMailDomain)]
    [InlineData("lena@notfabrikam.example", IgnoredBecause.OtherMailDomain)]
    [InlineData("fabrikam.example@wingtip.example", IgnoredBecause.OtherMailDomain)]
    [InlineData(null, IgnoredBecause.OtherMailDomain)]
    public void Only_of_named_domains(string? mail, IgnoredBecause? reason) =>
        Assert.Equal(reason, new GuestFilter(acceptedOnly: false, invitedOnly: false, ["fabrikam.example"]).WhyOutside("Accepted", "Invitation", mail));

    [Fact]
    public void Without_a_filter_everyone_counts()
    {
        Assert.True(GuestFilter.Everyone.AcceptsEveryone);
        Assert.Null(GuestFilter.Everyone.WhyOutside(null, null, null));
    }
}
