using MimHybrid.Store;
using MimHybrid.Store.Faults;

namespace MimHybrid.Agent.Hosting;

/// <summary>
/// Notes that an agent started, and takes that back once it ends as it was asked to: what stays are the starts of those that did not. It
/// only tells: a store that cannot be written keeps nobody from starting, and from ending well (statement 9).
/// </summary>
internal sealed class StartNote
{
    private readonly AgentStore store;
    private readonly long? start;

    public StartNote(AgentStore store, DateTimeOffset now)
    {
        this.store = store;
        try
        {
            start = store.RecordStart(now);
        }
        catch (StoreException)
        {
            // the loops that work say what is wrong with the store
        }
    }

    public void TakeBack()
    {
        try
        {
            if (start is { } noted) store.ForgetStart(noted);
        }
        catch (StoreException)
        {
            // one start too many is seen for an hour
        }
    }
}
