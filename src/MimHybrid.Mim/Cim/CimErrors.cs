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
        CimException cim => new(FailureOf(cim.NativeErrorCode), Said($"{cim.NativeErrorCode}", cim.MessageId, cim.Message), cim),
        _ when IsMissingLibrary(exception) => new(CimFailure.NoNativeLibrary, NotHere, exception),
        _ => null,
    };

    /// <summary>What CIM said of it: its code, its id of the message (an HRESULT as a rule), and its text where it sent one.</summary>
    internal static string Said(string code, string? messageId, string? text)
    {
        var id = string.IsNullOrWhiteSpace(messageId) ? "" : $" ({messageId.Trim()})";
        var said = Sentence.Of(text);
        return said.Length > 0 ? $"CIM answered {code}{id}: {said}" : $"CIM answered {code}{id}.";
    }

    /// <summary>The package does not count it as a failure when a method sends no result at all; it is no answer all the same.</summary>
    internal static string ResultOf(CimTarget target, string method, string? result) =>
        result ?? throw new CimConnectionException(CimFailure.Other, $"{method} of '{target.KeyValue}' sent no result.");

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
