using CsCheck;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Simulation.Tests;

internal enum Deed
{
    Invite,
    EditWhatMatters,
    EditWhatDoesNot,
    Delete,
    Restore,
    Purge,
    MakeMember,
    MakeGuest,
    Hire,
    EditMember,
    Dismiss,
}

/// <summary>Something that somebody does in the tenant. Where there is nobody to do it to, nothing happens.</summary>
internal sealed record Act(Deed Deed, int Whom)
{
    /// <summary>More of what a guest's life is made of than of the rest.</summary>
    private static readonly Gen<Deed> Deeds = Gen.Frequency(
        (5, Deed.Invite), (8, Deed.EditWhatMatters), (1, Deed.EditWhatDoesNot), (3, Deed.Delete), (3, Deed.Restore), (1, Deed.Purge),
        (2, Deed.MakeMember), (2, Deed.MakeGuest), (1, Deed.Hire), (1, Deed.EditMember), (1, Deed.Dismiss));

    public static readonly Gen<Act> Any = Gen.Select(Deeds, Gen.Int[0, 999], (deed, whom) => new Act(deed, whom));

    /// <summary>Few, so that different guests have the same name.</summary>
    private static readonly string[] Names = ["Lena Brandt", "Max Vogel", "Ida Sommer", "Ömer Çelik", "O'Neil, Jr. (Pat)"];

    private static readonly string[] Matters = ["displayName", "givenName", "surname", "mail", "userPrincipalName"];
    private static readonly string[] DoesNot = ["jobTitle", "department", "companyName", "mobilePhone"];

    public void Do(TenantDirectory people)
    {
        switch (Deed)
        {
            case Deed.Invite: people.Invite(Name, $"guest{people.HighestUsn}@fabrikam.example"); break;
            case Deed.EditWhatMatters: Edit(people, Pick(people.Guests), Matters); break;
            case Deed.EditWhatDoesNot: Edit(people, Pick(people.Guests), DoesNot); break;
            case Deed.Delete: people.Delete(Pick(people.Guests)); break;
            case Deed.Restore: people.Restore(Pick(people.DeletedItems)); break;
            case Deed.Purge: people.Purge(Pick(people.DeletedItems)); break;
            case Deed.MakeMember: people.ConvertTo(Pick(people.Guests), Whom % 2 == 0 ? "Member" : null); break;
            case Deed.MakeGuest: people.ConvertTo(Pick(MembersOf(people)), "Guest"); break;
            case Deed.Hire: people.AddMember(Name, $"member{people.HighestUsn}@contoso.example"); break;
            case Deed.EditMember: Edit(people, Pick(MembersOf(people)), Matters); break;
            case Deed.Dismiss: people.Delete(Pick(MembersOf(people))); break;
        }
    }

    private string Name => Names[Whom % Names.Length];

    private static List<TenantUser> MembersOf(TenantDirectory people) => [.. people.Users.Where(user => !user.IsGuest)];

    private string Pick(IReadOnlyList<TenantUser> among) => among.Count == 0 ? "nobody" : among[Whom % among.Count].Id;

    /// <summary>Some values are cleared, except for the name to sign in with, which every user has.</summary>
    private void Edit(TenantDirectory people, string whom, string[] properties)
    {
        var property = properties[Whom % properties.Length];
        var value = Whom % 7 == 0 && property != "userPrincipalName" ? null : $"value{people.HighestUsn}@fabrikam.example";
        people.Update(whom, property, value);
    }
}
