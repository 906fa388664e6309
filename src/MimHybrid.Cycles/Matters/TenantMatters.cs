using System.Globalization;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Matters;

/// <summary>The connection to the tenant, and the credential that it needs.</summary>
internal static class TenantMatters
{
    /// <summary>What has failed for so long does not pass by itself as a rule.</summary>
    private static readonly TimeSpan NoLongerPassing = TimeSpan.FromMinutes(15);

    /// <summary>Without a credential nothing can be read: that is one matter and not two.</summary>
    public static IEnumerable<OpenMatter> Of(MatterFacts facts, MatterWords words)
    {
        var ending = facts.Credential is { } credential && credential.Warning(facts.Now) is not null
            ? Ending(credential, facts.Now)
            : null;
        if (facts.Polls is { FailingSince: { } since } polls)
        {
            var unread = Unread(polls, since, facts.Now, words);
            if (facts.Credential?.HasExpired(facts.Now) != true) yield return unread;
            else ending = ending! with { Details = [unread.Title, .. polls.Error is { } error ? [error] : Array.Empty<string>()] };
        }

        if (ending is not null) yield return ending;
    }

    private static OpenMatter Unread(PollHealth polls, DateTimeOffset since, DateTimeOffset now, MatterWords words)
    {
        var often = polls.Failures > 1 ? string.Create(CultureInfo.InvariantCulture, $" {polls.Failures} times in a row") : "";
        return new OpenMatter("tenant/unread", now - since < NoLongerPassing ? Severity.Warning : Severity.Error,
            $"No guest change has been seen since {words.Clock(since)}: reading Graph failed{often}",
            $"{Said(polls)} mimhybrid check tests each part of the way to Graph.")
        {
            Since = since,
        };
    }

    /// <summary>What went wrong, and what the agent does about it, unless that is said already.</summary>
    private static string Said(PollHealth polls)
    {
        const string meanwhile = "The agent tries again by itself;";
        if (polls.Error is not { } error) return meanwhile;
        var said = MatterWords.Sentence(error);
        return said.Contains("The agent ", StringComparison.Ordinal) ? $"{said[..^1]};" : $"{said} {meanwhile}";
    }

    private static OpenMatter Ending(CredentialNote credential, DateTimeOffset now)
    {
        var end = credential.ExpiresAt!.Value;
        var day = end.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return credential.HasExpired(now)
            ? new OpenMatter("tenant/credential", Severity.Error,
                $"The {credential.Name} expired on {day}: no guest change is seen without a new one", credential.Remedy)
            {
                Since = end,
                Deadline = end,
            }
            : new OpenMatter("tenant/credential", Severity.Warning,
                $"The {credential.Name} expires on {day}, in {credential.Left(now)}", credential.Remedy)
            {
                Deadline = end,
            };
    }
}
