using MimHybrid.Cycles.Settings;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Checks;

/// <summary>
/// Whether the run profiles exist, as far as that can be known, since they cannot be listed
/// (MimHybrid.Mim/README.md#run-profiles-cannot-be-listed). One that ran is there; one that MIM did not know when
/// the agent last asked for it is not.
/// </summary>
internal sealed class RunProfilesCheck() : Check("run-profiles")
{
    private const string Unknown = "no-start-unknown-profile-name";

    /// <summary>Long enough for a Full cycle, and not the whole history: it may have years.</summary>
    private static readonly TimeSpan Past = TimeSpan.FromDays(7);

    private const int Cycles = 100;

    private const int NewestRuns = 10;

    public override IReadOnlyList<string> Needs => [SettingsCheck.CheckName, SyncServerCheck.CheckName, ManagementAgentsCheck.CheckName];

    public override async Task<IReadOnlyList<Finding>> LookAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var own = OwnSteps(context);
        var findings = new List<Finding>();
        foreach (var steps in UsedSteps.ByManagementAgent(context.Settings!.Agent))
        {
            var seen = await context.SyncServer!.ListRunProfilesSeenAsync(steps.Key, context.Time.GetUtcNow() - Past, cancellationToken);
            var profiles = UsedSteps.Profiles(steps)
                .ToLookup(profile => seen.Contains(profile) ? null : Last(own, steps.Key, profile)?.Result);
            var unknown = profiles[Unknown].ToList();
            findings.AddRange(unknown.Select(profile => Failed(
                $"{steps.Key} has no run profile '{profile}', MIM said at its last run",
                "if yours has another name: mimhybrid config discover finds it, once it has run; "
                    + "else create it in Synchronization Service Manager"
                    + UsedSteps.KeepFull(context.Settings!.Agent, steps.Key, [profile]))));

            // Of what MIM has refused nothing is left to verify.
            var unseen = profiles.SelectMany(group => group)
                .Where(profile => !seen.Contains(profile) && !unknown.Contains(profile) && Last(own, steps.Key, profile)?.RunNumber is null)
                .ToList();
            if (unseen.Count > 0 || unknown.Count == 0) findings.Add(Judge(context.Settings!.Agent, steps.Key, unseen));
        }

        if (await FindOtherCallersAsync(context, own, cancellationToken) is { } warning) findings.Add(warning);
        return findings;
    }

    /// <summary>
    /// The history names who started a run. Where that is never the account of the settings although the agent has run, the agent takes
    /// none of its runs for its own. Whoever checks as that account, as the settings have it by themselves, proves nothing.
    /// </summary>
    private async Task<Finding?> FindOtherCallersAsync(
        CheckContext context, IReadOnlyList<StepRecord> own, CancellationToken cancellationToken)
    {
        var account = context.Settings!.SyncServer.Account;
        var ran = own.LastOrDefault(step => step.Result is not null);
        if (string.IsNullOrEmpty(account) || account.Equals(CurrentAccount.Name, StringComparison.OrdinalIgnoreCase) || ran is null)
            return null;

        var since = context.Time.GetUtcNow() - Past;
        var callers = await context.SyncServer!.ListCallersSeenAsync(ran.ManagementAgent, since, NewestRuns, cancellationToken);
        return callers.Count == 0 || callers.Contains(account) ? null : Warning(
            $"none of the newest runs of {ran.ManagementAgent} was started by {account} (SyncServer:Account), but by "
            + string.Join(", ", callers.Order(StringComparer.OrdinalIgnoreCase)),
            "set SyncServer:Account to the account that the agent runs as, or leave it out");
    }

    private Finding Judge(AgentSettings settings, string managementAgent, IReadOnlyList<string> unseen) => unseen.Count == 0
        ? Ok($"all of {managementAgent} were seen in the run history")
        : Skipped(
            $"of {managementAgent}: {string.Join(", ", unseen.Select(profile => $"'{profile}'"))} cannot be verified before the first "
                + "run, because WMI lists no run profiles",
            "compare the names with those in Synchronization Service Manager, Configure Run Profiles"
                + UsedSteps.KeepFull(settings, managementAgent, unseen));

    private static StepRecord? Last(IReadOnlyList<StepRecord> own, string managementAgent, string profile) => own.LastOrDefault(step =>
        step.Result is not null && step.ManagementAgent.Equals(managementAgent, StringComparison.OrdinalIgnoreCase)
            && step.RunProfile.Equals(profile, StringComparison.OrdinalIgnoreCase));

    /// <summary>What the agent ran lately, oldest first.</summary>
    private static IReadOnlyList<StepRecord> OwnSteps(CheckContext context)
    {
        if (context.Store is not { IsCurrent: true }) return [];
        using var store = AgentReader.Open(context.Options.Data);
        return [.. store.ReadLog(new RunLogQuery { Last = Cycles }).SelectMany(cycle => cycle.Steps)];
    }
}
