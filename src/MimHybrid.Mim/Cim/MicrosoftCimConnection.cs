using System.Globalization;
using Microsoft.Management.Infrastructure;
using Microsoft.Management.Infrastructure.Options;

namespace MimHybrid.Mim.Cim;

/// <summary>
/// The door to a real synchronization service, and nothing but a translation. This file and <see cref="CimErrors"/> alone name types of
/// Microsoft.Management.Infrastructure; constructing it touches none of them, so that it can be constructed anywhere.
/// </summary>
/// <remarks>
/// Compiled against the package and run on Linux up to its refusal there; not yet run against a real MIM server. What it must not
/// depend on is in README.md#the-cim-client: timeouts, namespace and key flags of instances that were returned, and error texts.
/// </remarks>
public sealed class MicrosoftCimConnection(SyncServerSettings settings) : ICimConnection
{
    private bool IsLocal => string.IsNullOrEmpty(settings.ComputerName);

    public Task<IReadOnlyList<CimRow>> QueryAsync(string wql, CancellationToken cancellationToken) =>
        CallAsync<IReadOnlyList<CimRow>>((session, options) => Query(session, options, wql), cancellationToken);

    public Task<string> InvokeAsync(
        CimTarget target, string method, IReadOnlyList<CimArgument> arguments, CancellationToken cancellationToken) =>
        CallAsync((session, options) => Invoke(session, options, target, method, arguments), cancellationToken);

    /// <summary>Sessions live for one call: a restart of the service or of WMI leaves nothing stale behind.</summary>
    public void Dispose()
    {
    }

    private List<CimRow> Query(CimSession session, CimOperationOptions options, string wql)
    {
        var rows = new List<CimRow>();
        foreach (var instance in session.QueryInstances(settings.Namespace, "WQL", wql, options))
        {
            using (instance)
                rows.Add(new CimRow(instance.CimInstanceProperties.Select(one => KeyValuePair.Create(one.Name, Text(one.Value)))));
        }

        return rows;
    }

    private string Invoke(
        CimSession session, CimOperationOptions options, CimTarget target, string method, IReadOnlyList<CimArgument> arguments)
    {
        // Addressed by class and key alone, made for this call: a fetched instance dies when the service restarts
        // (README.md#addressed-by-name-for-each-call).
        using var instance = new CimInstance(target.ClassName, settings.Namespace);
        instance.CimInstanceProperties.Add(CimProperty.Create(target.KeyName, target.KeyValue, CimType.String, CimFlags.Key));

        using var parameters = new CimMethodParametersCollection();
        foreach (var argument in arguments)
            parameters.Add(CimMethodParameter.Create(argument.Name, argument.Value, CimType.String, CimFlags.In));

        using var result = session.InvokeMethod(settings.Namespace, instance, method, parameters, options);
        return CimErrors.ResultOf(target, method, result?.ReturnValue?.Value is { } value ? Text(value) : null);
    }

    private async Task<T> CallAsync<T>(Func<CimSession, CimOperationOptions, T> call, CancellationToken cancellationToken)
    {
        // A thread of its own, since Execute blocks for hours. WaitAsync ends the wait even where the package ignores the token.
        var work = Task.Factory.StartNew(
            () => Call(call, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await work.WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (CimErrors.Translate(exception) is { } translated)
                throw translated;
            throw;
        }
    }

    private T Call<T>(Func<CimSession, CimOperationOptions, T> call, CancellationToken cancellationToken)
    {
        using var overNetwork = IsLocal ? null : new WSManSessionOptions();
        using var session = CimSession.Create(IsLocal ? null : settings.ComputerName, overNetwork);
        using var options = new CimOperationOptions { CancellationToken = cancellationToken };

        // Without a timeout a local call waits for ever, which is what Execute needs. WS-Man gives up after MaxTimeoutms of the server's
        // WinRM, a minute by default, and asking for more helps only where that was raised (MS-WSMV); RunLookup finds the run then.
        if (!IsLocal)
            options.Timeout = settings.LongestRun + settings.StopGrace;

        return call(session, options);
    }

    private static string? Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture);
}
