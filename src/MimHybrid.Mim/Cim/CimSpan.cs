using System.Diagnostics;

namespace MimHybrid.Mim.Cim;

/// <summary>
/// A call that does something in MIM (Execute, Stop, ClearRuns), as a span below the step that makes it. Questions get none: a wait
/// for a foreign run asks every few seconds for hours, and nobody would find the one call that matters.
/// </summary>
public static class CimSpan
{
    public const string Name = "MimHybrid.Mim";
    public const string Class = "mimhybrid.cim.class";
    public const string Method = "mimhybrid.cim.method";
    public const string Answer = "mimhybrid.cim.answer";
    private const string ErrorType = "error.type";

    private static readonly ActivitySource Source = new(Name, typeof(CimSpan).Assembly.GetName().Version?.ToString(3));

    internal static async Task<string> AroundAsync(CimTarget target, string method, Func<Task<string>> call)
    {
        using var span = Source.StartActivity($"{target.ClassName}.{method}", ActivityKind.Client);
        span?.SetTag(Class, target.ClassName).SetTag(Method, method);
        try
        {
            var answer = await call();
            span?.SetTag(Answer, answer);
            return answer;
        }
        catch (CimConnectionException e)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.Message).SetTag(ErrorType, e.Failure.ToString().ToLowerInvariant());
            throw;
        }
    }
}
