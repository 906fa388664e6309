using MimHybrid.Mim.Results;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Matters;

/// <summary>Accounts that a directory refuses: a guest without an account, whatever else is well.</summary>
internal static class RefusedMatters
{
    /// <summary>Of more, one more is no news.</summary>
    private const int MostObjects = 200;

    public static IEnumerable<OpenMatter> Of(MatterFacts facts, MatterWords words) =>
        facts.Refused.Where(refused => refused.Count > 0).Select(refused => Of(refused, facts, words));

    private static OpenMatter Of(RefusedExports refused, MatterFacts facts, MatterWords words)
    {
        var todos = refused.Accounts.Select(account => account.Type).DefaultIfEmpty("")
            .Select(type => ExportErrors.Do(type, refused.ManagementAgent)).Distinct();
        MatterObject[] objects =
        [
            .. refused.Accounts.Take(MostObjects).Select(account => new MatterObject(
                account.ObjectName.ReplaceLineEndings(" "), account.Since, Say(account, facts, words), account.Type)),
        ];
        var named = objects.Take(MatterFacts.Named).Select(one => one.Line).ToList();
        return new OpenMatter($"refused/{refused.ManagementAgent}", Severity.Error,
            $"{MatterWords.Count(refused.Count, "guest has", "guests have")} no account, or an old one: the directory of "
                + $"{refused.ManagementAgent} refused it",
            $"{string.Join(' ', todos)} The next cycle tries again; to try now: mimhybrid --force.")
        {
            Details = named.Count == 0 ? ["MIM does not say which"] : [.. named, .. MatterWords.More(refused.Count - named.Count)],
            Unnamed = [.. MatterWords.ByType(refused.Accounts.Select(account => account.Type))],
            Objects = objects,
            Since = refused.Accounts.Count > 0 ? refused.Accounts.Min(account => account.Since) : null,
        };
    }

    private static string Say(RefusedAccount account, MatterFacts facts, MatterWords words)
    {
        var why = string.Join(' ', new[] { account.Type, account.Detail.TrimEnd('.') }.Where(text => text.Length > 0));
        var mail = facts.Mails.TryGetValue(account.Name, out var known) ? $" <{known}>" : "";
        return $"{account.Name}{mail}: {why} (since {words.Clock(account.Since)})";
    }
}
