namespace MimHybrid.Graph.Failures;

internal static class ExceptionChain
{
    /// <summary>The exception and all inside it: Azure.Identity wraps MSAL, which wraps the network.</summary>
    public static IEnumerable<Exception> Of(Exception exception)
    {
        IEnumerable<Exception> inner = exception switch
        {
            AggregateException several => several.InnerExceptions,
            { InnerException: { } one } => [one],
            _ => [],
        };
        return inner.SelectMany(Of).Prepend(exception);
    }

    public static T? Find<T>(Exception exception) where T : Exception => Of(exception).OfType<T>().FirstOrDefault();
}
