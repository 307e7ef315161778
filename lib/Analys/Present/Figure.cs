using System.Globalization;
using System.Text;
using Analys.Present;
using Analys.Present.Svg;

namespace Analys;

/// <summary>
/// A figure of released results: picture, words and table. It shows itself in a notebook, as a part of a page
/// (<see cref="ToHtml"/>) and as a file (<see cref="ToSvg"/>).
/// </summary>
/// <remarks>Swedish: <i>figur</i>. The same results and options give the same bytes.</remarks>
[TypeFormatterSource(typeof(FigureFormatters))]
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

    /// <summary>The figure as a part of a page: a picture for wide and one for narrow screens, caption, table, link to the CSV
    /// file.</summary>
    /// <param name="csvLink">The link to the table's CSV file; null for none.</param>
    public string ToHtml(string? csvLink = null) => FigureHtml.Write(this, csvLink);

    /// <summary>The figure as a file of its own: title, picture, source and note in one SVG.</summary>
    public string ToSvg() => FigureSvg.Standalone(this);

    /// <summary>The table's words for a place without pictures.</summary>
    public override string ToString() => FigureText.Write(this);

    /// <summary>The row of the table in which each result stands.</summary>
    internal IReadOnlyDictionary<Result, int>? RowOf { get; init; }

    /// <summary>A sentence about each area, for whoever chooses it; null for none.</summary>
    internal IReadOnlyDictionary<string, string>? AreaNotes { get; init; }

    internal Drawing Draw(Frame frame)
    {
        var drawing = new Drawing(frame, Id, Language) { RowOf = RowOf };
        draw(drawing);
        return drawing;
    }
}

/// <summary>What all figures can be told. Everything has a default, so that a figure of released results shows itself.</summary>
public record FigureOptions
{
    /// <summary>The id in the page and the name of the files, in kebab case; null for one made of the measure and the kind.</summary>
    public string? Id { get; init; }

    /// <summary>Says what the figure shows; null for the measure's name.</summary>
    public string? Title { get; init; }

    /// <summary>Measure, unit, population and period; null to take them from the results.</summary>
    public string? Subtitle { get; init; }

    /// <summary>The source line; null to take it from the provenance.</summary>
    public string? Source { get; init; }

    /// <summary>A note on definition and breaks; null for the measure's definition, empty for none.</summary>
    public string? Note { get; init; }

    /// <summary>What a listener hears instead of the picture; null for a summary made of the figures.</summary>
    public string? Description { get; init; }

    /// <summary>The language.</summary>
    public Language Language { get; init; }

    /// <summary>The number of decimals; null for the unit's own.</summary>
    public int? Decimals { get; init; }

    /// <summary>The label of a result; null for its area, or the whole city.</summary>
    public Func<Result, string>? Label { get; init; }

    /// <summary>A sentence about each area, for whoever chooses it on a page; null for none.</summary>
    internal IReadOnlyDictionary<string, string>? AreaNotes { get; init; }

    internal string LabelOf(Result result) => Label?.Invoke(result) ?? result.Area ?? Texts.Of(Language)["figure.whole"];

    internal string FormulaOf(Definition measure) =>
        Language == Language.English ? measure.Formula : measure.SwedishFormula ?? measure.Formula;

    internal string NameOf(Definition measure) => Language == Language.English ? measure.Name : measure.Swedish;
}

/// <summary>The style sheet of figures, for the page that they stand in: which picture is shown at which width, and on paper.</summary>
internal static class FigureStyle
{
    /// <summary>The rules, without a <c>style</c> element round them.</summary>
    /// <remarks>Named twice where a notebook's own rules would set every cell to the right.</remarks>
    public const string Css = """
        .figure{margin:2rem 0;max-width:52rem;color:var(--ink,#16202a);break-inside:avoid}
        .figure{font-family:"Analys Sans",Arial,"Liberation Sans",Helvetica,sans-serif}
        .figure svg{display:block;width:100%;height:auto}
        .figure svg.figure-narrow{display:none}
        .figure p{margin:.2rem 0}
        .date{white-space:nowrap}
        .figure-title{font-size:1.15rem;font-weight:bold;line-height:1.3}
        .figure-subtitle{color:var(--muted,#4a5663);font-size:.95rem;line-height:1.35}
        .figure figcaption{margin:0 0 .8rem}
        .figure-source,.figure-note,.figure-mark,.figure-link{color:var(--muted,#4a5663);font-size:.85rem;line-height:1.4;max-width:46rem}
        .figure-notice{color:#ffffff;background:#8a3b00;font-weight:bold;padding:.3rem .6rem}
        .figure-data summary{cursor:pointer;font-size:.85rem;color:var(--link,#0b5687);padding:.5rem 0}
        .figure-link a{color:var(--link,#0b5687)}
        .figure-scroll{overflow-x:auto}
        .figure table{border-collapse:collapse;font-size:.85rem}
        .figure caption{text-align:left;padding:.2rem 0;color:var(--muted,#4a5663)}
        .figure.figure table th,.figure.figure table td{text-align:left}
        .figure th,.figure td{padding:.25rem .75rem .25rem 0;vertical-align:top;font-weight:normal}
        .figure th,.figure td{border-bottom:1px solid var(--rule,#dfe3e8)}
        .figure thead th{font-weight:bold;border-bottom:2px solid #6b7785}
        .figure.figure table .number{text-align:right}
        .figure .number{font-variant-numeric:tabular-nums;white-space:nowrap}
        .figure thead .number{white-space:normal}
        @media (max-width:600px){.figure svg.figure-wide{display:none}.figure svg.figure-narrow{display:block}}
        @media print{.figure svg.figure-wide{display:block}.figure svg.figure-narrow{display:none}.figure-link{display:none}}
        """;
}

/// <summary>Puts the words round a drawing: what the caller did not say is taken from the results.</summary>
internal static class FigureMaker
{
    public static Figure Make(
        Released released, FigureOptions options, string kind, string titleKey, Action<Drawing> draw,
        IReadOnlyList<Result>? ordered = null, DataTable? table = null, Result? reference = null, int? count = null)
    {
        var rows = ordered ?? [.. released];
        var texts = Texts.Of(options.Language);
        var measure = rows.Count > 0 ? options.NameOf(rows[0].Measure) : "";
        var second = rows.Select(row => options.NameOf(row.Measure)).Distinct().Skip(1).FirstOrDefault() ?? measure;
        var title = options.Title ?? texts.Get(titleKey, ("measure", measure), ("x", measure), ("y", second));
        var subtitle = options.Subtitle ?? Words.Subtitle(rows, options);
        var rowOf = RowsOf(rows, table, options);
        table ??= TableMaker.Of(rows, options, title);
        return new Figure(Id(options.Id ?? $"{(rows.Count > 0 ? rows[0].Measure.Id : "figure")}-{kind}"), options.Language, table,
            rows.Count == 0 ? Empty : draw)
        {
            Title = title,
            Subtitle = subtitle,
            Source = options.Source ?? Words.Source(released.Provenance, options.Language),
            Note = options.Note ?? Words.Definition(rows, options),
            Description = options.Description ?? Describe(rows, options, kind, reference, count),
            Notice = released.IsConfidential ? texts["figure.confidential"] : null,
            RowOf = rowOf,
            AreaNotes = options.AreaNotes,
        };
    }

    // A table of results has one row each; any other has the label in its first cell.
    private static Dictionary<Result, int> RowsOf(IReadOnlyList<Result> rows, DataTable? table, FigureOptions options)
    {
        var rowOf = new Dictionary<Result, int>(ReferenceEqualityComparer.Instance);
        var labels = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < (table?.Rows.Count ?? 0); i++) labels.TryAdd(table!.Rows[i][0].Text, i);
        for (var i = 0; i < rows.Count; i++)
        {
            if (table is null) rowOf[rows[i]] = i;
            else if (labels.TryGetValue(options.LabelOf(rows[i]), out var at)) rowOf[rows[i]] = at;
        }

        return rowOf;
    }

    /// <summary>What every drawing without data says.</summary>
    public static void Empty(Drawing drawing)
    {
        drawing.Rect(0.5, 0.5, drawing.Width - 1, 59, Palette.Paper, Palette.Grid);
        drawing.Text(drawing.Width / 2, 35, drawing.Texts["figure.empty"], Anchor.Middle, fill: Palette.MutedInk);
        drawing.Height = 60;
    }

    private static string Describe(IReadOnlyList<Result> rows, FigureOptions options, string kind, Result? reference, int? count)
    {
        var texts = Texts.Of(options.Language);
        var format = NumberFormat.For(options.Language);
        var said =
            new List<string> { texts.Get($"figure.desc.{kind}",
                ("count", format.Number(count ?? rows.Select(options.LabelOf).Distinct().Count()))) };
        var known = rows.Where(row => row.Value.HasNumber && !ReferenceEquals(row, reference)).ToList();
        if (known.Count > 1 && known.Select(row => row.Measure.Id).Distinct().Count() == 1
            && !known[0].Parameters.ContainsKey(CurvePoints.Point))
        {
            Say("figure.desc.highest", known.MaxBy(row => row.Value.Number)!);
            Say("figure.desc.lowest", known.MinBy(row => row.Value.Number)!);
        }

        if (reference?.Value.HasNumber == true)
        {
            said.Add(texts.Get("figure.desc.reference", ("name", options.LabelOf(reference)),
                ("value", format.Value(reference.Value, reference.Unit, options.Decimals))));
        }

        if (rows.Count(row => row.Value.Status == ValueStatus.Suppressed) is > 0 and var withheld)
            said.Add(texts.Get("figure.desc.suppressed", ("count", format.Number(withheld))));
        return string.Join(" ", said);

        void Say(string key, Result row)
        {
            var name = rows.Select(other => other.Period).Distinct().Count() > 1 && row.Period is not null
                ? $"{options.LabelOf(row)} {row.Period}" : options.LabelOf(row);
            said.Add(texts.Get(key, ("area", name), ("value", format.Value(row.Value, row.Unit, options.Decimals))));
        }
    }

    // An id of HTML without anything that a selector or a file name would trip over.
    private static string Id(string wanted)
    {
        var id = new StringBuilder();
        foreach (var c in wanted.Normalize(NormalizationForm.FormD).ToLower(CultureInfo.InvariantCulture))
        {
            if (char.IsAsciiLetterOrDigit(c)) id.Append(c);
            else if (!char.IsLetter(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && id.Length > 0
                && id[^1] != '-') id.Append('-');
        }

        var text = id.ToString().Trim('-');
        return text.Length == 0 || char.IsAsciiDigit(text[0]) ? $"f-{text}".TrimEnd('-') : text;
    }
}
