namespace MimHybrid.Mim.Results;

/// <summary>What to do about an object that the connected directory refused (README.md#errors-in-the-details).</summary>
public static class ExportErrors
{
    private const string Otherwise =
        "Mend what the directory's text names, in the directory or in the data of the "
        + "guest; Synchronization Service Manager, Operations, shows each error of the run.";

    /// <param name="type">MIM's error type.</param>
    public static string Advise(string type) => type switch
    {
        "permission-issue" =>
            "permission-issue: give the account with which the management agent signs in to the directory the right to write there.",
        "cd-existing-object" =>
            "cd-existing-object: the directory has an object of that name already; rename or remove it there, or let MIM join it.",
        "cd-missing-object" =>
            "cd-missing-object: the object is gone from the directory; an import of the management agent tells MIM so.",
        "password-policy-violation" =>
            "password-policy-violation: the password that MIM gives new accounts does not meet the directory's policy.",
        _ => Otherwise,
    };
}
