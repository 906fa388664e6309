using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Show;

/// <summary>A guest for people: the best that is known.</summary>
internal static class GuestText
{
    public static string Of(GuestChange change) => (change.Name, change.Mail) switch
    {
        ({ } name, { } mail) => $"{Printable.Name(name)} <{Printable.Name(mail)}>",
        ({ } name, null) => Printable.Name(name),
        (null, { } mail) => Printable.Name(mail),
        _ => Printable.Name(change.Id),
    };
}
