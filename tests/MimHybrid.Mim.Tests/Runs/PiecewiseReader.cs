namespace MimHybrid.Mim.Tests.Runs;

/// <summary>Reads a text that is made piece by piece.</summary>
internal sealed class PiecewiseReader(IEnumerable<string> text) : TextReader
{
    private readonly IEnumerator<string> pieces = text.GetEnumerator();
    private string piece = "";
    private int position;

    public override int Peek() => position < piece.Length || MoveNext() ? piece[position] : -1;

    public override int Read() => Peek() < 0 ? -1 : piece[position++];

    public override int Read(char[] buffer, int index, int count)
    {
        if (Peek() < 0)
            return 0;

        var length = Math.Min(count, piece.Length - position);
        piece.CopyTo(position, buffer, index, length);
        position += length;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        pieces.Dispose();
        base.Dispose(disposing);
    }

    private bool MoveNext()
    {
        if (!pieces.MoveNext())
            return false;

        (piece, position) = (pieces.Current, 0);
        return piece.Length > 0 || MoveNext();
    }
}
