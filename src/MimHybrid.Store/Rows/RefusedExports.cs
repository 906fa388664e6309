namespace MimHybrid.Store.Rows;

/// <summary>What the connected directory refused in one export.</summary>
/// <param name="Count">How many objects, named or not.</param>
/// <param name="Objects">Those that MIM named, as many as are kept.</param>
/// <param name="IsWhole">
/// The export came to its end: what it does not report is refused no longer. One that was cut off says nothing of what it did not reach.
/// </param>
public sealed record ExportRefusals(long Count, IReadOnlyList<StepError> Objects, bool IsWhole)
{
    /// <summary>Nothing waits for export, so nothing is refused.</summary>
    public static ExportRefusals None { get; } = new(0, [], IsWhole: true);
}

/// <summary>What the connected directory of a management agent refuses until a later export says otherwise.</summary>
/// <param name="ManagementAgent">The management agent that exports there.</param>
/// <param name="Count">How many objects; 0 once it is over.</param>
/// <param name="Accounts">Those that are known by name, the longest refused first.</param>
public sealed record RefusedExports(string ManagementAgent, long Count, IReadOnlyList<RefusedAccount> Accounts);

/// <summary>An account that the directory refuses to make, to change or to delete.</summary>
/// <param name="ObjectName">Its distinguished name, or what MIM has in its place; empty if MIM could not tell.</param>
/// <param name="Type">MIM's error type, e.g. <c>permission-issue</c>.</param>
/// <param name="Detail">The directory's own text; empty if it gave none.</param>
/// <param name="Since">When MIM met the error first, UTC.</param>
public sealed record RefusedAccount(string ObjectName, string Type, string Detail, DateTimeOffset Since)
{
    /// <summary>For people: whose account it is.</summary>
    public string Name => NameOf(ObjectName);

    public static string NameOf(string objectName) => CommonName.Of(objectName) is { Length: > 0 } name ? name : "an object without a name";
}
