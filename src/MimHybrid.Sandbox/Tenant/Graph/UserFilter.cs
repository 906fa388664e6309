using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>What the tenant understands of <c>$filter</c>: <c>property eq 'value'</c>, any number joined by <c>or</c>.</summary>
internal sealed partial record UserFilter(IReadOnlyList<UserFilter.Term> Terms)
{
    internal sealed record Term(string Property, string Value)
    {
        public bool Matches(TenantUser user) => Is(Property == UserProperties.Id ? user.Id : user[Property]);

        public bool Is(string? value) => string.Equals(value, Value, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>False for everybody who was never touched since a bulk load of members: none of them is a guest.</summary>
    public bool MayMatchMembers => Terms.Any(term => term.Property != UserProperties.UserType || !term.Is("Guest"));

    public bool Matches(TenantUser user) => Terms.Any(term => term.Matches(user));

    public static bool TryParse(string text, [NotNullWhen(true)] out UserFilter? filter)
    {
        filter = null;
        var terms = new List<Term>();
        var rest = text.Trim();
        while (Clause().Match(rest) is { Success: true } clause)
        {
            if (!UserProperties.TryFind(clause.Groups["name"].Value, out var property))
                return false;

            terms.Add(new Term(property.Name, Unquote(clause.Groups["value"].Value)));
            rest = rest[clause.Length..];
            if (rest.Length == 0)
                filter = new UserFilter(terms);
        }

        return filter is not null;
    }

    private static string Unquote(string value) =>
        value.StartsWith('\'') ? value[1..^1].Replace("''", "'", StringComparison.Ordinal) : value;

    // One comparison with the "or" after it, if another follows.
    [GeneratedRegex(@"^(?<name>\w+)\s+eq\s+(?<value>'(?:[^']|'')*'|true|false)(\s+or\s+(?=\w)|\s*$)", RegexOptions.ExplicitCapture)]
    private static partial Regex Clause();
}
