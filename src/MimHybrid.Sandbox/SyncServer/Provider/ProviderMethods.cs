using MimHybrid.Mim;
using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.SyncServer.Engine;
using MimHybrid.Sandbox.SyncServer.Graph;
using MimHybrid.Sandbox.SyncServer.Runs;
using MimHybrid.Sandbox.SyncServer.State;

namespace MimHybrid.Sandbox.SyncServer.Provider;

/// <summary>Finds the instance a call is for and does what the method says.</summary>
internal sealed class ProviderMethods(
    SyncServerState state, RunDispatcher dispatcher, GraphUserReader graph, RunBook book, RunDetailsXml runDetails, ProviderClasses classes)
{
    private readonly AgentMethods agentMethods = new(state, runDetails);

    /// <exception cref="CimConnectionException">No such class, instance, method or parameter.</exception>
    public Task<string> InvokeAsync(
        CimTarget target, string method, IReadOnlyList<CimArgument> arguments, CancellationToken cancellationToken)
    {
        var provided = classes.Find(target.ClassName);
        if (!provided.Key.Equals(target.KeyName, StringComparison.OrdinalIgnoreCase))
            throw NotFound(target);

        return provided.Name switch
        {
            ProviderClasses.ManagementAgent => InvokeAgentAsync(target, method, arguments, cancellationToken),
            ProviderClasses.RunHistory => Task.FromResult(InvokeRun(target, method)),
            _ => Task.FromResult(InvokeServer(target, method, arguments)),
        };
    }

    private Task<string> InvokeAgentAsync(
        CimTarget target, string method, IReadOnlyList<CimArgument> arguments, CancellationToken cancellationToken)
    {
        var managementAgent = state.FindAgent(target.KeyValue) ?? throw NotFound(target);
        return method.ToUpperInvariant() switch
        {
            "EXECUTE" => dispatcher.ExecuteAsync(managementAgent, Argument(arguments, "RunProfileName"), cancellationToken),
            "STOP" => dispatcher.StopAsync(managementAgent, cancellationToken),
            "GETSERVERSTATUS" =>
                managementAgent == state.Source ? graph.ProbeAsync(cancellationToken) : Task.FromResult(ConnectionWords.Success),
            _ => Task.FromResult(agentMethods.Invoke(managementAgent, method) ?? throw NoMethod(target, method)),
        };
    }

    private string InvokeRun(CimTarget target, string method)
    {
        if (!method.Equals("RunDetails", StringComparison.OrdinalIgnoreCase))
            throw NoMethod(target, method);

        SandboxRunRecord? run;
        lock (state.Gate)
        {
            run = state.History.Runs.FirstOrDefault(known => classes.IsKeyOf(known, target.KeyValue));
        }

        return runDetails.Write(run ?? throw NotFound(target));
    }

    private string InvokeServer(CimTarget target, string method, IReadOnlyList<CimArgument> arguments)
    {
        if (!target.KeyValue.Equals("MIIS_Server1", StringComparison.OrdinalIgnoreCase))
            throw NotFound(target);
        if (!method.Equals("ClearRuns", StringComparison.OrdinalIgnoreCase))
            throw NoMethod(target, method);

        // One word for both: a date that is none, and one before which no run ended (MimHybrid.Mim/README.md#the-run-history).
        return MimText.TryReadDate(Argument(arguments, "EndingBefore"), out var endingBefore) && book.Clear(endingBefore)
            ? SandboxResultWords.Success
            : SandboxResultWords.InvalidDate;
    }

    private static string Argument(IReadOnlyList<CimArgument> arguments, string name) =>
        arguments.FirstOrDefault(argument => argument.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value
        ?? throw new CimConnectionException(CimFailure.Other, $"The method needs the parameter {name}.");

    private static CimConnectionException NotFound(CimTarget target) =>
        new(CimFailure.NotFound, $"There is no {target.ClassName} with {target.KeyName} '{target.KeyValue}'.");

    private static CimConnectionException NoMethod(CimTarget target, string method) =>
        new(CimFailure.Other, $"{target.ClassName} has no method {method}.");
}
