using System.Globalization;
using System.Text;
using Analys.Disclosure;
using Analys.Domain;
using Analys.Present.Numbers;
using Analys.Present.Svg;

namespace Analys.Present.Figures;

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
        table ??= TableMaker.Of(rows, options, title);
        return new Figure(Id(options.Id ?? $"{(rows.Count > 0 ? rows[0].Measure.Id : "figure")}-{kind}"), options.Language, table, rows.Count == 0 ? Empty : draw)
        {
            Title = title,
            Subtitle = subtitle,
            Source = options.Source ?? Words.Source(released.Provenance, options.Language),
            Note = options.Note ?? Words.Definition(rows, options),
            Description = options.Description ?? Describe(rows, options, kind, reference, count),
            Notice = released.IsConfidential ? texts["figure.confidential"] : null,
        };
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
        var said = new List<string> { texts.Get($"figure.desc.{kind}", ("count", format.Number(count ?? rows.Select(options.LabelOf).Distinct().Count()))) };
        var known = rows.Where(row => row.Value.HasNumber && !ReferenceEquals(row, reference)).ToList();
        if (known.Count > 1 && known.Select(row => row.Measure.Id).Distinct().Count() == 1 && !known[0].Parameters.ContainsKey(CurvePoints.Point))
        {
            Say("figure.desc.highest", known.MaxBy(row => row.Value.Number)!);
            Say("figure.desc.lowest", known.MinBy(row => row.Value.Number)!);
        }

        if (reference?.Value.HasNumber == true)
        {
            said.Add(texts.Get("figure.desc.reference", ("name", options.LabelOf(reference)), ("value", format.Value(reference.Value, reference.Unit, options.Decimals))));
        }

        if (rows.Count(row => row.Value.Status == ValueStatus.Suppressed) is > 0 and var withheld) said.Add(texts.Get("figure.desc.suppressed", ("count", format.Number(withheld))));
        return string.Join(" ", said);

        void Say(string key, Result row)
        {
            var name = rows.Select(other => other.Period).Distinct().Count() > 1 && row.Period is not null ? $"{options.LabelOf(row)} {row.Period}" : options.LabelOf(row);
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
            else if (!char.IsLetter(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && id.Length > 0 && id[^1] != '-') id.Append('-');
        }

        var text = id.ToString().Trim('-');
        return text.Length == 0 || char.IsAsciiDigit(text[0]) ? $"f-{text}".TrimEnd('-') : text;
    }
}
