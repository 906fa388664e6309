using System.Globalization;
using MimHybrid.Agent.Json;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Show;

/// <summary>Accounts that directories refuse, for people and for programs: a guest without an account, whatever else is well.</summary>
internal static class RefusedText
{
    public const string WhatToDo =
        "mend the cause, which mimhybrid log names; each export tries again, at the latest in the next full cycle (now: mimhybrid --force)";

    private const int AccountsShown = 10;

    /// <summary>"2 accounts by the directory of ADMA"; null where none is refused.</summary>
    public static string? Summary(IEnumerable<RefusedExports> refused)
    {
        string[] parts = [.. refused.Where(each => each.Count > 0).Select(Head)];
        return parts.Length == 0 ? null : string.Join(", ", parts);
    }

    /// <summary>The rows of <c>status</c>; the first of them has a name.</summary>
    public static IEnumerable<(string Name, string Line)> Of(IReadOnlyList<RefusedExports> refused, Func<DateTimeOffset, string> local)
    {
        if (Summary(refused) is not { } summary) yield break;
        yield return ("Refused", $"{summary}: {WhatToDo}");
        foreach (var each in refused.Where(each => each.Count > 0))
        {
            foreach (var account in each.Accounts.Take(AccountsShown)) yield return ("", $"{Say(account)}, since {local(account.Since)}");
            var more = each.Count - Math.Min(each.Accounts.Count, AccountsShown);
            if (more > 0 && each.Accounts.Count > 0)
                yield return ("", string.Create(CultureInfo.InvariantCulture, $"and {more} more (--json has up to {each.Accounts.Count})"));
        }
    }

    public static IReadOnlyList<RefusedLine> ToLines(IEnumerable<RefusedExports> refused) =>
    [
        .. refused.Where(each => each.Count > 0).Select(each => new RefusedLine(each.ManagementAgent, each.Count,
            [.. each.Accounts.Select(account => new RefusedAccountLine(
                account.Name, account.ObjectName, account.Type, account.Detail, account.Since))])),
    ];

    private static string Head(RefusedExports refused) => string.Create(CultureInfo.InvariantCulture,
        $"{refused.Count} {(refused.Count == 1 ? "account" : "accounts")} by the directory of {refused.ManagementAgent}");

    private static string Say(RefusedAccount account) =>
        $"{Printable.Name(account.Name)}: {string.Join(' ', new[] { account.Type, account.Detail }.Where(text => text.Length > 0))}";
}
