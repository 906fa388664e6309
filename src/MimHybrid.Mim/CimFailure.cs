namespace MimHybrid.Mim;

/// <summary>Why the provider could not be asked, in our words.</summary>
public enum CimFailure
{
    /// <summary>Anything without a word of its own.</summary>
    Other,

    /// <summary>The account may not use the namespace.</summary>
    AccessDenied,

    /// <summary>The namespace is not there: MIM's synchronization service is not installed here.</summary>
    InvalidNamespace,

    /// <summary>The class is not there.</summary>
    InvalidClass,

    /// <summary>The query is not WQL.</summary>
    InvalidQuery,

    /// <summary>No instance has that key.</summary>
    NotFound,

    /// <summary>The server or its service does not answer.</summary>
    Unreachable,

    /// <summary>The operating system has no native CIM library (any system but Windows).</summary>
    NoNativeLibrary,
}
