using System.Globalization;
using MimHybrid.Mim.Results;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Running;

/// <summary>
/// What an export says of the accounts that its directory refuses, beside what was known before: a guest without an account is news when it
/// begins, and when it is over.
/// </summary>
/// <param name="ManagementAgent">The management agent that exported.</param>
/// <param name="IsNew">Something in it was not known before.</param>
/// <param name="Finding">What people have to look into; null where nothing is refused any more.</param>
internal sealed record RefusalNews(string ManagementAgent, bool IsNew, Finding? Finding)
{
    private const int Named = 5;

    /// <summary>A directory may answer with a page of text; the run log has all of it.</summary>
    private const int LongestDetail = 200;

    /// <summary>Null where nothing was refused, neither before nor now.</summary>
    public static RefusalNews? Of(RefusedExports before, ExportRefusals now)
    {
        if (now.Count > 0)
            return new RefusalNews(before.ManagementAgent, now.Count > before.Count || now.Objects.Any(IsUnknown), Find(before, now));
        return before.Count > 0 && now.IsWhole ? new RefusalNews(before.ManagementAgent, IsNew: true, Finding: null) : null;

        bool IsUnknown(StepError error) => !before.Accounts.Any(
            known => known.ObjectName == error.ObjectName && known.Type == error.Type && known.Detail == error.Detail);
    }

    private static Finding Find(RefusedExports before, ExportRefusals now)
    {
        var accounts = string.Create(CultureInfo.InvariantCulture, $"{now.Count} {(now.Count == 1 ? "account" : "accounts")}");
        var head = $"{CycleDecision.RefusalBegin}{before.ManagementAgent} refused {accounts}";
        var tail = $"Until that is corrected, a guest among them has no account, or an old one. {Advise(now.Objects)} "
            + "Each export tries again; to try now: mimhybrid --force.";
        var types = string.Join(", ", now.Objects.Select(error => error.Type).Where(type => type.Length > 0).Distinct());
        return new Finding($"{head}: {Name(now)}. {tail}", types.Length > 0 ? $"{head} ({types}). {tail}" : $"{head}. {tail}");
    }

    private static string Name(ExportRefusals refused)
    {
        var named = refused.Objects.Take(Named).Select(Say).ToList();
        if (named.Count == 0) return "MIM does not say which";
        if (refused.Count > named.Count) named.Add(string.Create(CultureInfo.InvariantCulture, $"and {refused.Count - named.Count} more"));
        return string.Join(", ", named);
    }

    private static string Say(StepError error)
    {
        var detail = error.Detail.Length > LongestDetail ? $"{error.Detail[..LongestDetail]}…" : error.Detail;
        var why = string.Join(": ", new[] { error.Type, detail.TrimEnd('.') }.Where(text => text.Length > 0));
        var name = RefusedAccount.NameOf(error.ObjectName);
        return why.Length > 0 ? $"{name} ({why})" : name;
    }

    /// <summary>What to do about each kind of error among them, once.</summary>
    private static string Advise(IReadOnlyList<StepError> errors) =>
        string.Join(' ', errors.Select(error => ExportErrors.Advise(error.Type)).DefaultIfEmpty(ExportErrors.Advise("")).Distinct());
}
