using System.Globalization;
using Analys.Domain;
using Analys.Explore.Frames;
using Analys.Explore.Plotting;
using Analys.Load;
using Analys.Load.Schema;
using ScottPlot;

namespace Analys;

/// <summary>Released results and public extracts as plots in house style.</summary>
public static class PlotExtensions
{
    private const int FewLines = 7;
    private const int FewPanels = 24;
    private const int FewSeries = 3;

    /// <summary>The plot that fits the results: bars for areas, lines over periods, small multiples or a table where they are many, a
    /// forest for estimates, a curve for its points.</summary>
    /// <remarks>Title, unit and source come from the results; what <paramref name="options"/> says goes before. What is withheld is drawn
    /// hatched.</remarks>
    /// <param name="released">The results; those of the first measure are drawn.</param>
    /// <param name="options">Texts and size.</param>
    /// <exception cref="ArgumentException">There are no results.</exception>
    public static Plot Plot(this Released released, PlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        if (released.Count == 0) throw new ArgumentException("There are no results to draw.", nameof(released));
        var measure = released[0].Measure;
        Result[] results = [.. released.Where(result => result.Measure.Id == measure.Id && result.Unit == released[0].Unit)];
        var told = Told(released, results, options);
        if (results.Any(result => result.Parameters.ContainsKey(CurvePoints.Point))) return Curves(results, told);
        if (results.All(result => result.Parameters.ContainsKey("term")))
        {
            return Plots.Forest([.. results.Where(result => result.Parameters["term"] != "intercept")
                .Select(result => Row(result, result.Parameters["term"], null))], told);
        }

        string?[] areas = [.. results.Select(result => result.Area).Distinct()],
            periods = [.. results.Select(result => result.Period).Distinct()], kinds = [.. results.Select(result => Kind(result, told))
                .Distinct()];
        if (periods.Length > 1)
        {
            PlotRow[] rows = [.. results.OrderBy(result => result.Period, PeriodOrder.InTime)
                .Select(result => Row(result, result.Period ?? "", Name(result, areas.Length > 1, kinds.Length > 1, told)))];
            string[] series = [.. rows.Select(row => row.Series ?? "").Distinct()];
            if (series.Length <= FewLines) return Plots.Lines(rows, told);
            if (series.Length <= FewPanels)
                return Plots.Multiples(
                    [.. series.Select(name =>
                        (name, (IReadOnlyList<PlotRow>)[.. rows.Where(row => row.Series == name)
                            .Select(row => row with { Series = null })]))], told);
            return Plots.Heat([.. rows.Select(row => row with { Label = row.Series ?? "", Series = row.Label })], told);
        }

        if (areas.Length > 1 && kinds.Length > 1)
        {
            PlotRow[] rows =
                [.. results.Select(result => Row(result, Place(result, told), Kind(result, told) ?? House.Say(told, "alla", "all")))];
            return kinds.Length <= FewSeries ? Plots.Bars(rows, told) : Plots.Heat(rows, told);
        }

        return Plots.Bars(
            [.. results.Select(result =>
                Row(result, areas.Length > 1 || Kind(result, told) is null ? Place(result, told) : Kind(result, told)!, null))], told);
    }

    /// <summary>A plot of the columns of a public extract: a histogram of one column of numbers, boxes of it by a column of texts, points
    /// of two, lines over periods, bars by area.</summary>
    /// <param name="extract">The extract.</param>
    /// <param name="x">The column across, or the only one.</param>
    /// <param name="y">The column of numbers upwards; null for the distribution of <paramref name="x"/>.</param>
    /// <param name="group">The column of the group: colours of points, lines, boxes.</param>
    /// <param name="label">The column of the names of points.</param>
    /// <param name="trend">Whether points get a straight trend with its band.</param>
    /// <param name="options">Texts, unit and size; shares want numbers that are fractions.</param>
    /// <exception cref="InvalidOperationException">Individuals stand behind the rows, and the session was not declared secure.</exception>
    public static Plot Plot(this Extract extract, string x, string? y = null, string? group = null, string? label = null,
        bool trend = false, PlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(extract);
        SecureSession.Demand(extract.Confidentiality);
        var told = (options ?? new()) with { Source = options?.Source ?? Source(extract.Provenance) };
        if (y is null)
        {
            var values = extract.Number(x).Values.ToArray();
            told = told with { XLabel = told.XLabel ?? x };
            return group is null ? Plots.Histogram(values, told)
                : Plots.Boxes([.. Enumerable.Range(0, extract.RowCount).GroupBy(row => Text(extract[group], row))
                    .Where(some => some.Key.Length > 0)
                    .Select(some => (some.Key, (IReadOnlyList<double>)[.. some.Select(row => values[row])]))], told);
        }

        var upwards = extract.Number(y);
        told = told with { YLabel = told.YLabel ?? y };
        if (extract[x] is NumberColumn { Field: { Type: not FieldType.Year, Role: not Role.Period } } across)
        {
            return Plots.Scatter([.. Enumerable.Range(0, extract.RowCount)
                .Where(row => across.MarkAt(row) == Mark.None && upwards.MarkAt(row) == Mark.None).Select(row => new PlotPoint(
                across.Values[row], upwards.Values[row], label is null ? null : Text(extract[label], row), group is null
                ? null : Text(extract[group], row)))], told with { XLabel = told.XLabel ?? x }, trend);
        }

        PlotRow[] rows = [.. Enumerable.Range(0, extract.RowCount).Select(row => new PlotRow(
            Text(extract[x], row) is { Length: > 0 } name ? name : House.Say(told, "uppgift saknas", "no value"),
                upwards.MarkAt(row) == Mark.None ? upwards.Values[row] : null, Series: group is null
            ? null : Text(extract[group], row), Withheld: upwards.MarkAt(row) == Mark.Suppressed))];
        if (rows.DistinctBy(row => (row.Label, row.Series)).Count() < rows.Length)
        {
            return Plots.Boxes([.. rows.Where(row => row.Value is not null).GroupBy(row => row.Label)
                .Select(same => (same.Key, (IReadOnlyList<double>)[.. same.Select(row => row.Value!.Value)]))], told);
        }

        return extract[x].Field is { Role: Role.Period } or { Type: FieldType.Year } ? Plots.Lines(rows, told) : Plots.Bars(rows, told);
    }

    private static Plot Curves(Result[] results, PlotOptions told) => Plots.Lorenz(
        [.. results.GroupBy(result =>
            string.Join(", ", new[] { result.Area, result.Period, Words.Population(result.Population, told.Language),
                result.Group }.Where(text => !string.IsNullOrEmpty(text)))).Select(curve =>
        {
            var points = CurvePoints.Read(curve);
            return (curve.Key.Length > 0 ? curve.Key : House.Say(told, "alla", "all"),
                (IReadOnlyList<double>)[.. points.Select(point => point.X)], (IReadOnlyList<double>)[.. points.Select(point => point.Y)]);
        }).Where(curve => curve.Item2.Count > 1)], told);

    private static PlotRow Row(Result result, string label, string? series) => new(
        label, result.Value.HasNumber ? result.Value.Number : null, result.Lower, result.Upper, series,
        result.Value.Status == ValueStatus.Suppressed);

    private static string Place(Result result, PlotOptions told) => result.Area ?? House.Say(told, "hela området", "the whole");

    private static string? Kind(Result result, PlotOptions told) =>
        string.Join(", ", new[] { Words.Population(result.Population, told.Language), result.Group, result.Reference is { } reference
            ? $"{House.Say(told, "mot", "against")} {reference}" : null }.Where(text =>
                !string.IsNullOrEmpty(text))) is { Length: > 0 } kind ? kind : null;

    private static string Name(Result result, bool area, bool kind, PlotOptions told) =>
        string.Join(", ", new[] { area ? result.Area ?? "" : "", kind ? Kind(result, told) ?? "" : "" }.Where(text => text.Length > 0));

    private static PlotOptions Told(Released released, Result[] results, PlotOptions? options)
    {
        var told = options ?? new();
        var (measure, english) = (results[0].Measure, told.Language == Language.English);
        string[] periods = [.. results.Select(result => result.Period).OfType<string>().Distinct()], populations =
            [.. results.Select(result => Words.Population(result.Population, told.Language)).OfType<string>().Where(text => text.Length > 0)
                .Distinct()];
        var below =
            string.Join(", ",
                new[] { told.Title is null ? null : english ? measure.Name : measure.Swedish,
                    populations.Length == 1 ? populations[0] : null, periods.Length == 1 ? periods[0] : null }.OfType<string>());
        var withheld = results.Count(result => result.Value.Status == ValueStatus.Suppressed);
        var note = released.IsConfidential ? Domain.Product.ConfidentialNotice : withheld == 0 ? null
            : House.Say(told, $"{withheld.ToString(CultureInfo.InvariantCulture)} uppgifter skyddas (policy {released.Policy.Name}).",
                $"{withheld.ToString(CultureInfo.InvariantCulture)} values are withheld (policy {released.Policy.Name}).");
        return told with
        {
            Title = told.Title ?? (english ? measure.Name : measure.Swedish),
            Subtitle = told.Subtitle ?? (below.Length > 0 ? below : null),
            Unit = told.Unit.Length > 0 ? told.Unit : results[0].Unit,
            Source = told.Source ?? Source(released.Provenance),
            Note = told.Note ?? note,
        };
    }

    private static string? Source(Provenance provenance) =>
        string.Join("; ", provenance.Sources.Select(source => source.Origin is { } origin && (origin.Publisher ?? origin.Title) is not null
        ? string.Join(", ", new[] { origin.Publisher, origin.Title }.OfType<string>()) : source.File).Distinct()) is { Length: > 0 } text
        ? text : null;

    private static string Text(Column column, int row) =>
        column.MarkAt(row) != Mark.None ? "" : Convert.ToString(column.ValueAt(row), CultureInfo.InvariantCulture) ?? "";
}
