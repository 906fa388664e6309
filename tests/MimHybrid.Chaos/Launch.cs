using System.Diagnostics;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Chaos;

/// <summary>How the executable is started: where it lies, and settings that let it live in seconds what takes hours elsewhere.</summary>
internal sealed class Launch
{
    /// <summary>
    /// The pauses are the sandbox's. The fallback is an hour away, so that it puts nothing right that the agent has missed; and five
    /// removals at once need an approval.
    /// </summary>
    private static readonly (string Name, string Value)[] Pace =
    [
        ("SyncServer__Connection", "Sandbox"),
        ("Sandbox__StepDuration", "00:00:00.1"),
        ("SyncServer__StopGrace", "00:00:05"),
        ("BootDelay", "00:00:00"),
        ("ShortestPause", "00:00:00.5"),
        ("Functions__GuestChanges__PollInterval", "00:00:00.5"),
        ("Functions__GuestChanges__SettleTime", "00:00:00.2"),
        ("Functions__GuestChanges__LongestWait", "00:00:02"),
        ("Functions__GuestChanges__EditsAndRemovalsWait", "00:00:02"),
        ("Backoff__First", "00:00:00.2"),
        ("Backoff__Longest", "00:00:02"),
        ("Retries__First", "00:00:00.1"),
        ("Retries__Longest", "00:00:01"),
        ("Arrival__Wait", "00:00:00.2"),
        ("RemovalGuard__Count", "4"),
        ("RemovalGuard__StagedCount", "4"),
    ];

    private readonly string[] program;
    private readonly Dictionary<string, string> environment = [];

    public Launch(string executable, string folder, SandboxTenant tenant)
    {
        program = executable.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", executable] : [executable];
        var certificate = Path.Combine(folder, "tenant.pem");
        File.WriteAllText(certificate, tenant.Certificate.ExportCertificatePem());
        foreach (var (name, value) in Pace) environment[$"MIMHYBRID_{name}"] = value;
        environment["SSL_CERT_FILE"] = certificate;
        environment["MIMHYBRID_Graph__BaseUrl"] = tenant.GraphBaseUrl.ToString();
        environment["MIMHYBRID_Graph__AuthorityHost"] = tenant.AuthorityHost.ToString();
        environment["MIMHYBRID_Graph__TenantId"] = tenant.TenantId;
        environment["MIMHYBRID_Graph__ClientId"] = tenant.ClientId;
        environment["MIMHYBRID_Graph__ClientSecret"] = tenant.ClientSecret;
        environment["TMPDIR"] = folder;
    }

    /// <summary>The clock that the executable sees; null for the machine's.</summary>
    public FalseClock? Clock { get; set; }

    /// <param name="output">The file that standard output goes to, opened as a shell does it; null for what is read here.</param>
    /// <param name="arguments">The command line.</param>
    public ProcessStartInfo Command(string? output, IEnumerable<string> arguments)
    {
        var start = output is null
            ? new ProcessStartInfo(program[0], [.. program[1..], .. arguments])
            : new ProcessStartInfo("sh", ["-c", "out=$1; shift; exec \"$@\" > \"$out\"", "sh", output, .. program, .. arguments]);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        Clock?.AddTo(start);
        return start;
    }
}
