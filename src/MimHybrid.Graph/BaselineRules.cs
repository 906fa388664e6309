namespace MimHybrid.Graph;

/// <summary>What is allowed in the part of the section <c>Graph</c> that is about reading the tenant as a whole.</summary>
internal static class BaselineRules
{
    private static readonly TimeSpan LongestSettleTime = TimeSpan.FromHours(6);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(365);

    public static IEnumerable<string> Check(GraphSettings settings)
    {
        if (!Enum.IsDefined(settings.Baseline))
            yield return GraphSettingsRules.Wrong(
                nameof(settings.Baseline), settings.Baseline.ToString("D"), GraphSettingsRules.OneOf<BaselineChoice>());
        if (settings.ListBaselineFrom < 0)
            yield return Number(nameof(settings.ListBaselineFrom), settings.ListBaselineFrom, "zero or more");
        if (settings.BrakeCount < 0) yield return Number(nameof(settings.BrakeCount), settings.BrakeCount, "zero or more");
        if (settings.BrakePercent is < 0 or > 100) yield return Number(nameof(settings.BrakePercent), settings.BrakePercent, "0 to 100");
        if (settings.AlertAfter <= TimeSpan.Zero) yield return Duration(nameof(settings.AlertAfter), settings.AlertAfter, "more than zero");
        if (settings.IdleTimeout <= TimeSpan.Zero || settings.IdleTimeout > TimeSpan.FromHours(1))
            yield return Duration(nameof(settings.IdleTimeout), settings.IdleTimeout, "more than zero and at most 01:00:00");
        if (settings.ListSettleTime < TimeSpan.Zero || settings.ListSettleTime > LongestSettleTime)
            yield return Duration(nameof(settings.ListSettleTime), settings.ListSettleTime, "zero to 06:00:00");
        if (settings.ReconcileEvery < TimeSpan.Zero || settings.ReconcileEvery > LongestInterval)
            yield return Duration(nameof(settings.ReconcileEvery), settings.ReconcileEvery, "zero (never) to 365.00:00:00");
        if (settings.CountEvery < TimeSpan.Zero || settings.CountEvery > LongestInterval)
            yield return Duration(nameof(settings.CountEvery), settings.CountEvery, "zero (never) to 365.00:00:00");
    }

    private static string Number(string setting, int value, string allowed) =>
        GraphSettingsRules.Wrong(setting, GraphSettingsRules.Text(value), allowed);

    private static string Duration(string setting, TimeSpan value, string allowed) =>
        GraphSettingsRules.Wrong(setting, $"{value:c}", allowed);
}
