using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Polling;

/// <summary>
/// Keeps a tenant whose tokens die at once from being read without end: between two resynchronisations lie at least 15 minutes,
/// then twice as long each time, up to a day (README.md#reading-the-whole-tenant). Kept in the store: a service that is restarted every
/// minute must not read it whole every minute.
/// </summary>
internal sealed class ResyncGuard
{
    private readonly GuestStore store;
    private readonly TimeProvider time;
    private DateTimeOffset allowedFrom;
    private TimeSpan pause;

    public ResyncGuard(GuestStore store, TimeProvider time)
    {
        (this.store, this.time) = (store, time);
        (allowedFrom, pause) = store.ReadResync() ?? (DateTimeOffset.MinValue, RepetitionPause.First);
    }

    /// <summary>
    /// How long the next resynchronisation has to wait; zero when it may begin. Bounded, because a clock may be set back.
    /// </summary>
    public TimeSpan Wait =>
        time.GetUtcNow() is var now && now < allowedFrom ? Shorter(allowedFrom - now, RepetitionPause.Longest) : TimeSpan.Zero;

    /// <summary>A resynchronisation begins: the cursor is forgotten, and the next one has to wait.</summary>
    public void Begin()
    {
        var (from, next) = (time.GetUtcNow() + pause, RepetitionPause.After(pause));
        store.ForgetCursor(from, next);
        (allowedFrom, pause) = (from, next);
    }

    /// <summary>A round succeeded. If the pause is over, the cursor has lived long enough to be trusted again.</summary>
    public void NoteRound()
    {
        if (pause == RepetitionPause.First || Wait > TimeSpan.Zero) return;
        store.SaveResync(allowedFrom, RepetitionPause.First);
        pause = RepetitionPause.First;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
