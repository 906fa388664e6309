using MimHybrid.Store.Rows;
using MimHybrid.Store.Sql;

namespace MimHybrid.Store;

/// <summary>What only people ask for: what is open, and the story of one guest.</summary>
public sealed partial class AgentReader
{
    /// <summary>What steps found and no later run of the same run profile has answered, oldest first.</summary>
    public IReadOnlyList<StepFinding> ReadOpenFindings() => file.Read(FindingSql.ReadOpen);

    /// <summary>The guests who are called exactly so, in the directory as in the tenant: a display name is not a key.</summary>
    public IReadOnlyList<Guest> ReadGuestsNamed(string name) => file.Read(connection => GuestSearchSql.Named(connection, name));
}
