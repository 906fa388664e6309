using System.Collections;
using System.Management.Automation;
using System.Net;
using System.Text.Json.Nodes;
using JsonObject = Microsoft.PowerShell.Commands.JsonObject;

namespace MimHybrid.Scripts.Tests.StandIns;

/// <summary>How a refused request looks in both PowerShells: an exception with a response that has a status, and the body in ErrorDetails.</summary>
public sealed class WebFailureException(HttpStatusCode status, string body) : Exception($"Response status code does not indicate success: {(int)status}.")
{
    public FailedResponse Response { get; } = new(status);

    public string Body { get; } = body;
}

public sealed record FailedResponse(HttpStatusCode StatusCode);

[Cmdlet(VerbsLifecycle.Invoke, "RestMethod")]
public sealed class InvokeRestMethodCommand : StandIn
{
    [Parameter(Mandatory = true)]
    public Uri Uri { get; set; } = null!;

    [Parameter]
    public string Method { get; set; } = "Get";

    [Parameter]
    public IDictionary Headers { get; set; } = new Hashtable();

    [Parameter]
    public object? Body { get; set; }

    [Parameter]
    public string ContentType { get; set; } = "";

    [Parameter]
    public Uri? Proxy { get; set; }

    [Parameter]
    public SwitchParameter ProxyUseDefaultCredentials { get; set; }

    [Parameter]
    public SwitchParameter UseBasicParsing { get; set; }

    protected override void ProcessRecord()
    {
        var body = Body is PSObject wrapped ? wrapped.BaseObject : Body;
        var form = body is IDictionary fields ? fields.Cast<DictionaryEntry>().ToDictionary(field => (string)field.Key, field => field.Value?.ToString() ?? "") : [];
        try
        {
            var json = body is string text ? JsonNode.Parse(text) : null;
            if (json is not null && !ContentType.EndsWith("charset=utf-8", StringComparison.Ordinal)) throw new NotSupportedException("Windows PowerShell would send Latin-1.");
            object? answer = null;
            void Ask() => answer = Read(World.Entra.Answer(Method, Uri, form, json, Headers["Authorization"]?.ToString()));
            if (json is null) Ask();
            else World.Change($"{Method} {Uri.AbsolutePath.Split('/')[^1]}", Ask);
            WriteObject(answer);
        }
        catch (HttpRequestException e)
        {
            ThrowTerminatingError(new ErrorRecord(e, "NoNetwork", ErrorCategory.ConnectionError, Uri));
        }
        catch (WebFailureException e)
        {
            ThrowTerminatingError(new ErrorRecord(e, "WebCmdletWebResponseException", ErrorCategory.InvalidOperation, Uri) { ErrorDetails = new ErrorDetails(e.Body) });
        }
    }

    /// <summary>As PowerShell 7 reads an answer, dates included.</summary>
    private static object? Read(JsonNode? answer)
    {
        if (answer is null) return null;
        var read = JsonObject.ConvertFromJson(answer.ToJsonString(), out var error);
        return error is null ? read : throw error.Exception;
    }
}
