using System.Net;
using Microsoft.AspNetCore.Http;
using MimHybrid.Sandbox.Tests.SyncServer.Fixtures;
using static MimHybrid.Sandbox.Tests.SyncServer.Fixtures.SyncServerDriver;

namespace MimHybrid.Sandbox.Tests.SyncServer;

public sealed class GraphReadingTests(LoopbackGraph graph) : IDisposable
{
    private readonly SyncServerDriver driver = new(graph);

    public void Dispose() => driver.Dispose();

    [Fact]
    public async Task All_pages_are_read_and_the_delta_goes_on_from_the_last()
    {
        driver.Tenant.PageSize = 2;
        for (var guest = 0; guest < 5; guest++)
            driver.Tenant.Invite($"Guest {guest}");

        Assert.Equal("stage-add 5", (await driver.SucceedAsync(Source, Profiles.FullImport)).Staged);
        driver.Tenant.Invite("Late Guest");
        Assert.Equal("stage-add 1", (await driver.SucceedAsync(Source, Profiles.DeltaImport)).Staged);
        Assert.Equal("completed-no-objects", await driver.RunAsync(Source, Profiles.DeltaImport));
    }

    [Fact]
    public async Task The_agent_names_itself_in_every_request()
    {
        await driver.SucceedAsync(Source, Profiles.FullImport);

        Assert.Equal(2, driver.Tenant.UserAgents.Count);
        Assert.All(driver.Tenant.UserAgents, agent => Assert.Equal("MimHybrid-Sandbox-AADMA/1.0", agent));
    }

    [Fact]
    public async Task The_first_request_selects_what_flows_and_the_user_type()
    {
        var query = "";
        OnUsers(context => query = context.Request.QueryString.Value!);

        await driver.SucceedAsync(Source, Profiles.FullImport);

        Assert.Equal("?$select=id,displayName,mail,givenName,surname,userPrincipalName,userType", query);
    }

    [Fact]
    public async Task A_delta_link_comes_back_as_it_was_given()
    {
        await driver.SucceedAsync(Source, Profiles.FullImport);
        var query = "";
        OnUsers(context => query = context.Request.QueryString.Value!);

        await driver.SucceedAsync(Source, Profiles.DeltaImport);

        Assert.Equal("?$deltatoken=0.-1.0%2B~x-_", query);
    }

    [Fact]
    public async Task A_wrong_secret_means_no_start_for_credentials()
    {
        driver.Tenant.Secret = "another";

        Assert.Equal("no-start-credentials", await driver.RunAsync(Source, Profiles.FullImport));
        Assert.Equal("failed-authentication", (await driver.LastRunAsync(Source)).ConnectionResult);
        Assert.Equal("failed-authentication", await driver.AskAsync(Source, "GetServerStatus"));
    }

    [Fact]
    public async Task The_status_of_what_can_be_reached_is_success()
    {
        Assert.Equal("success", await driver.AskAsync(Source, "GetServerStatus"));
        Assert.Equal("success", await driver.AskAsync(Target, "GetServerStatus"));
    }

    [Fact]
    public async Task A_server_that_is_not_there_means_no_start_for_connection()
    {
        using var unreachable = new SyncServerDriver(graph, new TestTenant(new Uri("https://127.0.0.1:1/")));

        Assert.Equal("no-start-connection", await unreachable.RunAsync(Source, Profiles.FullImport));
        Assert.Equal("failed-connection", await unreachable.AskAsync(Source, "GetServerStatus"));
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "no-start-credentials")]
    [InlineData(HttpStatusCode.Forbidden, "no-start-credentials")]
    [InlineData(HttpStatusCode.BadRequest, "stopped-unexpected-data")]
    [InlineData(HttpStatusCode.NotFound, "stopped-unexpected-data")]
    [InlineData(HttpStatusCode.InternalServerError, "no-start-connection")]
    public async Task A_refusal_on_the_first_page_ends_a_full_import(HttpStatusCode status, string result)
    {
        AnswerUsers(Results.StatusCode((int)status));

        Assert.Equal(result, await driver.RunAsync(Source, Profiles.FullImport));
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Gone)]
    public async Task A_dead_delta_link_asks_for_a_full_import_which_mends_it(HttpStatusCode status)
    {
        await driver.SucceedAsync(Source, Profiles.FullImport);
        AnswerUsers(Results.StatusCode((int)status));
        Assert.Equal("no-start-full-import-required", await driver.RunAsync(Source, Profiles.DeltaImport));

        driver.Tenant.Fault = static _ => Task.FromResult<IResult?>(null);

        await driver.SucceedAsync(Source, Profiles.FullImport);
        await driver.SucceedAsync(Source, Profiles.DeltaImport);
    }

    [Fact]
    public async Task A_failure_after_the_first_page_stages_nothing_and_does_not_move_the_watermark()
    {
        await driver.SucceedAsync(Source, Profiles.FullImport);
        driver.Tenant.PageSize = 1;
        driver.Tenant.Invite("Ada Lovelace");
        driver.Tenant.Invite("Grace Hopper");
        driver.Tenant.Fault = context =>
            Task.FromResult(context.Request.Query.ContainsKey("$skiptoken") ? Results.StatusCode(500) : null);

        Assert.Equal("stopped-connectivity", await driver.RunAsync(Source, Profiles.DeltaImport));
        Assert.Equal("dropped-connection", (await driver.LastRunAsync(Source)).ConnectionResult);
        Assert.Equal(0, await driver.CountAsync(Source, "NumCSObjects"));

        driver.Tenant.Fault = static _ => Task.FromResult<IResult?>(null);
        Assert.Equal("stage-add 2", (await driver.SucceedAsync(Source, Profiles.DeltaImport)).Staged);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"value\":{},\"@odata.deltaLink\":\"x\"}")]
    [InlineData("{\"value\":[]}")]
    [InlineData("{\"value\":[],\"@odata.deltaLink\":\"x\",\"@odata.nextLink\":\"x\"}")]
    [InlineData("{\"value\":[null],\"@odata.deltaLink\":\"x\"}")]
    [InlineData("{\"value\":[{\"id\":7}],\"@odata.deltaLink\":\"x\"}")]
    [InlineData("{\"value\":[{\"id\":\"\"}],\"@odata.deltaLink\":\"x\"}")]
    [InlineData("{\"value\":[{\"id\":\"1\",\"displayName\":\"\\ud800\"}],\"@odata.deltaLink\":\"x\"}")]
    [InlineData("{\"value\":[],\"@odata.nextLink\":\"https://attacker.example/v1.0/users/delta\"}")]
    [InlineData("{\"value\":[],\"@odata.nextLink\":\"no url\"}")]
    public async Task A_page_that_is_none_stages_nothing(string body)
    {
        AnswerUsers(Results.Text(body, "application/json"));

        Assert.Equal("stopped-unexpected-data", await driver.RunAsync(Source, Profiles.FullImport));
        Assert.Equal("no-start-full-import-required", await driver.RunAsync(Source, Profiles.DeltaImport));
    }

    [Fact]
    public async Task A_removed_user_of_the_first_baseline_is_not_staged()
    {
        var page = $$"""
            { "value": [ { "id": "1", "@removed": { "reason": "changed" } } ], "@odata.deltaLink": "{{driver.Tenant.Root}}x" }
            """;
        AnswerUsers(Results.Text(page, "application/json"));

        Assert.Equal("", (await driver.SucceedAsync(Source, Profiles.FullImport)).Staged);
        Assert.Equal(0, await driver.CountAsync(Source, "NumCSObjects"));
    }

    [Theory]
    [InlineData("30")]
    [InlineData("Sun, 22 Nov 2026 08:00:30 GMT")]
    public async Task When_throttled_it_waits_as_long_as_it_is_told_and_asks_again(string retryAfter)
    {
        // The fake clock runs ahead of the real sockets, so the time limit must be out of reach.
        using var patient = new SyncServerDriver(graph, graph.AddTenant(), timeLimit: TimeSpan.FromDays(40));
        var asked = 0;
        patient.Tenant.Fault = context =>
        {
            if (!IsUsers(context) || ++asked > 1)
                return Task.FromResult<IResult?>(null);
            context.Response.Headers.RetryAfter = retryAfter;
            return Task.FromResult<IResult?>(Results.StatusCode(429));
        };
        var execute = patient.RunAsync(Source, Profiles.FullImport);

        Assert.Equal("completed-no-objects", await patient.AdvanceUntilAsync(execute));

        Assert.Equal(2, asked);
        Assert.True(patient.Time.GetUtcNow() >= new DateTimeOffset(2026, 11, 22, 8, 0, 30, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("99999999999")]
    [InlineData("Sun, 22 Nov 2020 08:00:30 GMT")]
    public async Task When_throttled_for_ever_it_gives_up(string? retryAfter)
    {
        driver.Tenant.Fault = context =>
        {
            if (retryAfter is not null)
                context.Response.Headers.RetryAfter = retryAfter;
            return Task.FromResult<IResult?>(Results.StatusCode(503));
        };

        Assert.Equal("no-start-connection", await driver.AdvanceUntilAsync(driver.RunAsync(Source, Profiles.FullImport)));
    }

    [Fact]
    public async Task A_server_that_never_answers_ends_the_run_at_the_time_limit()
    {
        var started = driver.Time.GetUtcNow();
        driver.Tenant.Fault = async context =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, driver.Time, context.RequestAborted);
            return null;
        };

        Assert.Equal("no-start-connection", await driver.AdvanceUntilAsync(driver.RunAsync(Source, Profiles.FullImport)));
        Assert.True(driver.Time.GetUtcNow() - started >= TimeSpan.FromSeconds(100));
    }

    private void AnswerUsers(IResult answer) =>
        driver.Tenant.Fault = context => Task.FromResult(IsUsers(context) ? answer : null);

    private void OnUsers(Action<HttpContext> look) => driver.Tenant.Fault = context =>
    {
        if (IsUsers(context))
            look(context);
        return Task.FromResult<IResult?>(null);
    };

    private static bool IsUsers(HttpContext context) => context.Request.Path.Value!.EndsWith("/users/delta", StringComparison.Ordinal);
}
