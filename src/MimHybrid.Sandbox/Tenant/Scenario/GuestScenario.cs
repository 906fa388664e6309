namespace MimHybrid.Sandbox.Tenant;

/// <summary>
/// Life in the tenant, so that a demonstration moves: guests are invited, marry, are deleted and come back, and then for a while
/// nothing happens at all. It goes on for ever with new people; the guests do not grow beyond about sixty.
/// </summary>
/// <param name="directory">The tenant's users.</param>
/// <param name="time">The clock of the pauses.</param>
/// <param name="report">Told each act in plain words.</param>
public sealed class GuestScenario(TenantDirectory directory, TimeProvider time, Action<string> report)
{
    private const int FirstMembers = 24;

    // Enough that the deletion of one stays under the removal guard's ten percent (RemovalGuard:Percent).
    private const int FirstGuests = 12;
    private const int MostGuests = 60;
    private const int MostDeletedItems = 10;

    private static readonly TimeSpan quiet = TimeSpan.FromSeconds(24);

    /// <summary>Gives an empty tenant its first members and guests. A tenant that has any keeps what it has.</summary>
    public void Seed()
    {
        if (directory.HighestUsn > 0)
            return;

        for (var number = 0; number < FirstMembers; number++)
        {
            var person = ScenarioPeople.Member(number);
            directory.AddMember(person.DisplayName, person.Mail, person.Values);
        }

        for (var number = 0; number < FirstGuests; number++)
            Invite();

        report($"{TenantNames.Organization}: has {FirstMembers} members and {FirstGuests} guests");
    }

    /// <summary>Invites somebody who was never invited before.</summary>
    public TenantUser InviteOne()
    {
        var guest = Invite();
        report($"{TenantNames.Organization}: invited {Named(guest)}");
        return guest;
    }

    /// <summary>Seeds the tenant if it is empty, then plays until it is cancelled.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; there is no other end.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Seed();
        (TimeSpan Pause, Action Act)[] story =
        [
            (TimeSpan.FromSeconds(6), () => InviteOne()),
            (TimeSpan.FromSeconds(10), MarryOne),
            (TimeSpan.FromSeconds(8), InviteTwo),
            (TimeSpan.FromSeconds(8), DeleteSome),
            (TimeSpan.FromSeconds(14), RestoreOne),
        ];
        while (true)
        {
            foreach (var (pause, act) in story)
            {
                await Task.Delay(pause, time, cancellationToken);
                act();
            }

            await Task.Delay(quiet, time, cancellationToken);
        }
    }

    private void InviteTwo() => report($"{TenantNames.Organization}: invited {Named(Invite())} and {Named(Invite())}");

    private void MarryOne()
    {
        if (Pick(1) is not [var guest])
            return;

        var surname = ScenarioPeople.MarriedName((int)directory.HighestUsn, guest[UserProperties.Surname] ?? "");
        var name = $"{guest[UserProperties.GivenName]} {surname}";
        directory.Update(guest.Id, new Dictionary<string, string?>
        {
            [UserProperties.Surname] = surname,
            [UserProperties.DisplayName] = name,
        });
        report($"{TenantNames.Organization}: {guest.DisplayName} ({guest.Mail}) married and is {name} now");
    }

    private void DeleteSome()
    {
        PurgeOldest();
        // Three come in each round and one comes back: where guests are many enough, four have to go.
        var leaving = directory.Guests.Count > MostGuests - 3 ? 4 : 1;
        foreach (var guest in Pick(leaving))
        {
            directory.Delete(guest.Id);
            report($"{TenantNames.Organization}: deleted {Named(guest)}");
        }
    }

    private void PurgeOldest()
    {
        var deleted = directory.DeletedItems;
        foreach (var user in deleted.Take(deleted.Count - MostDeletedItems))
            directory.Purge(user.Id);
    }

    private void RestoreOne()
    {
        if (directory.DeletedItems.MaxBy(user => user[UserProperties.DeletedDateTime], StringComparer.Ordinal) is not { } last)
            return;

        directory.Restore(last.Id);
        report($"{TenantNames.Organization}: restored {Named(last)}");
    }

    // The log's length stands for chance: other guests each time, the same story each time it is played from the start.
    private List<TenantUser> Pick(int count)
    {
        var guests = directory.Guests;
        var first = directory.HighestUsn;
        return [.. Enumerable.Range(0, Math.Min(count, guests.Count)).Select(n => guests[(int)((first + n) % guests.Count)])];
    }

    private TenantUser Invite()
    {
        var person = NextStranger();
        return directory.Invite(person.DisplayName, person.Mail, person.Values);
    }

    // The log's length grows with each act, so it is a start that was never tried before, also after a restart.
    private ScenarioPerson NextStranger()
    {
        var known = directory.Guests.Concat(directory.DeletedItems).Select(user => user.Mail).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Enumerable.Range((int)directory.HighestUsn, known.Count + 1)
            .Select(ScenarioPeople.Guest)
            .First(person => !known.Contains(person.Mail));
    }

    private static string Named(TenantUser user) => $"{user.DisplayName} ({user.Mail})";
}
