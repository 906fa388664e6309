using System.Globalization;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Chaos;

/// <summary>Who comes and goes in the tenant. It is in this process: whatever becomes of the agent, here is who its guests are.</summary>
internal sealed class TenantLife(SandboxTenant tenant)
{
    private const int Members = 20;
    private const int FewGuests = 18;
    private const int ManyGuests = 34;

    private int invited;

    /// <summary>Everybody who must have an account, and nobody else: address and name.</summary>
    public IReadOnlyList<string> Guests =>
        [.. tenant.Directory.Guests.Select(guest => $"{guest.Mail} {guest.DisplayName}").Order(StringComparer.Ordinal)];

    public void Begin()
    {
        for (var number = 0; number < Members; number++)
            tenant.Directory.AddMember(Name("Member", number), $"member{number}@contoso.example");
        for (var number = 0; number < FewGuests + 6; number++) Invite();
    }

    /// <summary>Something that an account must follow, never so much that the removal guard would stop it.</summary>
    public void Move(Random chance)
    {
        var guests = tenant.Directory.Guests;
        switch (chance.Next(10))
        {
            case <= 1 when guests.Count > FewGuests:
            case <= 4 when guests.Count > ManyGuests:
                tenant.Directory.Delete(guests[chance.Next(guests.Count)].Id);
                break;
            case 2 when tenant.Directory.DeletedItems is [.., var last]:
                tenant.Directory.Restore(last.Id);
                break;
            case <= 5:
                var married = guests[chance.Next(guests.Count)];
                tenant.Directory.Update(married.Id, "displayName", Name("Married", ++invited));
                break;
            default:
                Invite();
                break;
        }
    }

    /// <summary>So many at once that nobody may carry it without asking. Returns who they were.</summary>
    public IReadOnlyList<string> RemoveMany(int count, Random chance)
    {
        var leaving = tenant.Directory.Guests.ToArray();
        chance.Shuffle(leaving);
        leaving = leaving[..count];
        foreach (var guest in leaving) tenant.Directory.Delete(guest.Id);
        return [.. leaving.Select(guest => $"{guest.Mail} {guest.DisplayName}")];
    }

    public void InviteUpTo(int count)
    {
        while (tenant.Directory.Guests.Count < count) Invite();
    }

    private void Invite()
    {
        invited++;
        tenant.Directory.Invite(Name("Guest", invited), string.Create(CultureInfo.InvariantCulture, $"guest{invited}@fabrikam.example"));
    }

    private static string Name(string what, int number) => string.Create(CultureInfo.InvariantCulture, $"{what} {number}");
}
