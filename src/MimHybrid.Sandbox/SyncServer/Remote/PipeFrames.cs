using System.Buffers.Binary;
using System.Text;
using MimHybrid.Mim;
using MimHybrid.Mim.Cim;

namespace MimHybrid.Sandbox.SyncServer.Remote;

/// <summary>
/// What goes over the pipe: one question and its answer, each behind its length in bytes (32 bits, the lowest first). Both ends are of one
/// build, so that nothing says which version it is.
/// </summary>
internal static class PipeFrames
{
    public static byte[] Query(string wql) => Frame(frame =>
    {
        frame.Write(true);
        frame.Write(wql);
    });

    public static byte[] Call(CimTarget target, string method, IReadOnlyList<CimArgument> arguments) => Frame(frame =>
    {
        frame.Write(false);
        frame.Write(target.ClassName);
        frame.Write(target.KeyName);
        frame.Write(target.KeyValue);
        frame.Write(method);
        frame.Write(arguments.Count);
        foreach (var argument in arguments)
        {
            frame.Write(argument.Name);
            frame.Write(argument.Value);
        }
    });

    /// <summary>Asks what the frame asks, and makes a frame of what is answered; a fault is an answer too.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<byte[]> AnswerAsync(BinaryReader question, ICimConnection asked, CancellationToken cancellationToken)
    {
        try
        {
            if (question.ReadBoolean())
                return Rows(await asked.QueryAsync(question.ReadString(), cancellationToken).WaitAsync(cancellationToken));

            var target = new CimTarget(question.ReadString(), question.ReadString(), question.ReadString());
            var method = question.ReadString();
            var arguments = new CimArgument[question.ReadInt32()];
            for (var at = 0; at < arguments.Length; at++) arguments[at] = new CimArgument(question.ReadString(), question.ReadString());
            return Text(await asked.InvokeAsync(target, method, arguments, cancellationToken).WaitAsync(cancellationToken));
        }
        catch (CimConnectionException e)
        {
            return Fault(e.Failure, e.Message);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return Fault(CimFailure.Other, e.Message); // who asks waits for an answer, whatever it is
        }
    }

    public static IReadOnlyList<CimRow> ReadRows(BinaryReader frame)
    {
        var rows = new CimRow[frame.ReadInt32()];
        for (var row = 0; row < rows.Length; row++)
        {
            var texts = new KeyValuePair<string, string?>[frame.ReadInt32()];
            for (var at = 0; at < texts.Length; at++) texts[at] = new(frame.ReadString(), frame.ReadBoolean() ? frame.ReadString() : null);
            rows[row] = new CimRow(texts);
        }

        return rows;
    }

    public static string ReadText(BinaryReader frame) => frame.ReadString();

    /// <exception cref="CimConnectionException">The frame is a fault: the same failure in the same words.</exception>
    public static void ThrowIfFault(BinaryReader answer)
    {
        if (!answer.ReadBoolean()) throw new CimConnectionException((CimFailure)answer.ReadByte(), answer.ReadString());
    }

    /// <exception cref="IOException">The other end is gone.</exception>
    public static async Task<BinaryReader> ReadAsync(Stream pipe, CancellationToken cancellationToken)
    {
        var length = new byte[sizeof(int)];
        await pipe.ReadExactlyAsync(length, cancellationToken);
        var frame = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
        await pipe.ReadExactlyAsync(frame, cancellationToken);
        return new BinaryReader(new MemoryStream(frame), Encoding.UTF8);
    }

    private static byte[] Rows(IReadOnlyList<CimRow> rows) => Frame(frame =>
    {
        frame.Write(true);
        frame.Write(rows.Count);
        foreach (var row in rows)
        {
            frame.Write(row.Properties.Count);
            foreach (var (name, text) in row.Properties)
            {
                frame.Write(name);
                frame.Write(text is not null);
                if (text is not null) frame.Write(text);
            }
        }
    });

    private static byte[] Text(string text) => Frame(frame =>
    {
        frame.Write(true);
        frame.Write(text);
    });

    private static byte[] Fault(CimFailure failure, string message) => Frame(frame =>
    {
        frame.Write(false);
        frame.Write((byte)failure);
        frame.Write(message);
    });

    private static byte[] Frame(Action<BinaryWriter> write)
    {
        using var buffer = new MemoryStream();
        using var frame = new BinaryWriter(buffer, Encoding.UTF8);
        frame.Write(0);
        write(frame);
        frame.Flush();
        var bytes = buffer.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length - sizeof(int));
        return bytes;
    }
}
