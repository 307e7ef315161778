using Analys.Domain;
using Analys.Present.Svg;

namespace Analys.Present.Figures;

/// <summary>
/// A figure of released results: picture, words and table. It shows itself in a notebook, as a part of a page
/// (<see cref="ToHtml"/>) and as a file (<see cref="ToSvg"/>).
/// </summary>
/// <remarks>Swedish: <i>figur</i>. The same results and options give the same bytes.</remarks>
[TypeFormatterSource("Analys.Present.Notebook.FigureFormatters")]
public sealed class Figure
{
    private readonly Action<Drawing> draw;

    internal Figure(string id, Language language, DataTable table, Action<Drawing> draw)
    {
        Id = id;
        Language = language;
        Table = table;
        this.draw = draw;
    }

    /// <summary>The id in the page and the name of the files.</summary>
    public string Id { get; }

    /// <summary>The language.</summary>
    public Language Language { get; }

    /// <summary>What the figure shows.</summary>
    public required string Title { get; init; }

    /// <summary>Measure, unit, population and period.</summary>
    public required string Subtitle { get; init; }

    /// <summary>The source line.</summary>
    public required string Source { get; init; }

    /// <summary>The note on definition and breaks; empty for none.</summary>
    public required string Note { get; init; }

    /// <summary>What a listener hears instead of the picture.</summary>
    public required string Description { get; init; }

    /// <summary>Stands over a figure that is not protected; null for all others.</summary>
    public string? Notice { get; init; }

    /// <summary>The table.</summary>
    public DataTable Table { get; }

    /// <summary>The figure as a part of a page: a picture for wide and one for narrow screens, caption, table, link to the CSV file.</summary>
    /// <param name="csvLink">The link to the table's CSV file; null for none.</param>
    public string ToHtml(string? csvLink = null) => FigureHtml.Write(this, csvLink);

    /// <summary>The figure as a file of its own: title, picture, source and note in one SVG.</summary>
    public string ToSvg() => FigureSvg.Standalone(this);

    /// <summary>The table's words for a place without pictures.</summary>
    public override string ToString() => FigureText.Write(this);

    internal Drawing Draw(Frame frame)
    {
        var drawing = new Drawing(frame, Id, Language);
        draw(drawing);
        return drawing;
    }
}
