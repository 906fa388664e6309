using System.Globalization;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>
/// Many members in one entry of the log. Each is made from its number when somebody looks, so that a tenant of a million
/// members costs no memory and one line of the journal. A member that is changed later gets entries of its own.
/// </summary>
internal sealed record MemberRange(long Usn, DateTimeOffset At, int Count) : LogRecord(Usn, At)
{
    private readonly SortedSet<int> touched = [];

    /// <summary>The members that have entries of their own, in order.</summary>
    public IReadOnlyCollection<int> Touched => touched;

    public void Touch(string id)
    {
        if (TryParse(id, out _, out var ordinal))
            touched.Add(ordinal);
    }

    public string IdOf(int ordinal) => string.Create(CultureInfo.InvariantCulture, $"{Usn:x8}-0000-4000-a000-{ordinal:x12}");

    public UserChange this[int ordinal]
    {
        get
        {
            var user = MakeMember(ordinal);
            return new UserChange(Usn, At, user, [.. user.Values.Keys], Previous: null);
        }
    }

    /// <summary>Reads the range's USN and the member's number out of an id that <see cref="IdOf"/> made.</summary>
    public static bool TryParse(string id, out long usn, out int ordinal)
    {
        (usn, ordinal) = (0, 0);
        return id.Length == 36
            && id.AsSpan(8, 16).SequenceEqual("-0000-4000-a000-")
            && long.TryParse(id.AsSpan(0, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out usn)
            && int.TryParse(id.AsSpan(24), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ordinal);
    }

    private TenantUser MakeMember(int ordinal)
    {
        var person = ScenarioPeople.Member(ordinal);
        var account = string.Create(CultureInfo.InvariantCulture, $"{person.Account}{ordinal}");
        var values = NewUser.Member(person.DisplayName, $"{account}@contoso.example", At);
        foreach (var (name, value) in person.Values)
            values[name] = value;

        return new TenantUser(IdOf(ordinal), UserPresence.Live, values);
    }
}
