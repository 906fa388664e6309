using MimHybrid.Agent.Json;
using MimHybrid.Cycles.Words;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Show;

/// <summary>The guests that the agent knows, for a spreadsheet.</summary>
internal static class GuestCsv
{
    public const string Head = "id,name,mail,state,since";

    public static string Of(Guest guest) => CsvLine.Of(
        guest.Id, Clean(guest.Name), Clean(guest.Mail), guest.State, JsonTime.Of(guest.Since));

    private static string? Clean(string? text) => text is null ? null : Printable.Name(text);
}
