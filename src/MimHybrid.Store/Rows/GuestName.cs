namespace MimHybrid.Store.Rows;

/// <summary>A guest for people.</summary>
public static class GuestName
{
    /// <summary>"Lena Brandt &lt;lena.brandt@fabrikam.example&gt;", or the best that is known.</summary>
    public static string Of(string? name, string? mail, string id) => (name, mail) switch
    {
        ({ }, { }) => $"{name} <{mail}>",
        _ => name ?? mail ?? id,
    };
}
