using System.Globalization;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Words;

/// <summary>
/// The same without naming anybody, for readers who are not to know: guests are numbered within a cycle, whoever acted is a person, and
/// what a directory said of an account is left out, because it may name it.
/// </summary>
public static class WithoutPersons
{
    private const string Somebody = "a person";

    public static CycleRecord Of(CycleRecord cycle)
    {
        var guests = new Numbered();
        return cycle with
        {
            Reason = cycle.ReasonUnnamed ?? cycle.Reason,
            ForcedBy = cycle.ForcedBy is null ? null : Somebody,
            NextDecision = cycle.NextUnnamed ?? cycle.NextDecision,
            NextBrief = cycle.NextUnnamed is null ? cycle.NextBrief : null,
            Changes = [.. cycle.Changes.Select(guests.Of)],
            Steps = [.. cycle.Steps.Select(step => step with { Errors = [.. step.Errors.Select(guests.Of)] })],
            Decisions = [.. cycle.Decisions.Select(decision => decision with { Text = decision.Unnamed ?? decision.Text })],
            Approval = cycle.Approval is { } approval ? approval with { By = Somebody } : null,
        };
    }

    public static StatusReport Of(StatusReport report)
    {
        var facts = report.Facts;
        var next = report.Next with
        {
            Reason = Unnamed(report.Next.Reason, facts.Snapshot.Forced?.RequestedBy, report.LastCycle?.ForcedBy),
        };
        return report with
        {
            Facts = facts with
            {
                Holder = facts.Holder is { } holder ? holder with { Account = "the agent's account" } : null,
                Next = next,
                LastCycle = facts.LastCycle is { } last ? Of(last) : null,
                Failed = [.. facts.Failed.Select(Of)],
                Pending = [],
                NamesNobody = true,
            },
            Next = next,
            LastCycle = report.LastCycle is { } cycle ? Of(cycle) : null,
            ResyncAskedBy = report.ResyncAskedBy is null ? null : Somebody,
        };
    }

    private static string Unnamed(string text, params string?[] names) => names.OfType<string>().Where(name => name.Length > 0)
        .Aggregate(text, (said, name) => said.Replace(name, Somebody, StringComparison.OrdinalIgnoreCase));

    /// <summary>The guests of one cycle: who is refused is still the one who was added.</summary>
    private sealed class Numbered
    {
        private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);

        public GuestChange Of(GuestChange change) =>
            change with { Id = "", Name = NameOf(change.Name ?? change.Mail ?? change.Id), Mail = null };

        public StepError Of(StepError error) => error with
        {
            ObjectName = $"CN={NameOf(RefusedAccount.NameOf(error.ObjectName))}",
            Detail = "",
        };

        private string NameOf(string name)
        {
            if (!names.TryGetValue(name, out var number))
                names[name] = number = string.Create(CultureInfo.InvariantCulture, $"guest {names.Count + 1}");
            return number;
        }
    }
}
