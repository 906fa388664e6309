using System.Diagnostics.CodeAnalysis;
using MimHybrid.Mim;
using MimHybrid.Mim.Cim;

namespace MimHybrid.Sandbox.SyncServer;

/// <summary>
/// What is to go wrong, for tests and rehearsals. The only place that knows: the engine is handed a <see cref="RunPlan"/> and obeys it,
/// the provider asks once per call.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class SyncServerScript
{
    private readonly Lock gate = new();
    private readonly List<Scene> scenes = [];
    private readonly Dictionary<Key, RunPlan> standing = [];
    private readonly List<(Predicate<string> Dn, ExportFault Fault)> exportFaults = [];
    private (CimFailure? Failure, string? Word) everyCall;

    /// <summary>Plans the n-th Execute of this profile from now on; 1 is the next.</summary>
    public void Plan(string managementAgent, string runProfile, RunPlan plan, int nth = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(nth, 1);
        lock (gate)
            scenes.Add(new Scene(new Key(managementAgent, runProfile), plan) { Remaining = nth });
    }

    /// <summary>Plans the n-th Execute's result word and nothing else.</summary>
    public void Answer(string managementAgent, string runProfile, string result, int nth = 1) =>
        Plan(managementAgent, runProfile, new RunPlan { Result = result }, nth);

    /// <summary>Plans every Execute of this profile that has no plan of its own.</summary>
    public void PlanEvery(string managementAgent, string runProfile, RunPlan plan)
    {
        lock (gate)
            standing[new Key(managementAgent, runProfile)] = plan;
    }

    /// <summary>Objects whose distinguished name matches cannot be exported until <see cref="Reset"/>.</summary>
    public void RefuseExport(Predicate<string> distinguishedName, ExportFault fault)
    {
        lock (gate)
            exportFaults.Add((distinguishedName, fault));
    }

    /// <summary>Every query and method call throws this: no rights on the namespace, no such namespace, no server.</summary>
    public void RefuseCalls(CimFailure failure)
    {
        lock (gate)
            everyCall = (failure, null);
    }

    /// <summary>Every method answers this word (<c>access-denied</c>, <c>connection-failure</c>); queries still work.</summary>
    public void AnswerMethodsWith(string word)
    {
        lock (gate)
            everyCall = (null, word);
    }

    /// <summary>Calls are answered again; plans for runs stay.</summary>
    public void AnswerCalls()
    {
        lock (gate)
            everyCall = default;
    }

    /// <summary>Nothing goes wrong any more.</summary>
    public void Reset()
    {
        lock (gate)
        {
            scenes.Clear();
            standing.Clear();
            exportFaults.Clear();
            everyCall = default;
        }
    }

    /// <summary>Takes the plan for an Execute that is asked for now.</summary>
    internal RunPlan Next(string managementAgent, string runProfile)
    {
        var key = new Key(managementAgent, runProfile);
        lock (gate)
        {
            var due = scenes.FindAll(scene => scene.Key == key && --scene.Remaining == 0);
            scenes.RemoveAll(scene => scene.Remaining <= 0);
            return due is [.., var scene] ? scene.Plan : standing.GetValueOrDefault(key, new RunPlan());
        }
    }

    internal ExportFault? FaultOf(string distinguishedName)
    {
        lock (gate)
            return exportFaults.Find(entry => entry.Dn(distinguishedName)).Fault;
    }

    /// <exception cref="CimConnectionException">Every call is refused.</exception>
    internal void ThrowIfRefused()
    {
        lock (gate)
        {
            if (everyCall.Failure is { } failure)
                throw new CimConnectionException(failure, $"The sandbox's sync server does not answer: {failure}.");
        }
    }

    internal bool AnswersMethods([NotNullWhen(false)] out string? word)
    {
        lock (gate)
            word = everyCall.Word;
        return word is null;
    }

    private readonly record struct Key(string ManagementAgent, string RunProfile);

    private sealed record Scene(Key Key, RunPlan Plan)
    {
        public int Remaining { get; set; }
    }
}
