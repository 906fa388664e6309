using System.Diagnostics.CodeAnalysis;

namespace MimHybrid.Sandbox.SyncServer.State;

/// <summary>The pretend Active Directory that the target agent exports to and imports from.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class SandboxDirectory
{
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly Dictionary<Guid, DirectoryAccount> accounts = [];
    private readonly Dictionary<string, Guid> byDn = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> logonNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<DeletedAccount> deleted;
    private long usn;

    internal SandboxDirectory(DirectoryDocument saved, TimeProvider time)
    {
        this.time = time;
        foreach (var account in saved.Accounts)
            Put(account);
        deleted = [.. saved.Deleted];
        usn = saved.HighestCommittedUsn;
    }

    /// <summary>Raised after the change, on the thread of the export or of the caller.</summary>
    /// <remarks>A handler neither waits for a run nor changes the directory: an export raises this in its midst.</remarks>
    public event EventHandler<AccountChangedEventArgs>? AccountChanged;

    /// <summary>The accounts as they are now, by distinguished name.</summary>
    public IReadOnlyList<DirectoryAccount> Accounts => Snapshot().Accounts;

    /// <summary>An administrator deletes an account. False when there is none of that name.</summary>
    public bool DeleteByHand(string distinguishedName) =>
        Find(distinguishedName) is { } account && Delete(account.ObjectGuid, byHand: true);

    /// <summary>An administrator creates an account; its GUID and dates are the directory's. False when the name is taken.</summary>
    public bool CreateByHand(DirectoryAccount account) => Create(account, byHand: true) is not null;

    /// <summary>An administrator changes an account's attributes. False when there is none of that name.</summary>
    public bool ChangeByHand(string distinguishedName, Func<DirectoryAccount, DirectoryAccount> change) =>
        Find(distinguishedName) is { } account && Change(account.ObjectGuid, change, byHand: true);

    /// <summary>Everything at one moment, with the change number up to which it is complete.</summary>
    internal DirectoryDocument Snapshot()
    {
        lock (gate)
        {
            return new DirectoryDocument
            {
                HighestCommittedUsn = usn,
                Accounts = [.. accounts.Values.OrderBy(account => account.DistinguishedName, StringComparer.OrdinalIgnoreCase)],
                Deleted = [.. deleted],
            };
        }
    }

    /// <summary>The new account with its GUID; null when the distinguished name or the sAMAccountName is taken.</summary>
    internal DirectoryAccount? Create(DirectoryAccount account, bool byHand = false)
    {
        lock (gate)
        {
            if (byDn.ContainsKey(account.DistinguishedName) || (account.SamAccountName is { } name && logonNames.Contains(name)))
                return null;

            var now = time.GetUtcNow();
            account = account with { ObjectGuid = Guid.NewGuid(), WhenCreated = now, WhenChanged = now, UsnChanged = ++usn };
            Put(account);
        }

        AccountChanged?.Invoke(this, new AccountChangedEventArgs(DirectoryChangeKind.Created, account, byHand));
        return account;
    }

    internal bool Change(Guid objectGuid, Func<DirectoryAccount, DirectoryAccount> change, bool byHand = false)
    {
        DirectoryAccount changed;
        lock (gate)
        {
            if (!TryTake(objectGuid, out var account))
                return false;

            changed = change(account) with { ObjectGuid = objectGuid, WhenChanged = time.GetUtcNow(), UsnChanged = ++usn };
            Put(changed);
        }

        AccountChanged?.Invoke(this, new AccountChangedEventArgs(DirectoryChangeKind.Changed, changed, byHand));
        return true;
    }

    internal bool Delete(Guid objectGuid, bool byHand = false)
    {
        DirectoryAccount? account;
        lock (gate)
        {
            if (!TryTake(objectGuid, out account))
                return false;
            deleted.Add(new DeletedAccount(objectGuid, account.DistinguishedName, ++usn));
        }

        AccountChanged?.Invoke(this, new AccountChangedEventArgs(DirectoryChangeKind.Deleted, account, byHand));
        return true;
    }

    private DirectoryAccount? Find(string distinguishedName)
    {
        lock (gate)
            return byDn.TryGetValue(distinguishedName, out var objectGuid) ? accounts[objectGuid] : null;
    }

    private void Put(DirectoryAccount account)
    {
        accounts.Add(account.ObjectGuid, account);
        byDn.Add(account.DistinguishedName, account.ObjectGuid);
        if (account.SamAccountName is { } name)
            logonNames.Add(name);
    }

    private bool TryTake(Guid objectGuid, [NotNullWhen(true)] out DirectoryAccount? account)
    {
        if (!accounts.Remove(objectGuid, out account))
            return false;

        byDn.Remove(account.DistinguishedName);
        if (account.SamAccountName is { } name)
            logonNames.Remove(name);
        return true;
    }
}
