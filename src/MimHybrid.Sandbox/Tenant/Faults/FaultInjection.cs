using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>Plays the fault script on the requests as they come.</summary>
internal sealed class FaultInjection(FaultScript script, TenantAddress address, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        switch (script.Outage ? new Fault.Reset() : script.Take(RequestRecorder.Of(context)))
        {
            case Fault.Answer answer:
                await SendAsync(context, answer);
                break;
            case Fault.CutBody:
                await SendHalfAsync(context, next);
                context.Abort();
                break;
            case Fault.StallBody:
                await SendHalfAsync(context, next);
                await Task.Delay(Timeout.InfiniteTimeSpan, time, context.RequestAborted);
                break;
            case Fault.Reset:
                context.Abort();
                break;
            case Fault.NothingYet when context.Request.Query.ContainsKey("$deltatoken"):
                await SendAsync(context, NothingYet(context, address));
                break;
            case Fault.Delay delay:
                await Task.Delay(delay.By, time, context.RequestAborted);
                await next(context);
                break;
            default:
                await next(context);
                break;
        }
    }

    private static Fault.Answer NothingYet(HttpContext context, TenantAddress address)
    {
        var page = new JsonObject
        {
            ["@odata.deltaLink"] = address.RootFor(context.Request).AbsoluteUri.TrimEnd('/') + RequestRecorder.Of(context).PathAndQuery,
            ["value"] = new JsonArray(),
        };
        return (Fault.Answer)Fault.Page(page.ToJsonString());
    }

    private static async Task SendAsync(HttpContext context, Fault.Answer answer)
    {
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
            context.Response.Headers[name] = value;

        if (answer.ContentType is not "")
            context.Response.ContentType = answer.ContentType;

        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer.Body), context.RequestAborted);
    }

    private static async Task SendHalfAsync(HttpContext context, RequestDelegate next)
    {
        var connection = context.Response.Body;
        using var whole = new MemoryStream();
        context.Response.Body = whole;
        await next(context);
        context.Response.Body = connection;

        context.Response.ContentLength = whole.Length;
        await connection.WriteAsync(whole.GetBuffer().AsMemory(0, (int)whole.Length / 2), context.RequestAborted);
        await connection.FlushAsync(context.RequestAborted);
    }
}
