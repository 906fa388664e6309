using System.Globalization;
using MimHybrid.Sandbox.SyncServer.Graph;
using MimHybrid.Sandbox.SyncServer.Spaces;
using MimHybrid.Sandbox.SyncServer.State;

namespace MimHybrid.Sandbox.SyncServer.Engine;

/// <summary>The target agent's way into the pretend Active Directory.</summary>
internal sealed class DirectoryConnector(SandboxDirectory directory)
{
    private static readonly ExportFault Exists = new("cd-existing-object", "68", "The object already exists.");
    private static readonly ExportFault Missing = new("cd-missing-object", "32", "There is no such object on the server.");

    public ImportBatch ReadAll()
    {
        var all = directory.Snapshot();
        return new ImportBatch([.. all.Accounts.Select(Entry)], IsComplete: true, Watermark(all.HighestCommittedUsn));
    }

    /// <summary>
    /// What changed after the watermark. Without one it reads the change log from its beginning: unlike Graph's, this agent's delta needs
    /// no full import first (README.md#the-contract-of-the-synchronization-service).
    /// </summary>
    public ImportBatch ReadChanges(string? watermark)
    {
        var since = long.Parse(watermark ?? "0", CultureInfo.InvariantCulture);
        var all = directory.Snapshot();
        var deleted = all.Deleted.Where(gone => gone.UsnChanged > since).Select(Entry);
        var changed = all.Accounts.Where(account => account.UsnChanged > since).Select(Entry);
        return new ImportBatch([.. deleted, .. changed], IsComplete: false, Watermark(all.HighestCommittedUsn));
    }

    /// <summary>Carries out one export; null when it was done. An addition gets its anchor.</summary>
    public ExportFault? Export(ConnectorSpace space, ConnectorSpaceObject exported)
    {
        var change = exported.PendingExport!;
        return change.Kind switch
        {
            Modification.Add => Create(space, exported, change.Image!),
            Modification.Update => directory.Change(ObjectGuid(exported), account => With(account, change.Image!)) ? null : Missing,
            _ => Delete(exported),
        };
    }

    private ExportFault? Create(ConnectorSpace space, ConnectorSpaceObject exported, PersonAttributes image)
    {
        var account = directory.Create(With(new DirectoryAccount { DistinguishedName = exported.Dn }, image));
        if (account is null)
            return Exists;
        space.SetAnchor(exported, Anchor(account.ObjectGuid));
        return null;
    }

    /// <summary>What is gone already need not be deleted: that is no failure.</summary>
    private ExportFault? Delete(ConnectorSpaceObject exported)
    {
        directory.Delete(ObjectGuid(exported));
        return null;
    }

    private static ImportEntry Entry(DeletedAccount gone) => new(Anchor(gone.ObjectGuid), gone.DistinguishedName, Image: null);

    private static ImportEntry Entry(DirectoryAccount account) =>
        new(Anchor(account.ObjectGuid), account.DistinguishedName, Image(account));

    private static PersonAttributes Image(DirectoryAccount account) => new()
    {
        DisplayName = account.DisplayName,
        Mail = account.Mail,
        GivenName = account.GivenName,
        Surname = account.Surname,
        UserPrincipalName = account.UserPrincipalName,
        SamAccountName = account.SamAccountName,
    };

    private static DirectoryAccount With(DirectoryAccount account, PersonAttributes image) => account with
    {
        DisplayName = image.DisplayName,
        Mail = image.Mail,
        GivenName = image.GivenName,
        Surname = image.Surname,
        UserPrincipalName = image.UserPrincipalName,
        SamAccountName = image.SamAccountName,
    };

    private static Guid ObjectGuid(ConnectorSpaceObject known) => Guid.Parse(known.Anchor!, CultureInfo.InvariantCulture);

    private static string Anchor(Guid objectGuid) => objectGuid.ToString("D");

    private static string Watermark(long usn) => usn.ToString(CultureInfo.InvariantCulture);
}
