using Microsoft.Management.Infrastructure;

namespace MimHybrid.Mim.Cim;

/// <summary>What Microsoft.Management.Infrastructure throws, in our words.</summary>
internal static class CimErrors
{
    private const string NotHere =
        "This operating system has no native CIM library: MIM can only be asked from Windows, best on its own server.";

    /// <summary>Null: not an error of the package.</summary>
    public static CimConnectionException? Translate(Exception exception) => exception switch
    {
        CimException cim => new(FailureOf(cim.NativeErrorCode), $"CIM answered {cim.NativeErrorCode}: {cim.Message}", cim),
        _ when IsMissingLibrary(exception) => new(CimFailure.NoNativeLibrary, NotHere, exception),
        _ => null,
    };

    // The code is kept over every transport; HResult is always 0x80131500 and the text is lost over WS-Man (README.md#the-cim-client).
    private static CimFailure FailureOf(NativeErrorCode code) => code switch
    {
        NativeErrorCode.AccessDenied => CimFailure.AccessDenied,
        NativeErrorCode.InvalidNamespace => CimFailure.InvalidNamespace,
        NativeErrorCode.InvalidClass => CimFailure.InvalidClass,
        NativeErrorCode.InvalidQuery or NativeErrorCode.QueryLanguageNotSupported => CimFailure.InvalidQuery,
        NativeErrorCode.NotFound => CimFailure.NotFound,
        NativeErrorCode.ServerIsShuttingDown => CimFailure.Unreachable,
        _ => CimFailure.Other,
    };

    // Without libmi the package fails to load its library; with one, its port to Unix throws NotImplementedException.
    private static bool IsMissingLibrary(Exception? exception) => exception switch
    {
        DllNotFoundException or PlatformNotSupportedException or NotImplementedException => true,
        TypeInitializationException outer => IsMissingLibrary(outer.InnerException),
        _ => false,
    };
}
