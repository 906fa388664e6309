using CsCheck;
using MimHybrid.Sandbox.Tests.SyncServer.Fixtures;
using static MimHybrid.Sandbox.Tests.SyncServer.Fixtures.SyncServerDriver;

namespace MimHybrid.Sandbox.Tests.SyncServer;

public sealed class SequenceTests(LoopbackGraph graph)
{
    private static readonly string[] AllProfiles =
    [
        Profiles.FullImport, Profiles.DeltaImport, Profiles.FullSynchronization, Profiles.DeltaSynchronization, Profiles.Export,
    ];

    [Fact]
    public async Task A_change_driven_cycle_carries_an_invitation_to_a_confirmed_account()
    {
        using var driver = new SyncServerDriver(graph);
        await driver.FullSequenceAsync();
        driver.Tenant.Invite("Ada Lovelace");

        await driver.ChangeDrivenSequenceAsync();

        Assert.Equal("Ada Lovelace", Assert.Single(driver.Server.Directory.Accounts).DisplayName);
        await AssertAtRestAsync(driver);
    }

    [Fact]
    public async Task The_old_five_steps_leave_exports_unconfirmed_until_the_next_round_and_lose_nothing()
    {
        using var driver = new SyncServerDriver(graph);
        driver.Tenant.Invite("Ada Lovelace");
        for (var round = 0; round < 2; round++)
        {
            await driver.SucceedAsync(Source, Profiles.FullImport);
            await driver.SucceedAsync(Source, Profiles.FullSynchronization);
            await driver.SucceedAsync(Target, Profiles.FullImport);
            await driver.SucceedAsync(Target, Profiles.FullSynchronization);
            await driver.SucceedAsync(Target, Profiles.Export);
        }

        Assert.Single(driver.Server.Directory.Accounts);
        await AssertAtRestAsync(driver);
    }

    [Fact]
    public async Task Whatever_happens_in_whatever_order_one_full_sequence_twice_makes_accounts_match_guests() => await
        Gen.Int[0, 8].Select(Gen.Int[0, 4], Gen.Int[0, 4]).Array[1, 25].SampleAsync(
            async moves =>
            {
                using var driver = new SyncServerDriver(graph);
                var story = new Story(driver);
                foreach (var (move, first, second) in moves)
                    await story.MoveAsync(move, first, second);

                // Twice: an account that an administrator deleted in the story fails its update first and is made anew afterwards.
                await story.SettleAsync();
                await story.SettleAsync();

                Assert.Equal(story.Guests, driver.Server.Directory.Accounts.Select(account => account.Mail!).Order(StringComparer.Ordinal));
                await AssertAtRestAsync(driver);
                return true;
            },
            iter: 60,
            threads: 1);

    private static async Task AssertAtRestAsync(SyncServerDriver driver)
    {
        foreach (var agent in new[] { Source, Target })
        {
            foreach (var kind in new[] { "ImportAdd", "ImportUpdate", "ImportDelete", "ExportAdd", "ExportUpdate", "ExportDelete" })
                Assert.Equal((agent, kind, 0), (agent, kind, await driver.CountAsync(agent, "Num" + kind)));
        }

        var accounts = driver.Server.Directory.Accounts.Count;
        Assert.Equal((accounts, accounts), (await driver.CountAsync(Source, "NumConnectors"), await driver.CountAsync(Target, "NumConnectors")));
        Assert.Equal(accounts, await driver.CountAsync(Target, "NumCSObjects"));
    }

    /// <summary>Five people to whom things happen, while profiles run in any order.</summary>
    private sealed class Story(SyncServerDriver driver)
    {
        private readonly string?[] ids = new string?[5];
        private readonly bool[] isGuest = new bool[5];

        public IEnumerable<string> Guests =>
            Enumerable.Range(0, 5).Where(person => ids[person] is not null && isGuest[person]).Select(Mail).Order(StringComparer.Ordinal);

        public async Task MoveAsync(int move, int person, int detail)
        {
            switch (move)
            {
                case 0 when ids[person] is null:
                    ids[person] = driver.Tenant.Invite($"Person {person}");
                    isGuest[person] = true;
                    break;
                case 1 when ids[person] is { } id:
                    driver.Tenant.Delete(id);
                    ids[person] = null;
                    break;
                case 2 when ids[person] is { } id:
                    isGuest[person] = !isGuest[person];
                    driver.Tenant.Set(id, "userType", isGuest[person] ? "Guest" : "Member");
                    break;
                case 3 when ids[person] is { } id:
                    driver.Tenant.Set(id, "surname", $"Surname {detail}");
                    break;
                case 4:
                    driver.Server.Directory.DeleteByHand($"CN=Person {person},OU=Guests,DC=sandbox,DC=example");
                    break;
                default:
                    await driver.RunAsync(detail % 2 == 0 ? Source : Target, AllProfiles[person]);
                    break;
            }
        }

        public async Task SettleAsync()
        {
            foreach (var (agent, profile) in new[]
            {
                (Source, Profiles.FullImport), (Source, Profiles.FullSynchronization),
                (Target, Profiles.FullImport), (Target, Profiles.FullSynchronization),
                (Target, Profiles.Export), (Target, Profiles.DeltaImport), (Target, Profiles.DeltaSynchronization),
            })
                await driver.RunAsync(agent, profile);
        }

        private static string Mail(int person) => $"person.{person}@partner.example";
    }
}
