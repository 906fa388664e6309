using System.Globalization;

namespace MimHybrid.Mim.Cim;

/// <summary>The methods of one <c>MIIS_ManagementAgent</c>, by name (README.md#addressed-by-name-for-each-call).</summary>
internal sealed class MiisManagementAgent(Provider provider, string name)
{
    private readonly CimTarget target = new("MIIS_ManagementAgent", "Name", name);

    public static async Task<IReadOnlyList<ManagementAgent>> ListAsync(Provider provider, CancellationToken cancellationToken)
    {
        var rows = await provider.QueryAsync("SELECT Name, Type FROM MIIS_ManagementAgent", cancellationToken);
        return [.. rows.Select(row => new ManagementAgent(row["Name"], row["Type"]))];
    }

    public Task<string> ExecuteAsync(string runProfile, CancellationToken cancellationToken) =>
        provider.InvokeAsync(target, "Execute", [new CimArgument("RunProfileName", runProfile)], cancellationToken);

    public Task<string> StopAsync(CancellationToken cancellationToken) => provider.InvokeAsync(target, "Stop", [], cancellationToken);

    public Task<string> ReadStatusAsync(CancellationToken cancellationToken) => AskAsync("RunStatus", cancellationToken);

    public Task<string> ReadRunProfileAsync(CancellationToken cancellationToken) => AskAsync("RunProfile", cancellationToken);

    public Task<string> ReadRunStartAsync(CancellationToken cancellationToken) => AskAsync("RunStartTime", cancellationToken);

    public Task<string> ReadRunDetailsAsync(CancellationToken cancellationToken) => AskAsync("RunDetails", cancellationToken);

    /// <summary>Of the current or last run; 0 if the agent has never run or its history was cleared.</summary>
    public async Task<int> ReadRunNumberAsync(CancellationToken cancellationToken) =>
        await AskAsync("RunNumber", cancellationToken) is { Length: > 0 } answer ? Number("RunNumber", answer) : 0;

    public Task<int> CountObjectsAsync(CancellationToken cancellationToken) => CountAsync("NumCSObjects", cancellationToken);

    public Task<int> CountConnectorsAsync(CancellationToken cancellationToken) => CountAsync("NumTotalConnectors", cancellationToken);

    public async Task<PendingCounts> CountPendingAsync(CancellationToken cancellationToken) => new(
        await CountAsync("NumImportAdd", cancellationToken),
        await CountAsync("NumImportUpdate", cancellationToken),
        await CountAsync("NumImportDelete", cancellationToken),
        await CountAsync("NumExportAdd", cancellationToken),
        await CountAsync("NumExportUpdate", cancellationToken),
        await CountAsync("NumExportDelete", cancellationToken));

    private async Task<int> CountAsync(string method, CancellationToken cancellationToken) =>
        Number(method, await AskAsync(method, cancellationToken));

    private Task<string> AskAsync(string method, CancellationToken cancellationToken) =>
        provider.AskAsync(target, method, cancellationToken);

    // Taking what is no number for zero would skip an export without a word.
    private int Number(string method, string answer) =>
        int.TryParse(answer.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Provider.NoAnswer(CimFailure.Other, target, method, answer);
}
