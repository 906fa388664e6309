using System.Collections.Concurrent;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent;

/// <summary>
/// What did not get where it should, as whoever sends it finds out, on threads that must not wait for the store: the alerts' loop writes it
/// down at its next look. What an earlier process wrote stays until this one has learnt otherwise.
/// </summary>
internal sealed class DeliveryNotes(TimeProvider time)
{
    private readonly ConcurrentQueue<(Undelivered What, bool IsOver)> news = new();

    public void Failed(DeliveryKind kind, string place, string why) =>
        news.Enqueue((new Undelivered(kind, place, time.GetUtcNow(), why), IsOver: false));

    public void Arrived(DeliveryKind kind, string place) =>
        news.Enqueue((new Undelivered(kind, place, time.GetUtcNow(), ""), IsOver: true));

    /// <summary>One that cannot be written is not lost: it is tried again.</summary>
    public void WriteTo(AlertStore store)
    {
        while (news.TryPeek(out var one))
        {
            if (one.IsOver) store.Forget(one.What.Kind, one.What.Place);
            else store.Record(one.What);
            news.TryDequeue(out _);
        }
    }
}
