using System.Globalization;
using MimHybrid.Mim.Cim;

namespace MimHybrid.Testing;

/// <summary>The door to the sync server, which knows what it was asked to clear, and may get stuck over it.</summary>
public sealed class ClearingDoor(ICimConnection connection) : DoorOver(connection)
{
    private readonly TaskCompletionSource through = new();

    public List<DateTimeOffset> Pieces { get; } = [];

    public Action WhenAsked { get; set; } = () => { };

    public bool IsStuck { get; set; }

    public void GetThrough()
    {
        IsStuck = false;
        through.SetResult();
    }

    public override async Task<string> InvokeAsync(
        CimTarget target, string method, IReadOnlyList<CimArgument> arguments, CancellationToken cancellationToken)
    {
        if (method == "ClearRuns")
        {
            Pieces.Add(TimeOf(arguments[0]));
            WhenAsked();
            if (IsStuck) await through.Task.WaitAsync(cancellationToken);
        }

        return await base.InvokeAsync(target, method, arguments, cancellationToken);
    }

    private static DateTimeOffset TimeOf(CimArgument argument) => DateTimeOffset.ParseExact(
        argument.Value, "yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
