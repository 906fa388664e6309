namespace MimHybrid.Page.Views;

/// <summary>What a report is to be.</summary>
/// <param name="Days">How many days it tells of.</param>
/// <param name="WithPersons">Whether it may name guests and administrators.</param>
public sealed record ReportWish(int Days, bool WithPersons);
