namespace MimHybrid.Graph.Failures;

internal static class ExceptionChain
{
    /// <summary>The exception and all inside it: Azure.Identity wraps MSAL, which wraps the network.</summary>
    public static IEnumerable<Exception> Of(Exception exception)
    {
        var inner = exception is AggregateException several ? several.InnerExceptions : exception.InnerException is { } one ? [one] : (IEnumerable<Exception>)[];
        return inner.SelectMany(Of).Prepend(exception);
    }

    public static T? Find<T>(Exception exception) where T : Exception => Of(exception).OfType<T>().FirstOrDefault();
}
