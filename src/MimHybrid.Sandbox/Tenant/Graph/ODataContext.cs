namespace MimHybrid.Sandbox.Tenant;

/// <summary>The <c>@odata.context</c> of answers.</summary>
internal static class ODataContext
{
    public static string Users(TenantAddress address, IReadOnlyList<string> select) =>
        $"{address.GraphBaseUrl}/$metadata#users{(select is [] ? "" : $"({string.Join(',', select)})")}";

    public static string User(TenantAddress address, IReadOnlyList<string> select) => $"{Users(address, select)}/$entity";
}
