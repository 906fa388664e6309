using System.Globalization;
using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;

namespace MimHybrid.Mim.Runs;

/// <summary>
/// The rows of <c>MIIS_RunHistory</c> (README.md#the-run-history). They come in no promised order, and their numbers are text.
/// </summary>
internal sealed class MiisRunHistory(Provider provider)
{
    /// <summary>The runs that began after a time, oldest first. The times compare as text, which their format allows.</summary>
    public async Task<IEnumerable<RunRecord>> ReadSinceAsync(
        string managementAgent, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var records = await QueryAsync(
            $"MaName = {Wql.Literal(managementAgent)} AND RunStartTime > {Wql.Literal(UtcText.Format(since))}", cancellationToken);
        return records.OrderBy(record => record.RunNumber);
    }

    /// <summary>The runs of all management agents that began after a time.</summary>
    public Task<IEnumerable<RunRecord>> ReadAllSinceAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        QueryAsync($"RunStartTime > {Wql.Literal(UtcText.Format(since))}", cancellationToken);

    public async Task<RunDetails> ReadDetailsAsync(RunRecord record, int errorsKept, CancellationToken cancellationToken)
    {
        var target = new CimTarget("MIIS_RunHistory", "Key", record.Key);
        return RunDetailsParser.Parse(await provider.AskAsync(target, "RunDetails", cancellationToken), errorsKept);
    }

    private async Task<IEnumerable<RunRecord>> QueryAsync(string condition, CancellationToken cancellationToken)
    {
        var rows = await provider.QueryAsync($"SELECT * FROM MIIS_RunHistory WHERE {condition}", cancellationToken);
        return rows.Select(Record).OfType<RunRecord>();
    }

    private static RunRecord? Record(CimRow row) =>
        int.TryParse(row["RunNumber"], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new RunRecord
            {
                Key = row["Key"],
                ManagementAgent = row["MaName"],
                RunNumber = number,
                RunProfile = row["RunProfile"],
                Status = ResultWords.Judge(row["RunStatus"]),
                StartedAt = UtcText.Parse(row["RunStartTime"]),
                EndedAt = UtcText.Parse(row["RunEndTime"]),
            }
            : null;
}
