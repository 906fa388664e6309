using System.Globalization;
using System.Net;

namespace MimHybrid.Page.Views;

/// <summary>Where and when something is shown: what every part of a page has to know.</summary>
public sealed record PageContext
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>The server's, or UTC where the reader asked for it.</summary>
    public required TimeZoneInfo Zone { get; init; }

    public required string Version { get; init; }

    public bool IsUtc { get; init; }

    /// <summary>One file that leads nowhere, instead of pages that lead to each other.</summary>
    public bool IsReport { get; init; }

    /// <summary>The cycles that a report holds in full.</summary>
    public IReadOnlySet<long> Told { get; init; } = new HashSet<long>();

    /// <summary>Where a cycle is told in full; null where it is not.</summary>
    public string? Cycle(long id) => IsReport
        ? Told.Contains(id) ? string.Create(CultureInfo.InvariantCulture, $"#cycle-{id}") : null
        : To(string.Create(CultureInfo.InvariantCulture, $"/cycle/{id}"));

    /// <summary>Where a guest's story is told; null in a report.</summary>
    public string? Guest(string id) => IsReport ? null : To("/guest", ("id", id));

    /// <summary>An address of this page, with the reader's wish for UTC carried along.</summary>
    public string To(string path, params IEnumerable<(string Name, string? Value)> query)
    {
        var all = query.Append(("utc", IsUtc ? "1" : null)).Where(pair => !string.IsNullOrEmpty(pair.Item2)).ToList();
        return all.Count == 0
            ? path
            : $"{path}?{string.Join('&', all.Select(pair => $"{pair.Item1}={WebUtility.UrlEncode(pair.Item2)}"))}";
    }
}
