using System.Text;

namespace Analys.Notebooks.Engine;

/// <summary>
/// Gathers what a cell writes, so that 20 000 short lines become some tens of messages. Text is passed on before any other output, when
/// it has grown long, and a moment after it was written.
/// </summary>
internal sealed class StreamBuffer(Action<CellOutput> output, TimeProvider time) : IDisposable
{
    private const int Enough = 16 * 1024;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private readonly Lock gate = new();
    private readonly StringBuilder text = new();
    private string stream = "stdout";
    private ITimer? timer;
    private bool timerSet;
    private bool closed;

    public void Write(string name, ReadOnlySpan<char> value)
    {
        if (value.IsEmpty) return;
        lock (gate)
        {
            if (closed) return;
            if (name != stream) FlushLocked();
            stream = name;
            text.Append(value);
            if (text.Length >= Enough) FlushLocked();
            else if (!timerSet) SetTimer();
        }
    }

    public void Emit(CellOutput value)
    {
        lock (gate)
        {
            if (closed) return;
            FlushLocked();
            output(value);
        }
    }

    public void Flush()
    {
        lock (gate)
        {
            timerSet = false;
            FlushLocked();
        }
    }

    /// <summary>Drops all that comes later: an interrupted cell may go on in the background, and no one waits for its output.</summary>
    public void Close()
    {
        lock (gate)
        {
            FlushLocked();
            closed = true;
        }
        timer?.Dispose();
    }

    public void Dispose() => Close();

    private void SetTimer()
    {
        timerSet = true;
        timer ??= time.CreateTimer(_ => Flush(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(Moment, Timeout.InfiniteTimeSpan);
    }

    private void FlushLocked()
    {
        if (text.Length == 0) return;
        var written = text.ToString();
        text.Clear();
        output(new StreamOutput(stream, written));
    }
}

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
