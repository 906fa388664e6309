using MimHybrid.Store.Rows;
using static MimHybrid.Cycles.Settings.StepCondition;
using static MimHybrid.Store.Rows.StepKind;

namespace MimHybrid.Cycles.Settings;

/// <summary>
/// The two sequences that ship, with the names that MIM's guide for guests gives (MimHybrid.Mim/README.md#the-order-of-run-profiles).
/// </summary>
public static class ShippedSequences
{
    public const string ChangeDriven = nameof(ChangeDriven);
    public const string Full = nameof(Full);

    private const string FullImport = "Full Import (Stage Only)";
    private const string DeltaImport = "Delta Import (Stage Only)";
    private const string FullSynchronization = "Full Synchronization";
    private const string DeltaSynchronization = "Delta Synchronization";
    private const string Export = "Export";

    private static readonly Sequence[] Shipped =
    [
        new(ChangeDriven,
        [
            new("AADMA", DeltaImport, Import) { FullImport = FullImport },
            new("AADMA", DeltaSynchronization, Synchronization, StagedOrPendingImports),
            new("ADMA", Export, StepKind.Export, PendingExports),
            new("ADMA", DeltaImport, Import, SomethingExported) { FullImport = FullImport },
            new("ADMA", DeltaSynchronization, Synchronization, StagedOrPendingImports),
        ]),

        // The five of the old loop, then the confirmation that it lacked.
        new(Full,
        [
            new("AADMA", FullImport, Import),
            new("AADMA", FullSynchronization, Synchronization),
            new("ADMA", FullImport, Import),
            new("ADMA", FullSynchronization, Synchronization),
            new("ADMA", Export, StepKind.Export, PendingExports),
            new("ADMA", DeltaImport, Import, SomethingExported) { FullImport = FullImport },
            new("ADMA", DeltaSynchronization, Synchronization, SomethingExported),
        ]),
    ];

    public static IEnumerable<string> Names => Shipped.Select(sequence => sequence.Name);

    public static Sequence? Find(string name) =>
        Array.Find(Shipped, sequence => sequence.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
