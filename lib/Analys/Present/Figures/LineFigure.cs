using Analys.Disclosure;
using Analys.Domain;

namespace Analys.Present.Figures;

/// <summary>A break in a series: from this period on, something else is counted.</summary>
/// <param name="Period">The first period of the new count.</param>
/// <param name="Text">What changed, in a few words.</param>
public sealed record SeriesBreak(string Period, string Text);

/// <summary>What a line chart can be told.</summary>
public sealed record LineOptions : FigureOptions
{
    /// <summary>The name of the series that a result belongs to; null for area, group or population, whichever differs.</summary>
    public Func<Result, string>? Series { get; init; }

    /// <summary>Breaks: lines are not drawn across them.</summary>
    public IReadOnlyList<SeriesBreak> Breaks { get; init; } = [];

    /// <summary>Series in full colour; the others stand back. Empty for all.</summary>
    public IReadOnlyCollection<string> Highlight { get; init; } = [];

    /// <summary>Whether the axis starts at zero.</summary>
    public bool FromZero { get; init; } = true;
}

/// <summary>Lines over time, each with its name at its end, breaks marked and not drawn across.</summary>
/// <remarks>Swedish: <i>linjediagram</i>.</remarks>
public static class LineFigure
{
    /// <summary>Draws a line chart.</summary>
    /// <param name="released">One result per series and period; results without a period are left out.</param>
    /// <param name="options">The options.</param>
    public static Figure Line(this Released released, LineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        options ??= new();
        var name = SeriesName.Of(released, options.Series, options);
        var dated = released.Where(row => row.Period is not null);
        var axis = new PeriodAxis(dated.Select(row => row.Period!));
        var series = dated.GroupBy(name).Select(group => (Name: group.Key, Rows: group.OrderBy(row => axis.Of(row.Period!)).ToList())).OrderBy(item => item.Name, SwedishOrder.Comparer).ToList();
        foreach (var (_, rows) in series)
        {
            if (rows.Select(row => row.Period).Distinct().Count() < rows.Count) throw new ArgumentException("A line shows one result per series and period: choose with Where, or say what a series is.", nameof(released));
        }

        List<Result> ordered = [.. series.SelectMany(item => item.Rows)];
        return FigureMaker.Make(
            released, options with { Label = options.Label ?? name }, "line", "figure.title.time",
            drawing => LinePanel.Draw(drawing, [.. series.Select((item, i) => new LinePanel.Series(item.Name, item.Rows, i))], axis, options), ordered, count: series.Count);
    }
}
