using System.Globalization;
using MimHybrid.Cycles.Planning;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Matters;

/// <summary>Times, numbers and names within the sentences about what is open.</summary>
public sealed class MatterWords(DateTimeOffset now, TimeZoneInfo zone)
{
    /// <summary>"08:15", and the date before it on any other day.</summary>
    public string Clock(DateTimeOffset time) => WallClock.Of(time, now, zone, WallClock.ToTheMinute);

    /// <summary>"1 guest", "2 guests".</summary>
    public static string Count(long count, string one, string? more = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : more ?? $"{one}s")}");

    public static string Person(GuestChange change) => GuestName.Of(change.Name, change.Mail, change.Id);

    /// <summary>Errors without the objects that had them: "2 objects: insufficient-access-rights".</summary>
    public static IEnumerable<string> ByType(IEnumerable<string> types) => types.CountBy(type => type)
        .OrderByDescending(type => type.Value).Select(type => $"{Count(type.Value, "object")}: {type.Key}");

    /// <summary>The line below those that are named, where there are more.</summary>
    public static IEnumerable<string> More(long more) =>
        more > 0 ? [string.Create(CultureInfo.InvariantCulture, $"and {more} more")] : [];

    /// <summary>What the agent, MIM or Graph said, as a sentence of its own.</summary>
    public static string Sentence(string text)
    {
        var said = text.TrimEnd();
        return said.Length == 0 || said[^1] is '.' or '!' or '?' ? said : $"{said}.";
    }
}
