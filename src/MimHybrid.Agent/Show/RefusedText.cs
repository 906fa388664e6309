using System.Globalization;
using MimHybrid.Agent.Json;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Show;

/// <summary>Accounts that directories refuse, for people and for programs: a guest without an account, whatever else is well.</summary>
internal static class RefusedText
{
    public const string WhatToDo =
        "correct the cause, which mimhybrid status names; the next cycle tries again (now: mimhybrid --force)";

    /// <summary>"the directory of ADMA refuses 2 accounts"; null where none is refused.</summary>
    public static string? Summary(IEnumerable<RefusedExports> refused)
    {
        string[] parts = [.. refused.Where(each => each.Count > 0).Select(Head)];
        return parts.Length == 0 ? null : string.Join(", ", parts);
    }

    public static IReadOnlyList<RefusedLine> ToLines(IEnumerable<RefusedExports> refused) =>
    [
        .. refused.Where(each => each.Count > 0).Select(each => new RefusedLine(each.ManagementAgent, each.Count,
            [.. each.Accounts.Select(account => new RefusedAccountLine(
                account.Name, account.ObjectName, account.Type, account.Detail, account.Since))])),
    ];

    private static string Head(RefusedExports refused) => string.Create(CultureInfo.InvariantCulture,
        $"the directory of {refused.ManagementAgent} refuses {refused.Count} {(refused.Count == 1 ? "account" : "accounts")}");
}
