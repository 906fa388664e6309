namespace MimHybrid.Mim.Results;

/// <summary>What to do about an object that the connected directory refused (README.md#errors-in-the-details).</summary>
public static class ExportErrors
{
    /// <param name="type">MIM's error type.</param>
    public static string Advise(string type) => Remedy(type) is { } remedy
        ? $"{type}: {char.ToLowerInvariant(remedy[0])}{remedy[1..]}"
        : Otherwise("the management agent");

    /// <summary>As <see cref="Advise"/>, below a line that names the type already.</summary>
    /// <param name="type">MIM's error type.</param>
    /// <param name="managementAgent">Which management agent exports there.</param>
    public static string Do(string type, string managementAgent) =>
        Remedy(type)?.Replace("the management agent", managementAgent, StringComparison.Ordinal) ?? Otherwise(managementAgent);

    private static string? Remedy(string type) => type switch
    {
        "permission-issue" =>
            "Give the account with which the management agent signs in to the directory the right to write there.",
        "cd-existing-object" =>
            "The directory has an object of that name already; rename or remove it there, or let MIM join it.",
        "cd-missing-object" =>
            "The object is gone from the directory; an import of the management agent tells MIM so.",
        "password-policy-violation" =>
            "The password that MIM gives new accounts does not meet the directory's policy.",
        _ => null,
    };

    private static string Otherwise(string managementAgent) =>
        "Correct what the directory's text names, in the directory or in the data of the guest; Synchronization Service Manager, "
            + $"Operations, shows each error of the run of {managementAgent}.";
}
