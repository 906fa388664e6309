namespace MimHybrid.Store.Sql;

/// <summary>
/// Wakes whoever waits in the agent's process for rows to change: a commit of its own process does so at once, one of another process by a
/// file that comes and goes beside the store. Only a hint: what has changed stands in the rows, and a look at the version finds it without.
/// </summary>
internal sealed class CommitBell : IDisposable
{
    private const string Name = "agent.db.bell-";

    private readonly string folder;
    private readonly Lazy<FileSystemWatcher?> ear;
    private TaskCompletionSource next = New();

    public CommitBell(string folder)
    {
        this.folder = folder;
        ear = new Lazy<FileSystemWatcher?>(Listen);
    }

    /// <summary>Ends with the next commit after this was asked.</summary>
    public Task Next
    {
        get
        {
            _ = ear.Value; // from the first time on that somebody waits: a command never does
            return Volatile.Read(ref next).Task;
        }
    }

    /// <summary>Heard in this process.</summary>
    public void Ring() => Interlocked.Exchange(ref next, New()).SetResult();

    /// <summary>
    /// Heard in the agent's process. No file of that name can have been laid there by anybody else, as a link to one of the
    /// administrator's, or be left from before. Where none can be made, the agent finds the row at its next look.
    /// </summary>
    public void RingElsewhere()
    {
        var path = Path.Combine(folder, Name + Guid.NewGuid().ToString("N"));
        try
        {
            using (new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose))
            {
                // That it comes is all it says.
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The row is committed, and is all that counts.
        }
    }

    public void Dispose()
    {
        if (ear.IsValueCreated) ear.Value?.Dispose();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Null where the system has no watch left to give, or the folder is gone.</summary>
    private FileSystemWatcher? Listen()
    {
        if (!Directory.Exists(folder)) return null;
        var watcher = new FileSystemWatcher(folder, Name + "*") { NotifyFilter = NotifyFilters.FileName };
        try
        {
            watcher.Created += (_, _) => Ring();
            watcher.Error += (_, _) => Ring(); // what it missed is found by looking
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            watcher.Dispose();
            return null;
        }
    }
}
