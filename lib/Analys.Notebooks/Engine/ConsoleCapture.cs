using System.Text;

namespace Analys.Notebooks.Engine;

/// <summary>
/// Sends what cells write to the console to their outputs, and lets them read from the user. What is written outside a cell goes where
/// it went before. The console belongs to the process, so this is put in place once and finds the cell by the flow of execution.
/// </summary>
internal static class ConsoleCapture
{
    private static readonly Lock Gate = new();
    private static bool installed;

    public static void Install()
    {
        lock (Gate)
        {
            if (installed) return;
            installed = true;
            Console.SetOut(new CellWriter("stdout", Console.Out));
            Console.SetError(new CellWriter("stderr", Console.Error));
            Console.SetIn(new CellReader());
        }
    }

    private sealed class CellWriter(string stream, TextWriter outside) : TextWriter(System.Globalization.CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => outside.Encoding;

        public override void Write(char value) => Write([value]);

        public override void Write(string? value) => Write(value.AsSpan());

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void WriteLine(string? value) => Write(string.Concat(value, "\n"));

        public override void WriteLine() => Write("\n");

        public override void Write(ReadOnlySpan<char> buffer)
        {
            if (CellContext.Current is { } cell) cell.Streams.Write(stream, buffer);
            else outside.Write(buffer);
        }

        public override void Flush()
        {
            if (CellContext.Current is { } cell) cell.Streams.Flush();
            else outside.Flush();
        }
    }

    private sealed class CellReader : TextReader
    {
        public override string? ReadLine() => CellContext.Current is { } cell ? cell.Session.Ask(cell, "", secret: false) : null;

        public override int Read() => -1;

        public override int Peek() => -1;
    }
}
