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
