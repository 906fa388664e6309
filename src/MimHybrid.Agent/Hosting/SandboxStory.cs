using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MimHybrid.Sandbox.SyncServer;

namespace MimHybrid.Agent.Hosting;

/// <summary>What happens in the pretend world, told as it happens: guests come and go in the tenant, accounts in the directory.</summary>
internal sealed partial class SandboxStory(SandboxWorld world, ILogger<SandboxStory> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (world.SyncServer is { } server) server.Directory.AccountChanged += TellOfAccount;
        await Task.CompletedTask;
    }

    private void TellOfAccount(object? sender, AccountChangedEventArgs change) =>
        Log.Account(logger, change.Kind.ToString().ToLowerInvariant(), change.Account.DistinguishedName);

    private static partial class Log
    {
        [LoggerMessage(4101, LogLevel.Information, "Directory: {Change} {DistinguishedName}")]
        public static partial void Account(ILogger logger, string change, string distinguishedName);
    }
}
