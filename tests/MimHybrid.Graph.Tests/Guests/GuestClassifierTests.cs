using MimHybrid.Graph.Delta;
using MimHybrid.Graph.Guests;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Tests.Guests;

/// <summary>Each cell of the table in MimHybrid.Graph/README.md#what-an-entry-means.</summary>
public sealed class GuestClassifierTests
{
    private static Guest? Known(GuestState? state) =>
        state is { } known ? new Guest("u", known, "same", "Lena", "lena@fabrikam.example", default) : null;

    [Theory]
    [InlineData(EntryKind.Guest, GuestState.Live, GuestEffect.None)]
    [InlineData(EntryKind.Guest, GuestState.SoftDeleted, GuestEffect.Restored)]
    [InlineData(EntryKind.Guest, null, GuestEffect.Added)]
    [InlineData(EntryKind.NotGuest, GuestState.Live, GuestEffect.Left)]
    [InlineData(EntryKind.NotGuest, GuestState.SoftDeleted, GuestEffect.Left)]
    [InlineData(EntryKind.NotGuest, null, GuestEffect.None)]
    [InlineData(EntryKind.Outside, GuestState.Live, GuestEffect.CeasedToCount)]
    [InlineData(EntryKind.Outside, GuestState.SoftDeleted, GuestEffect.Purged)]
    [InlineData(EntryKind.Outside, null, GuestEffect.None)]
    [InlineData(EntryKind.TypeAbsent, GuestState.Live, GuestEffect.None)]
    [InlineData(EntryKind.TypeAbsent, GuestState.SoftDeleted, GuestEffect.Ask)]
    [InlineData(EntryKind.TypeAbsent, null, GuestEffect.None)]
    [InlineData(EntryKind.Removed, GuestState.Live, GuestEffect.Deleted)]
    [InlineData(EntryKind.Removed, GuestState.SoftDeleted, GuestEffect.None)]
    [InlineData(EntryKind.Removed, null, GuestEffect.None)]
    [InlineData(EntryKind.Purged, GuestState.Live, GuestEffect.DeletedForGood)]
    [InlineData(EntryKind.Purged, GuestState.SoftDeleted, GuestEffect.Purged)]
    [InlineData(EntryKind.Purged, null, GuestEffect.None)]
    public void An_entry_with_the_digest_we_know(EntryKind kind, GuestState? known, GuestEffect effect) =>
        Assert.Equal(effect, GuestClassifier.Classify(new DeltaEntry("u", kind, new GuestDetails("same")), Known(known)));

    [Theory]
    [InlineData(EntryKind.Guest, GuestState.Live, GuestEffect.Updated)]
    [InlineData(EntryKind.Guest, GuestState.SoftDeleted, GuestEffect.Restored)]
    [InlineData(EntryKind.TypeAbsent, GuestState.Live, GuestEffect.Updated)]
    [InlineData(EntryKind.TypeAbsent, GuestState.SoftDeleted, GuestEffect.Ask)]
    public void An_entry_with_another_digest(EntryKind kind, GuestState? known, GuestEffect effect) =>
        Assert.Equal(effect, GuestClassifier.Classify(new DeltaEntry("u", kind, new GuestDetails("other")), Known(known)));

    [Fact]
    public void A_stranger_without_a_type_is_asked_about_only_when_repeated() =>
        Assert.Equal(GuestEffect.Ask, GuestClassifier.Classify(new DeltaEntry("u", EntryKind.TypeAbsent), known: null, repeated: true));
}
