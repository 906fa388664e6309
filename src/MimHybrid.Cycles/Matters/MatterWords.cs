using System.Globalization;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Matters;

/// <summary>Times, numbers and names within the sentences about what is open.</summary>
internal sealed class MatterWords(DateTimeOffset now, TimeZoneInfo zone)
{
    /// <summary>"08:15", and the date before it on any other day.</summary>
    public string Clock(DateTimeOffset time)
    {
        var (there, today) = (TimeZoneInfo.ConvertTime(time, zone), TimeZoneInfo.ConvertTime(now, zone).Date);
        return there.ToString(there.Date == today ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>"1 guest", "2 guests".</summary>
    public static string Count(long count, string one, string? more = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : more ?? $"{one}s")}");

    /// <summary>"Lena Brandt &lt;lena.brandt@fabrikam.example&gt;", or what is known.</summary>
    public static string Person(string? name, string? mail, string id) => (name, mail) switch
    {
        ({ }, { }) => $"{name} <{mail}>",
        _ => name ?? mail ?? id,
    };

    public static string Person(GuestChange change) => Person(change.Name, change.Mail, change.Id);

    /// <summary>What the agent, MIM or Graph said, as a sentence of its own.</summary>
    public static string Sentence(string text)
    {
        var said = text.TrimEnd();
        return said.Length == 0 || said[^1] is '.' or '!' or '?' ? said : $"{said}.";
    }
}
