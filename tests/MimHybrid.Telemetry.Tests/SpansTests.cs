using System.Diagnostics;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Telemetry.Tests;

/// <summary>The spans of a poll and of a cycle, as somebody finds them who asks where the time went.</summary>
public sealed class SpansTests
{
    [Fact]
    public async Task A_cycle_is_a_tree_of_its_steps_and_of_what_they_asked_of_mim()
    {
        await using var world = await World.StartSettledAsync();
        using var heard = new Listening();
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        var cycle = Assert.Single(await world.PollAndRunAsync());

        var root = heard.Span("cycle ChangeDriven");
        Assert.Equal((default, ActivityKind.Server, ActivityStatusCode.Unset), (root.ParentSpanId, root.Kind, root.Status));
        Assert.Equal(cycle.Id, root.GetTagItem("mimhybrid.cycle.id"));
        Assert.Equal(("GuestChanges", "graph_delta", "succeeded"), (root.GetTagItem("mimhybrid.function.name"), root.GetTagItem("mimhybrid.function.trigger"), root.GetTagItem("mimhybrid.cycle.outcome")));
        Assert.Equal(
            ["step AADMA Delta Import (Stage Only)", "step AADMA Delta Synchronization", "step ADMA Export", "step ADMA Delta Import (Stage Only)", "step ADMA Delta Synchronization"],
            heard.ChildrenOf(root));

        var export = heard.Span("step ADMA Export");
        Assert.Equal(["MIIS_ManagementAgent.Execute"], heard.ChildrenOf(export));
        Assert.Equal("success", export.GetTagItem("mimhybrid.step.result"));
        Assert.Equal(cycle.Steps[2].RunNumber, export.GetTagItem("mimhybrid.run.number"));
        Assert.All(heard.Spans.Where(span => span.TraceId == root.TraceId), span => Assert.Null(span.GetTagItem("error.type")));
    }

    [Fact]
    public async Task A_poll_is_a_tree_of_its_requests_without_links_and_ids()
    {
        await using var world = await World.StartSettledAsync();
        using var heard = new Listening();
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAsync();

        var poll = heard.Span("poll");
        Assert.Equal("changed", poll.GetTagItem("mimhybrid.poll.outcome"));
        Assert.Equal(["GET /users/delta"], heard.ChildrenOf(poll));
        var request = heard.Span("GET /users/delta");
        Assert.Equal((ActivityKind.Client, 200), (request.Kind, request.GetTagItem("http.response.status_code")));
        Assert.Equal(["http.request.method", "http.response.status_code", "server.address", "server.port", "url.template"], request.TagObjects.Select(tag => tag.Key).Order());
        Assert.DoesNotContain("token", heard.AllText(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Lena", heard.AllText(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_failed_says_so_from_the_step_up_to_the_cycle_and_nothing_else_does()
    {
        await using var world = await World.StartSettledAsync(settings => settings.Retries.Count = 0);
        using var heard = new Listening();
        world.Mim.Script.Answer("ADMA", "Export", "stopped-server-down");
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAndRunAsync();

        Assert.Equal(["cycle ChangeDriven failed", "step ADMA Export stopped-server-down"],
            heard.Spans.Where(span => span.Status == ActivityStatusCode.Error).Select(span => $"{span.DisplayName} {span.GetTagItem("error.type")}"));
        Assert.Contains("ADMA Export: stopped-server-down", heard.Span("cycle ChangeDriven").StatusDescription, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_was_refused_has_its_status_and_the_id_for_microsoft_s_support()
    {
        await using var world = await World.StartSettledAsync();
        using var heard = new Listening();
        world.Tenant.Faults.Next(Fault.Throttled(10), when: request => !request.IsFromManagementAgent && request.IsDelta);
        await world.PollAsync();

        var request = heard.Span("GET /users/delta");
        Assert.Equal((ActivityStatusCode.Error, "429"), (request.Status, request.GetTagItem("error.type")));
        Assert.True(Guid.TryParse(request.GetTagItem("mimhybrid.graph.request.id")?.ToString(), out _));
        Assert.Equal(("failed", "throttled"), (heard.Span("poll").GetTagItem("mimhybrid.poll.outcome"), heard.Span("poll").GetTagItem("error.type")));
    }
}
