using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Words;

/// <summary>A guest for people: the best that is known, and no trick of a name.</summary>
public static class GuestText
{
    public static string Of(GuestChange change) =>
        GuestName.Of(Clean(change.Name), Clean(change.Mail), Printable.Name(change.Id));

    private static string? Clean(string? text) => text is null ? null : Printable.Name(text);
}
