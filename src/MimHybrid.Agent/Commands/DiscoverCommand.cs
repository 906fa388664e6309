using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using MimHybrid.Agent.Checks;
using MimHybrid.Agent.Discovery;
using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Settings;
using MimHybrid.Agent.Show;
using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Client;

namespace MimHybrid.Agent.Commands;

/// <summary><c>config discover</c>: the sequences that fit this server's own names.</summary>
internal static class DiscoverCommand
{
    public static Command Build(CommonOptions common)
    {
        var write = new Option<bool>("--write") { Description = "Write it into the settings file. The old file is kept beside it." };
        var days = new Option<int>("--days")
        {
            HelpName = "N",
            Description = "How far back the run history is read, in days.",
            DefaultValueFactory = _ => 30,
        };
        days.Validators.Add(value =>
        {
            if (value.GetValue(days) is < 1 or > 3650) value.AddError("--days is out of range; allowed is 1 to 3650.");
        });
        var guests = new Option<string?>("--guests") { HelpName = "NAME", Description = "The management agent that brings guests." };
        var accounts = new Option<string?>("--accounts") { HelpName = "NAME", Description = "The management agent that keeps accounts." };
        var command = new Command(
            "discover",
            "Asks MIM for its management agents and for the run profiles that have run, and proposes the sequences "
                + "that fit their names. Changes nothing without --write.")
        {
            write,
            days,
            guests,
            accounts,
        };
        common.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            common.Read(parsed),
            new Wishes(
                parsed.GetValue(write), TimeSpan.FromDays(parsed.GetValue(days)), parsed.GetValue(guests), parsed.GetValue(accounts)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommonValues options, Wishes wishes, CancellationToken cancellationToken)
    {
        var layers = SettingsLayers.Read(options);
        var settings = SettingsLoader.Bind(layers, options).Settings;
        CheckContext.Hurry(settings);
        if ((settings.SandboxTenant || settings.SandboxSyncServer) && DataFolder.IsLocked(options.Data))
        {
            Say.Error($"An agent runs on the sandbox in {options.Data}, which serves one program at a time; end that agent "
                + "first (mimhybrid stop "
                + $"--data {options.Data}), or name another folder with --data.");
            return ExitCode.DataFolderHeld;
        }

        try
        {
            var found = await AskAsync(options, settings, wishes.Past, cancellationToken);
            Screen.Show(ProposalText.Found(found, wishes.Past));
            var proposer = new Proposer(found);
            if (proposer.Propose(wishes.Guests, wishes.Accounts) is not { } proposal)
            {
                Say.Error(proposer.Trouble!);
                return ExitCode.CheckFailed;
            }

            Screen.Show(ProposalText.Of(proposal));
            return Conclude(proposal, options, wishes);
        }
        catch (CimConnectionException e)
        {
            Say.Error($"{settings.SyncServer.Namespace} cannot be asked: {e.Message.TrimEnd('.')}. {Advice.Of(e)}");
            return ExitCode.CheckFailed;
        }
    }

    private static int Conclude(Proposal proposal, CommonValues options, Wishes wishes)
    {
        if (proposal.IsShipped)
        {
            Screen.Tell("These are the shipped names: the settings need no Sequences.");
            return ExitCode.Done;
        }

        if (wishes.Write) return Write(proposal, options);
        Say.Line();
        Say.Line(ProposalJson.Whole(proposal));
        Say.Line();
        Screen.Tell("To write this into the settings file: mimhybrid config discover --write");
        return ExitCode.Done;
    }

    private static int Write(Proposal proposal, CommonValues options)
    {
        var path = SettingsLayers.PathOf(options);
        if (SettingsFile.Read(path) is not { } json)
        {
            Say.Error($"There is no settings file {path} to write into; allowed with --config is a file that is there.");
            return ExitCode.SettingsInvalid;
        }

        var changed = SettingsEdit.Set(
            SettingsEdit.Set(json, "GuestSource", ProposalJson.GuestSource(proposal)), "Sequences", ProposalJson.Sequences(proposal));
        try
        {
            if (SettingsSwap.Replace(path, changed, options, TimeProvider.System.GetUtcNow(), Say.Error) is not { } copy)
                return ExitCode.SettingsInvalid;
            Screen.Tell($"Written into {path}; the file as it was is {copy}. To see whether it is right: mimhybrid check. "
                + "A running agent reads it at its next start: mimhybrid stop, and its task starts it again.");
            return ExitCode.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Say.Error($"{path} could not be changed by {CurrentAccount.Name} ({e.Message.TrimEnd('.')}); "
                + "open PowerShell as administrator.");
            return ExitCode.CheckFailed;
        }
    }

    private static async Task<IReadOnlyList<FoundAgent>> AskAsync(
        CommonValues options, LoadedSettings settings, TimeSpan past, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        await using var world = await SandboxWorld.StartAsync(options.Data, settings, time, NullLoggerFactory.Instance, cancellationToken);
        using var cim = world.ConnectToSyncServer(settings.SyncServer);
        return await FoundAgent.FindAllAsync(new SyncServer(cim, settings.SyncServer, time), time.GetUtcNow() - past, cancellationToken);
    }

    private sealed record Wishes(bool Write, TimeSpan Past, string? Guests, string? Accounts);
}
