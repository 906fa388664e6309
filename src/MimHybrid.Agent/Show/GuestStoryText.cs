using MimHybrid.Agent.Json;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Words;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Show;

/// <summary>A guest's story for people, and for programs.</summary>
internal sealed class GuestStoryText(TimeZoneInfo zone)
{
    public Sheet ToSheet(GuestTale tale)
    {
        var sheet = new Sheet().Line(tale.Who, Tone.Strong);
        sheet.Row(tale.Hangs ? "! " : "  ", tale.Sentence, tale.Tone, tale.Tone);
        if (tale.Detail is { } detail) sheet.Row("  ", detail);
        if (tale.Do is { } todo) sheet.Row("  Do: ", todo, labelTone: Tone.Strong);
        if (tale.Events.Count > 0) sheet.Blank();
        foreach (var each in tale.Events)
            sheet.Row($"  {WallClock.WithDate(each.At, zone)}  ", each.Text, each.IsBad ? Tone.Bad : Tone.Plain, Tone.Faint);
        return sheet.Blank();
    }

    public static string ToJson(GuestTale tale) => JsonLine.Of(
        new GuestLine
        {
            Id = tale.Story.Id,
            Name = tale.Story.Name,
            Mail = tale.Story.Mail,
            Tenant = tale.Story.Guest?.State.ToString(),
            Stage = tale.Stage.ToString(),
            Summary = tale.Sentence,
            Detail = tale.Detail,
            Do = tale.Do,
            Events = [.. tale.Events.Select(each => new GuestEventLine(each.At, each.Text, each.Cycle, each.Run))],
        },
        AgentJson.Lines.GuestLine);
}
