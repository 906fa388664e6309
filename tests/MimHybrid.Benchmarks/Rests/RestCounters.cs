using System.Diagnostics;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Benchmarks.Rests;

/// <summary>What a process has used so far.</summary>
/// <param name="Processor">User and system.</param>
/// <param name="Written">Bytes on their way to the disk.</param>
/// <param name="Commits">Of the store; each has counted up SQLite's <c>data_version</c> for a connection that looks on.</param>
/// <param name="Polls">Delta queries that the tenant saw.</param>
/// <param name="Requests">All that it saw but sign-ins.</param>
/// <param name="WorkingSet">Bytes.</param>
/// <param name="Handles">Open files and sockets.</param>
internal sealed record RestCounters(
    TimeSpan Processor, long Written, long Commits, int Polls, int Requests, long WorkingSet, int Handles)
{
    public static RestCounters Of(Process agent, SandboxTenant tenant, string data)
    {
        agent.Refresh();
        var requests = tenant.Requests.All.Where(request => request.Path.StartsWith("/v1.0", StringComparison.Ordinal)).ToList();
        return new RestCounters(
            agent.TotalProcessorTime,
            AgentWorld.Counter(agent.Id, "io", "write_bytes") ?? 0,
            CommitsIn(data),
            requests.Count(request => request.Path.Contains("delta", StringComparison.Ordinal)),
            requests.Count,
            agent.WorkingSet64,
            Directory.GetFiles($"/proc/{agent.Id}/fd").Length);
    }

    /// <summary>
    /// The number of the last commit in the write-ahead log's shared memory: <c>iChange</c>, the third word of its first header
    /// (https://sqlite.org/walformat.html, 2.1.1).
    /// </summary>
    private static long CommitsIn(string data)
    {
        using var file = new FileStream(Path.Combine(data, "agent.db-shm"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> header = stackalloc byte[12];
        file.ReadExactly(header);
        return BitConverter.ToUInt32(header[8..]);
    }
}
