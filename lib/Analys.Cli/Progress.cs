using System.Diagnostics;
using System.Globalization;
using Analys.Cli.Help;
using Analys.Cli.Messages;
using Analys.Domain;

namespace Analys.Cli;

/// <summary>Says on standard error what is being done and how long still, once a call has taken a second: on a terminal in one line that is
/// rewritten, into a file or another program as lines that come more and more seldom. Results are never mixed with it.</summary>
internal sealed class Progress : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(250);

    private readonly TextWriter errors;
    private readonly bool rewrites;
    private readonly int width;
    private readonly bool isSwedish;
    private readonly CliTexts texts;
    private readonly Timer timer;
    private readonly Lock gate = new();
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private TimeSpan next = Patience;
    private TimeSpan began;
    private string what = "working";
    private long done, parts;
    private int shown;
    private bool ended;

    private Progress(TextWriter errors, Screen screen)
    {
        // Its lines are made in the language asked for.
        if (errors is SwedishWriter swedish) errors = swedish.Inner;
        (this.errors, rewrites, width) = (errors, screen.ErrorsAreTerminal == true, screen.IsTerminal ? screen.Width : 80);
        isSwedish = screen.MessageLanguage == Language.Swedish;
        texts = CliTexts.Of(screen.MessageLanguage);
        timer = new Timer(_ => Tick(), null, Patience, Often);
        Work.Listen(Hear);
    }

    /// <summary>Begins; null where nobody wants to know.</summary>
    public static Progress? Start(Terminal terminal) =>
        terminal.IsTrial || terminal.Screen.Quiet || terminal.Screen.ErrorsAreTerminal is null ? null
            : new Progress(terminal.Errors, terminal.Screen);

    /// <summary>Ends, and leaves a clean line.</summary>
    public void Dispose()
    {
        Work.Listen(null);
        lock (gate)
        {
            ended = true;
            Clear();
        }

        timer.Dispose();
    }

    /// <summary>Takes the line away, so that something else can be written.</summary>
    public void Pause()
    {
        lock (gate) Clear();
    }

    private void Hear(string now, long of, long all)
    {
        lock (gate)
        {
            if (now != what || of == 0) began = watch.Elapsed;
            (what, done, parts) = (now, of, all);
        }
    }

    private void Tick()
    {
        lock (gate)
        {
            if (ended || watch.Elapsed < next) return;
            var line = Line();
            if (!rewrites)
            {
                errors.WriteLine(line);
                next = TimeSpan.FromSeconds(Math.Min(watch.Elapsed.TotalSeconds * 2, watch.Elapsed.TotalSeconds + 30));
                return;
            }

            line = line.Length < width ? line : line[..(width - 1)];
            errors.Write("\r" + line.PadRight(shown));
            shown = line.Length;
        }
    }

    private string Line()
    {
        var text = $"analys: {(isSwedish ? SwedishMessages.Of(what) : what)}";
        if (parts > 0) text += string.Create(CultureInfo.InvariantCulture, $", {done} {texts["progress.of"]} {parts}");
        text += string.Create(CultureInfo.InvariantCulture, $", {watch.Elapsed.TotalSeconds:0} s");
        // A tenth must be done before the rest can be told from it.
        if (parts == 0 || done * 10 < parts || done >= parts) return text;
        var left = Math.Ceiling((watch.Elapsed - began).TotalSeconds * (parts - done) / done);
        return text + texts["progress.left"].Replace("{seconds}", left.ToString("0", CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
    }

    private void Clear()
    {
        if (shown > 0) errors.Write("\r" + new string(' ', shown) + "\r");
        shown = 0;
    }
}
