namespace MimHybrid.Store.Rows;

/// <summary>How far a store of an older version has been brought to this program's: a step begins.</summary>
/// <param name="From">The version that was found; 0 where the store is made.</param>
/// <param name="To">This program's.</param>
/// <param name="Step">From 1 on.</param>
/// <param name="Steps">How many there are; the last is the commit.</param>
public sealed record StoreMigration(long From, long To, int Step, int Steps);
