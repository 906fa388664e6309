using System.Text;
using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Words;
using MimHybrid.Page.Views;

namespace MimHybrid.Flow.Tests.Stories;

/// <summary>What <c>mimhybrid guest</c> tells of one guest, in words and as JSON.</summary>
public sealed class GuestStories
{
    private readonly StringBuilder told = new();

    [Fact]
    public async Task A_guest_who_is_refused_and_taken_later()
    {
        await using var world = await World.StartSettledAsync();
        world.Refuse("Lena");
        world.People.Invite("Lena Brandt", "lena.brandt@fabrikam.example");
        world.People.Invite("Max Vogel", "max.vogel@fabrikam.example");
        await world.PollAsync();
        await world.RunAllAsync();
        Tell(world, "Lena Brandt and Max Vogel are invited; no cycle has run", "brandt");
        await world.PollAndRunAsync();
        Tell(world, "a cycle has run; ADMA's account may not create Lena", "BRANDT");
        Tell(world, "Max has his account", "max.vogel");

        world.Mim.Script.Reset();
        world.People.Invite("Ida Kern", "ida.kern@fabrikam.example");
        world.Pass(TimeSpan.FromMinutes(1));
        await world.PollAndRunAsync();
        Tell(world, "an administrator grants the right; Ida Kern is invited", "lena");
        await Approved.MatchesAsync(told.ToString().TrimEnd() + "\n");
    }

    [Fact]
    public async Task A_guest_who_hangs_in_cycles_that_fail()
    {
        await using var world = await World.StartSettledAsync();
        world.Mim.Script.Answer("AADMA", "Delta Import (Stage Only)", "no-start-credentials");
        world.People.Invite("Lena Brandt", "lena.brandt@fabrikam.example");
        await world.PollAndRunAsync();
        Tell(world, "Lena Brandt is invited; the password of AADMA's account is no longer right", "lena");

        world.Pass(TimeSpan.FromMinutes(31));
        await world.RunAllAsync();
        var guest = Assert.Single(world.People.Guests, guest => guest.DisplayName == "Lena Brandt");
        world.People.Delete(guest.Id);
        await world.PollAndRunAsync();
        Tell(world, "it is corrected, and she gets her account; then she is removed", guest.Id);
        await Approved.MatchesAsync(told.ToString().TrimEnd() + "\n");
    }

    /// <summary>Only where the settings ask Graph for it.</summary>
    [Fact]
    public async Task A_guest_of_whom_graph_says_when_the_invitation_was_made()
    {
        await using var world = await World.StartAsync(new WorldSetup { Select = ["id", "userType", "displayName", "mail", "createdDateTime"], WaitsPass = true });
        await world.PollAsync();
        await world.RunAllAsync();
        var invited = world.Clock.GetUtcNow();
        world.People.Invite("Lena Brandt", "lena.brandt@fabrikam.example");
        world.Pass(TimeSpan.FromMinutes(3));
        await world.PollAndRunAsync();

        var reader = world.Store.Reader;
        var tale = new GuestTeller(reader, agentRuns: true).Tell(reader.ReadGuestStory(Assert.Single(reader.FindGuests("lena", 2))));

        Assert.Equal(["invited in the tenant", "seen by the agent: added"], tale.Events.Take(2).Select(each => each.Text));
        Assert.InRange(invited - tale.Events[0].At, TimeSpan.Zero, TimeSpan.FromSeconds(1)); // Graph's times have whole seconds
        Assert.Equal(("Invited", Tone.Good), (GuestStations.Of(tale)[0].Name, GuestStations.Of(tale)[0].Tone));
    }

    private void Tell(World world, string what, string text)
    {
        var reader = world.Store.Reader;
        told.Append("# ").AppendLine(what).AppendLine();
        foreach (var id in reader.FindGuests(text, 10))
        {
            var tale = new GuestTeller(reader, agentRuns: true).Tell(reader.ReadGuestStory(id));
            told.AppendLine(new GuestStoryText(TimeZoneInfo.Utc).ToSheet(tale).ToString()).AppendLine();
            told.AppendLine(GuestStoryText.ToJson(tale).Replace(id, "{id}", StringComparison.Ordinal)).AppendLine();
        }
    }
}
