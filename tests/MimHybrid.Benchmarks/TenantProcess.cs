using System.Diagnostics;
using System.Globalization;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Benchmarks;

/// <summary>A sandbox tenant in a process of its own, so that its memory and its time are not the agent's.</summary>
internal sealed class TenantProcess : IDisposable
{
    private readonly Process process;

    private TenantProcess(Process process, TenantAccess access) => (this.process, Access) = (process, access);

    public TenantAccess Access { get; }

    public static TenantProcess Start(int members, int guests) => Start("serve", Text(members), Text(guests));

    /// <summary>As above, with all pages of users/delta made beforehand.</summary>
    public static TenantProcess StartPrepared(int members) => Start("serve-prepared", Text(members));

    private static TenantProcess Start(params IEnumerable<string> arguments)
    {
        var process = Child.Start(arguments);
        var line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The tenant did not start.");
        return new TenantProcess(process, TenantAccess.Parse(line));
    }

    /// <summary>The other side: serves until its input ends.</summary>
    public static async Task<int> ServeAsync(int members, int guests)
    {
        await using var tenant = await SandboxTenant.StartAsync(new SandboxTenantOptions(), TimeProvider.System, CancellationToken.None);
        if (members > 0) tenant.Directory.AddMembers(members);
        for (var number = 1; number <= guests; number++)
            tenant.Directory.Invite(string.Create(CultureInfo.InvariantCulture, $"Guest {number}"), string.Create(CultureInfo.InvariantCulture, $"guest{number}@fabrikam.example"));
        return await ServeToTheEndAsync(TenantAccess.Of(tenant));
    }

    public static async Task<int> ServePreparedAsync(int members)
    {
        await using var tenant = await SandboxTenant.StartAsync(new SandboxTenantOptions(), TimeProvider.System, CancellationToken.None);
        tenant.Directory.AddMembers(members);
        var (pages, access) = await PreparedPages.StartAsync(tenant);
        await using var served = pages;
        return await ServeToTheEndAsync(access);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private static async Task<int> ServeToTheEndAsync(TenantAccess access)
    {
        await Console.Out.WriteLineAsync(access.ToString());
        await Console.In.ReadToEndAsync();
        return 0;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>This program once more.</summary>
internal static class Child
{
    public static Process Start(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        return Process.Start(start)!;
    }
}
