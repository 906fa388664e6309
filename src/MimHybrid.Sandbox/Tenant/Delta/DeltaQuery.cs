using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>Reads the query options of users/delta: which round, and where in it (MimHybrid.Graph/README.md#query-options).</summary>
internal sealed class DeltaQuery(DeltaTokens tokens)
{
    private const string Latest = "latest";
    private const int MostFilteredIds = 50;

    private static readonly string[] unsupported = ["$expand", "$orderby", "$search", "$count"];

    public bool TryRead(HttpRequest request, [NotNullWhen(true)] out DeltaToken? token, [NotNullWhen(false)] out SandboxGraphError? error)
    {
        var query = request.Query;
        var skip = query["$skiptoken"].ToString();
        var delta = query["$deltatoken"].ToString();
        (token, error) = (null, Refuse(query, goesOn: skip is not "" || delta is not ("" or Latest)));
        if (error is not null)
            return false;

        if (skip is not "")
            return tokens.TryOpenSkip(skip, out token, out error);

        return delta is "" or Latest ? TryBegin(query, out token, out error) : tokens.TryOpenDelta(delta, out token, out error);
    }

    /// <summary>"Sync from now": only a delta link is wanted.</summary>
    public static bool AsksForLatest(HttpRequest request) => request.Query["$deltatoken"] == Latest;

    // The options of the first request are baked into its tokens and must not be given again.
    private static SandboxGraphError? Refuse(IQueryCollection query, bool goesOn)
    {
        if (unsupported.FirstOrDefault(query.ContainsKey) is { } option)
            return SandboxGraphError.UnsupportedQuery($"'{option}' is not supported with delta queries on users.");

        return goesOn && (query.ContainsKey("$select") || query.ContainsKey("$filter"))
            ? SandboxGraphError.UnsupportedQuery("Query options belong on the first request of a delta query, not beside its token.")
            : null;
    }

    private static bool TryBegin(
        IQueryCollection query,
        [NotNullWhen(true)] out DeltaToken? token,
        [NotNullWhen(false)] out SandboxGraphError? error)
    {
        token = null;
        if (!Selection.TryParse(query["$select"], out var select, out error) || !TryReadIds(query["$filter"], out var ids, out error))
            return false;

        token = new DeltaToken { Select = select, Ids = ids, FirstRound = true };
        return true;
    }

    private static bool TryReadIds(string? filter, out IReadOnlyList<string> ids, [NotNullWhen(false)] out SandboxGraphError? error)
    {
        (ids, error) = ([], null);
        if (string.IsNullOrEmpty(filter))
            return true;

        if (!UserFilter.TryParse(filter, out var parsed) || parsed.Terms.Any(term => term.Property != UserProperties.Id))
            error = SandboxGraphError.UnsupportedQuery("Delta queries on users filter by 'id eq' only.");
        else if (parsed.Terms.Count > MostFilteredIds)
            error = SandboxGraphError.UnsupportedQuery($"A delta query filters by at most {MostFilteredIds} ids.");
        else
            ids = [.. parsed.Terms.Select(term => term.Value)];

        return error is null;
    }
}
