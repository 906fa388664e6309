using MimHybrid.Graph.Delta;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Guests;

/// <summary>Makes the round to commit out of its entries and the guests known before. Pure: asking Graph is the caller's part.</summary>
public static class RoundReducer
{
    /// <summary>The ids that need a read by id before the round can be reduced.</summary>
    public static IReadOnlyList<string> Undecided(EntryLedger ledger, IReadOnlyDictionary<string, Guest> known) =>
    [
        .. ledger.Uncertain.Union(ledger.Entries
            .Where(entry => GuestClassifier.Classify(entry, known.GetValueOrDefault(entry.Id),
                ledger.IsRepeated(entry.Id)) == GuestEffect.Ask)
            .Select(entry => entry.Id)),
    ];

    /// <summary>Reduces a ledger in which nothing is undecided.</summary>
    public static DeltaRound Reduce(EntryLedger ledger, IReadOnlyDictionary<string, Guest> known, DeltaCursor cursor)
    {
        var effects = new Effects(cursor.ObtainedAt);
        foreach (var entry in ledger.Entries) effects.Apply(entry, known.GetValueOrDefault(entry.Id));
        return new DeltaRound
        {
            Cursor = cursor,
            Remembered = effects.Remembered,
            Forgotten = effects.Forgotten,
            Changes = effects.Changes,
            Ignored = effects.Ignored,
        };
    }

    private sealed class Effects(DateTimeOffset now)
    {
        public List<Guest> Remembered { get; } = [];

        public List<string> Forgotten { get; } = [];

        public List<GuestChange> Changes { get; } = [];

        public Dictionary<IgnoredBecause, int> Ignored { get; } = [];

        public void Apply(DeltaEntry entry, Guest? known)
        {
            var effect = GuestClassifier.Classify(entry, known);
            if (entry.Outside is { } reason && effect != GuestEffect.CeasedToCount) Ignored[reason] = Ignored.GetValueOrDefault(reason) + 1;
            switch (effect)
            {
                case GuestEffect.Added: Keep(entry, ChangeKind.Added, now); break;
                case GuestEffect.Updated: Keep(entry, ChangeKind.Updated, known!.Since); break;
                case GuestEffect.Restored: Keep(entry, ChangeKind.Restored, now); break;
                case GuestEffect.Left or GuestEffect.DeletedForGood: Forget(known!); break;
                case GuestEffect.CeasedToCount: LetGo(known!, entry.Outside!.Value); break;
                case GuestEffect.Deleted: KeepDeleted(known!); break;
                case GuestEffect.Purged: Forgotten.Add(entry.Id); break;
            }
        }

        private void Keep(DeltaEntry entry, ChangeKind kind, DateTimeOffset since)
        {
            Remembered.Add(new Guest(entry.Id, GuestState.Live, entry.Digest, entry.Name, entry.Mail, since));
            Changes.Add(new GuestChange(entry.Id, kind, entry.Name, entry.Mail, now)
            {
                InvitedAt = kind == ChangeKind.Added ? entry.Details?.CreatedAt : null,
            });
        }

        private void KeepDeleted(Guest known)
        {
            Remembered.Add(known with { State = GuestState.SoftDeleted, Since = now });
            AddRemoval(known);
        }

        private void Forget(Guest known)
        {
            Forgotten.Add(known.Id);
            AddRemoval(known);
        }

        private void LetGo(Guest known, IgnoredBecause reason)
        {
            Forgotten.Add(known.Id);
            Changes.Add(new GuestChange(known.Id, ChangeKind.Updated, known.Name, known.Mail, now) { LeftBecause = reason });
        }

        /// <summary>A removal carries only the id, so whom it concerns comes from memory.</summary>
        private void AddRemoval(Guest known) => Changes.Add(new GuestChange(known.Id, ChangeKind.Removed, known.Name, known.Mail, now));
    }
}
