using System.Text.Json.Serialization;
using MimHybrid.Page;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Json;

/// <summary>
/// What the agent prints and sends as JSON. The records of this folder are a promise to other people's scripts: a key is never renamed,
/// moved or left out, and a new one comes last. So they are records of their own, and not those that the store reads.
/// </summary>
[JsonSerializable(typeof(CycleLine))]
[JsonSerializable(typeof(StatusLine))]
[JsonSerializable(typeof(CheckLine))]
[JsonSerializable(typeof(CheckNote))]
[JsonSerializable(typeof(ConfigLine))]
[JsonSerializable(typeof(GuestLine))]
[JsonSerializable(typeof(AlertLine))]
[JsonSerializable(typeof(SentStep))]
[JsonSerializable(typeof(SentDecision))]
[JsonSerializable(typeof(SentGuest))]
internal sealed partial class AgentJson : JsonSerializerContext
{
    public static AgentJson Lines { get; } = new(JsonLine.Options(new JsonTime()));
}
