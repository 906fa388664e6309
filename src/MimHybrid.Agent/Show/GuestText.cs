using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Show;

/// <summary>A guest for people: the best that is known.</summary>
internal static class GuestText
{
    public static string Of(GuestChange change) => Printable.Of((change.Name, change.Mail) switch
    {
        ({ } name, { } mail) => $"{name} <{mail}>",
        ({ } name, null) => name,
        (null, { } mail) => mail,
        _ => change.Id,
    });
}
