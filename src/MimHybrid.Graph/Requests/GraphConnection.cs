using System.Buffers.Text;
using MimHybrid.Graph.Delta;
using MimHybrid.Graph.Failures;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Requests;

/// <summary>
/// One tenant's Graph: asks for a page or a user, once per call, and reads the answer strictly, because the SDK's models hide null,
/// absence and protocol violations (README.md#the-parser-of-the-sdk). No retries: the loop that polls does all waiting
/// (README.md#waiting-and-retries). Expected failures are values; only the caller's own cancellation is thrown.
/// </summary>
/// <remarks>One request at a time; not safe for two threads at once.</remarks>
public sealed class GraphConnection : IDisposable
{
    /// <summary>
    /// The codes by which Graph says that there is no such user. Any other 404, such as a proxy's, says nothing about the user.
    /// </summary>
    private static readonly HashSet<string> NoSuchUser =
        new(["Request_ResourceNotFound", "Directory_ObjectNotFound", "ResourceNotFound"], StringComparer.OrdinalIgnoreCase);

    private readonly GraphSettings settings;
    private readonly TimeProvider time;
    private readonly GraphEndpoints endpoints;
    private readonly GraphSender sender;
    private readonly DeltaPageReader reader;

    /// <param name="settings">Valid settings.</param>
    /// <param name="time">Measures the time limit of a request, and dates in answers.</param>
    /// <param name="createHandler">Makes the handlers under Graph and the sign-in, for a certificate that the system does not
    /// trust.</param>
    public GraphConnection(GraphSettings settings, TimeProvider time, Func<HttpMessageHandler>? createHandler = null)
    {
        this.settings = settings;
        this.time = time;
        endpoints = GraphEndpoints.From(settings);
        Links = new DeltaLinks(endpoints.Root, settings.SelectedProperties, settings.Guests.ExternalMembers);
        reader = new DeltaPageReader(settings.SelectedProperties, settings.Guests.Filter);
        sender = new GraphSender(settings, endpoints, time, createHandler);
    }

    private delegate (T Value, string? Defect) Reading<T>(ReadOnlySpan<byte> json);

    public DeltaLinks Links { get; }

    /// <summary>What the agent signs in with. Of a certificate the end is known from the first request on.</summary>
    public CredentialNote Credential => sender.Credential;

    /// <summary>How far Graph's clock was ahead of this server's at the last answer, whatever that said; null before one.</summary>
    public TimeSpan? ClockSkew { get; private set; }

    /// <summary>Until when Graph wants to be left alone, whichever request it said that to; in the past when it does not.</summary>
    public DateTimeOffset QuietUntil { get; private set; } = DateTimeOffset.MinValue;

    internal GraphSettings Settings => settings;

    /// <summary>What a cursor obtained over this connection depends on.</summary>
    public string Fingerprint => settings.Fingerprint;

    public void Dispose()
    {
        sender.Dispose();
        reader.Dispose();
    }

    /// <summary>Signs in and asks nothing: returns the end of the access token.</summary>
    public async Task<GraphReply<DateTimeOffset>> SignInAsync(CancellationToken cancellationToken)
    {
        using var deadline = new RequestDeadline(settings, time, cancellationToken);
        try
        {
            var (token, failure) = await sender.SignInAsync(deadline.Token);
            return failure is null ? new GraphReply<DateTimeOffset>.Answer(token.ExpiresOn) : Refuse<DateTimeOffset>(failure);
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Refuse<DateTimeOffset>(sender.Explain(e, sender.SignInHost, deadline));
        }
    }

    /// <summary>Reads a page of a round. Its link has been checked: it leads to the configured Graph and carries a token.</summary>
    public Task<GraphReply<DeltaPage>> GetPageAsync(string url, CancellationToken cancellationToken) =>
        AskAsync(url, ReadPage, cancellationToken);

    /// <summary>Reads a page of a list.</summary>
    public Task<GraphReply<ListPage>> GetListPageAsync(string url, CancellationToken cancellationToken) =>
        AskAsync(url, ReadListPage, cancellationToken);

    /// <summary>Asks one of the counts of <see cref="Links"/>.</summary>
    public Task<GraphReply<long>> CountAsync(string url, CancellationToken cancellationToken) =>
        AskAsync(url, ReadCount, cancellationToken);

    /// <summary>Reads a user by id. A user who does not exist is a removed one; a user without a userType is no guest.</summary>
    public async Task<GraphReply<DeltaEntry>> GetUserAsync(string id, CancellationToken cancellationToken)
    {
        var reply = await AskAsync(Links.User(id), json => ReadUser(json, id), cancellationToken);
        return reply is GraphReply<DeltaEntry>.Refusal { Error: { Status: 404 } error } && error.Codes.Any(NoSuchUser.Contains)
            ? new GraphReply<DeltaEntry>.Answer(new DeltaEntry(id, EntryKind.Removed))
            : reply;
    }

    private (DeltaPage Value, string? Defect) ReadPage(ReadOnlySpan<byte> json) =>
        reader.TryRead(json, out var page, out var defect) ? (page, Links.Refusal(page.Link)) : (null!, defect);

    private (ListPage Value, string? Defect) ReadListPage(ReadOnlySpan<byte> json) =>
        reader.TryReadList(json, out var page, out var defect)
            ? (page, page.NextLink is { } next ? Links.ListRefusal(next) : null)
            : (null!, defect);

    private static (long Value, string? Defect) ReadCount(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("\uFEFF"u8)) text = text[3..];
        return Utf8Parser.TryParse(text, out long count, out var length) && length == text.Length && count >= 0
            ? (count, null)
            : (0, "a count is not a number");
    }

    private (DeltaEntry Value, string? Defect) ReadUser(ReadOnlySpan<byte> json, string id)
    {
        if (!reader.TryReadUser(json, out var user, out var defect)) return (user, defect);
        if (user.Id != id) return (user, "the answer is about another user");
        return (user.Kind == EntryKind.TypeAbsent ? user with { Kind = EntryKind.NotGuest } : user, null);
    }

    private async Task<GraphReply<T>> AskAsync<T>(string url, Reading<T> read, CancellationToken cancellationToken)
    {
        using var span = new GraphRequestSpan(url, endpoints, time);
        return span.End(await AskAsync(url, read, span, cancellationToken));
    }

    private async Task<GraphReply<T>> AskAsync<T>(string url, Reading<T> read, GraphRequestSpan span, CancellationToken cancellationToken)
    {
        using var deadline = new RequestDeadline(settings, time, cancellationToken);
        try
        {
            if (sender.PrepareSignIn() is { } noCredential) return Refuse<T>(noCredential);
            using var response = await sender.SendAsync(url, deadline.Token);
            deadline.Heard();
            span.Heard(response);
            var again = sender.NoteStatus((int)response.StatusCode);
            ClockSkew = response.Headers.Date - time.GetUtcNow();
            return (int)response.StatusCode == 200
                ? await ReadAnswerAsync(response, read, deadline)
                : await ReadErrorAsync<T>(response, DeltaLinks.CarriesToken(url), again, deadline);
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Refuse<T>(sender.Explain(e, endpoints.GraphName, deadline));
        }
    }

    private async Task<GraphReply<T>> ReadAnswerAsync<T>(HttpResponseMessage response, Reading<T> read, RequestDeadline deadline)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(deadline.Token);
        using var body = await BoundedBody.ReadAsync(stream, settings.LargestPageBytes, deadline);
        var (value, defect) = body is null
            ? (default!, $"the answer is larger than Graph:{nameof(settings.LargestPageBytes)}")
            : read(body.Bytes);
        return defect is null ? new GraphReply<T>.Answer(value) : RefuseAnswer<T>(MalformedAnswer.From(response, defect));
    }

    private async Task<GraphReply<T>> ReadErrorAsync<T>(
        HttpResponseMessage response, bool carriedToken, bool again, RequestDeadline deadline)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(deadline.Token);
        var (codes, named) = await ErrorBody.ReadAsync(stream, deadline, settings.SelectedProperties);
        var status = (int)response.StatusCode;
        var isExplained = codes.Count > 0 || response.Headers.WwwAuthenticate.Any(challenge => challenge.Scheme == "Bearer");
        var aboutLink = carriedToken && !(status == 401 && isExplained);
        var failure = ServiceFailures.From(status, codes, named, aboutLink, again) with
        {
            RetryAfter = RetryAfter.Read(response.Headers, time),
            RequestId = RequestId.Read(response.Headers),
        };
        if (failure.RetryAfter is { } wait) QuietUntil = time.GetUtcNow() + wait;
        return new GraphReply<T>.Refusal(new GraphError(failure) { Status = status, Codes = codes, IsExplained = isExplained });
    }

    private static GraphReply<T> Refuse<T>(PollFailure failure) => new GraphReply<T>.Refusal(new GraphError(failure));

    private static GraphReply<T> RefuseAnswer<T>(PollFailure failure) =>
        new GraphReply<T>.Refusal(new GraphError(failure) { Status = 200 });
}
