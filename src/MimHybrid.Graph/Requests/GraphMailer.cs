using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using MimHybrid.Graph.Failures;

namespace MimHybrid.Graph.Requests;

/// <summary>
/// Sends mails from a mailbox of the tenant, with the application's own sign-in, over the same pipeline as all that is asked of Graph
/// (README.md#sending-mail). One go at each; whoever calls tries again.
/// </summary>
/// <remarks>One request at a time; not safe for two threads at once.</remarks>
public sealed class GraphMailer : IDisposable
{
    /// <summary>The application permission for it. It is good for every mailbox of the tenant.</summary>
    public const string Permission = "Mail.Send";

    private readonly GraphSettings settings;
    private readonly TimeProvider time;
    private readonly GraphEndpoints endpoints;
    private readonly GraphSender sender;

    /// <inheritdoc cref="GraphConnection(GraphSettings, TimeProvider, Func{HttpMessageHandler}?)"/>
    public GraphMailer(GraphSettings settings, TimeProvider time, Func<HttpMessageHandler>? createHandler = null)
    {
        (this.settings, this.time) = (settings, time);
        endpoints = GraphEndpoints.From(settings);
        sender = new GraphSender(settings, endpoints, time, createHandler);
    }

    public void Dispose() => sender.Dispose();

    /// <summary>Sends a mail in MIME: in this form, and in no other, it may belong to an earlier one.</summary>
    /// <returns>Why it was not taken, for people, and how long Graph wants to be left alone; nulls when it was.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<(string? Error, TimeSpan? RetryAfter)> SendAsync(
        string mailbox, ReadOnlyMemory<byte> mime, CancellationToken cancellationToken)
    {
        var failure = await AskAsync(
            async deadline =>
            {
                if (sender.PrepareSignIn() is { } noCredential) return noCredential;
                using var body = new MemoryStream(Encoding.ASCII.GetBytes(Convert.ToBase64String(mime.Span)));
                var url = $"{endpoints.Root}/users/{Uri.EscapeDataString(mailbox)}/sendMail";
                using var response = await sender.PostTextAsync(url, body, deadline.Token);
                deadline.Heard();
                var again = sender.NoteStatus((int)response.StatusCode);
                return response.IsSuccessStatusCode ? null : await ReadErrorAsync(response, mailbox, again, deadline);
            },
            cancellationToken);
        return (failure?.ToString(), failure?.RetryAfter);
    }

    /// <summary>
    /// Signs in, and says whether the permission is in the token. Exchange may let the application send without: what it grants for single
    /// mailboxes is in no token.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<(bool HasPermission, string? Error)> LookAsync(CancellationToken cancellationToken)
    {
        var has = false;
        var failure = await AskAsync(
            async deadline =>
            {
                var (token, noCredential) = await sender.SignInAsync(deadline.Token);
                if (noCredential is null) has = RolesIn(token.Token).Contains(Permission, StringComparer.OrdinalIgnoreCase);
                return noCredential;
            },
            cancellationToken);
        return (has, failure?.Sentence);
    }

    private async Task<PollFailure?> AskAsync(Func<RequestDeadline, Task<PollFailure?>> ask, CancellationToken cancellationToken)
    {
        using var deadline = new RequestDeadline(settings, time, cancellationToken);
        try
        {
            return await ask(deadline);
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return sender.Explain(e, endpoints.GraphName, deadline);
        }
    }

    private async Task<PollFailure> ReadErrorAsync(HttpResponseMessage response, string mailbox, bool again, RequestDeadline deadline)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(deadline.Token);
        var (codes, _) = await ErrorBody.ReadAsync(stream, deadline, []);
        return Explain((int)response.StatusCode, codes, mailbox, again) with
        {
            RetryAfter = RetryAfter.Read(response.Headers, time),
            RequestId = RequestId.Read(response.Headers),
        };
    }

    private static PollFailure Explain(int status, IReadOnlyList<string> codes, string mailbox, bool again)
    {
        var answer = codes is [var code, ..] ? $"{status} {code}" : $"{status}";
        return status switch
        {
            403 when codes.Count > 0 => PollFailure.ForPerson(PollFailureClass.Permission,
                $"The application may not send mail as {mailbox} ({answer}).",
                "Let it, for this mailbox alone: README.md, Mail over Microsoft Graph."),
            404 when codes.Count > 0 => PollFailure.ForPerson(PollFailureClass.Configuration,
                $"The tenant has no mailbox {mailbox} ({answer}).", "Set the address of one that is there as From."),
            400 or 413 => PollFailure.ForPerson(PollFailureClass.Configuration, $"Graph refuses the mail ({answer}).",
                "Check the addresses in From and To."),
            _ => ServiceFailures.From(status, codes, [], carriedToken: false, again),
        };
    }

    /// <summary>The application permissions in a token; none of one that cannot be read, which is Graph's affair and not ours.</summary>
    private static IReadOnlyList<string> RolesIn(string token)
    {
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));
            return claims.RootElement.TryGetProperty("roles", out var roles)
                ? [.. roles.EnumerateArray().Select(role => role.GetString() ?? "")]
                : [];
        }
        catch (Exception e) when (e is JsonException or FormatException or IndexOutOfRangeException or InvalidOperationException)
        {
            return [];
        }
    }
}
