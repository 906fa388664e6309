using MimHybrid.Store.Rows;
using static MimHybrid.Cycles.Settings.StepCondition;
using static MimHybrid.Store.Rows.StepKind;

namespace MimHybrid.Cycles.Settings;

/// <summary>
/// The four sequences that ship, with the names that MIM's guide for guests gives (MimHybrid.Mim/README.md#the-order-of-run-profiles).
/// </summary>
public static class ShippedSequences
{
    public const string ChangeDriven = nameof(ChangeDriven);
    public const string Fallback = nameof(Fallback);
    public const string Nightly = nameof(Nightly);
    public const string Full = nameof(Full);

    /// <summary>Each does all that those before it do, and more.</summary>
    private static readonly string[] ByReach = [Fallback, Nightly, Full];

    private static readonly IReadOnlyList<Sequence> Shipped = For(new AgentProfiles("AADMA"), new AgentProfiles("ADMA"));

    /// <summary>The shipped sequences for a server on which the management agents and their run profiles have these names.</summary>
    /// <param name="guests">The management agent that brings guests.</param>
    /// <param name="accounts">The one that keeps their accounts.</param>
    public static IReadOnlyList<Sequence> For(AgentProfiles guests, AgentProfiles accounts) =>
    [
        new(ChangeDriven,
        [
            new(guests.ManagementAgent, guests.DeltaImport, Import) { FullImport = guests.FullImport },
            new(guests.ManagementAgent, guests.DeltaSynchronization, Synchronization, StagedOrPendingImports),
            new(accounts.ManagementAgent, accounts.Export, StepKind.Export, PendingExports),
            new(accounts.ManagementAgent, accounts.DeltaImport, Import, SomethingExported) { FullImport = accounts.FullImport },
            new(accounts.ManagementAgent, accounts.DeltaSynchronization, Synchronization, StagedOrPendingImports),
        ]),

        // Asks both sides before it works, so that a quiet hour costs two delta imports. It carries what ChangeDriven carries, and what
        // somebody changed by hand in either directory and AADMA's and ADMA's watermarks show; what they do not, the night finds.
        // One step down is not taken: our own delta of the tenant knows of guests, not of the members and groups that other rules of MIM
        // may read, and nothing but ADMA's import can say whether somebody has changed an account. So these two run in any case.
        new(Fallback,
        [
            new(guests.ManagementAgent, guests.DeltaImport, Import) { FullImport = guests.FullImport },
            new(guests.ManagementAgent, guests.DeltaSynchronization, Synchronization, StagedOrPendingImports),
            new(accounts.ManagementAgent, accounts.DeltaImport, Import) { FullImport = accounts.FullImport },
            new(accounts.ManagementAgent, accounts.DeltaSynchronization, Synchronization, StagedOrPendingImports),
            new(accounts.ManagementAgent, accounts.Export, StepKind.Export, PendingExports),
            new(accounts.ManagementAgent, accounts.DeltaImport, Import, SomethingExported) { FullImport = accounts.FullImport },
            new(accounts.ManagementAgent, accounts.DeltaSynchronization, Synchronization, SomethingExported),
        ]),

        // Reads everything, and works on what that shows: a full synchronization works on each object for nothing unless the rules of MIM
        // have changed, and takes the longest of all.
        new(Nightly,
        [
            new(guests.ManagementAgent, guests.FullImport, Import),
            new(guests.ManagementAgent, guests.DeltaSynchronization, Synchronization, StagedOrPendingImports),
            new(accounts.ManagementAgent, accounts.FullImport, Import),
            new(accounts.ManagementAgent, accounts.DeltaSynchronization, Synchronization, StagedOrPendingImports),
            new(accounts.ManagementAgent, accounts.Export, StepKind.Export, PendingExports),
            new(accounts.ManagementAgent, accounts.DeltaImport, Import, SomethingExported) { FullImport = accounts.FullImport },
            new(accounts.ManagementAgent, accounts.DeltaSynchronization, Synchronization, SomethingExported),
        ]),

        // The five of the old loop, then the confirmation that it lacked.
        new(Full,
        [
            new(guests.ManagementAgent, guests.FullImport, Import),
            new(guests.ManagementAgent, guests.FullSynchronization, Synchronization),
            new(accounts.ManagementAgent, accounts.FullImport, Import),
            new(accounts.ManagementAgent, accounts.FullSynchronization, Synchronization),
            new(accounts.ManagementAgent, accounts.Export, StepKind.Export, PendingExports),
            new(accounts.ManagementAgent, accounts.DeltaImport, Import, SomethingExported) { FullImport = accounts.FullImport },
            new(accounts.ManagementAgent, accounts.DeltaSynchronization, Synchronization, SomethingExported),
        ]),
    ];

    public static IEnumerable<string> Names => Shipped.Select(sequence => sequence.Name);

    /// <summary>Whether the one does all that the other does, and more: its good end is one of the other's too.</summary>
    public static bool Covers(string one, string other) => Reach(other) >= 0 && Reach(one) > Reach(other)
        && Observed.Is(one) == Observed.Is(other);

    /// <summary>How much a sequence of a timer does, beside the others; -1 for any other sequence.</summary>
    public static int Reach(string name) =>
        Array.FindIndex(ByReach, one => one.Equals(Observed.Bare(name), StringComparison.OrdinalIgnoreCase));

    public static Sequence? Find(string name) =>
        Shipped.FirstOrDefault(sequence => sequence.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
