using Analys.Domain;
using Analys.Load;
using Analys.Measure.Indicators;

namespace Analys;

/// <content>Figures that were published, and follow-up of a plan's indicators.</content>
public static partial class ExtractMeasures
{
    /// <summary>The share of persons who live in households with income support, from a table of numbers and rounded
    /// percentages.</summary>
    /// <remarks>Swedish: <i>andel i familjer med ekonomiskt bistånd</i>. Where the table has numbers too, the interval is the hull of
    /// Wilson's at both bounds that the rounding leaves for the population.</remarks>
    /// <param name="extract">A table with a rate, and perhaps a count, for the ages.</param>
    /// <param name="ages">The ages; everyone where nothing is said.</param>
    /// <param name="period">The year; null for the latest that the table has for those ages.</param>
    /// <param name="totals">Whether rows that the schema calls totals (regions) are kept; the whole city always is.</param>
    /// <exception cref="ColumnNotFoundException">The table has no rate for these ages and this period.</exception>
    public static Results IncomeSupport(this Extract extract, AgeChoice ages = default, string? period = null, bool totals = false) =>
        extract.WithoutTotals(IncomeSupportShare.Of(extract, ages.Single, period), totals);

    /// <summary>Figures that the source itself computed: nothing is computed again, only units are made ours.</summary>
    /// <remarks>Swedish: <i>publicerade uppgifter</i>.</remarks>
    /// <param name="extract">The table.</param>
    /// <param name="measure">The id of what the source says that they are, such as <c>mean-household-income</c>.</param>
    /// <param name="column">The column; its schema says the unit (percent becomes a share, tkr and mnkr become kronor).</param>
    /// <param name="population">Who is measured; null to take what the schema says of the column.</param>
    /// <param name="where">Which rows, as <c>COLUMN=VALUE</c>; null for all.</param>
    /// <param name="totals">Whether rows that the schema calls totals (regions) are kept; the whole city always is.</param>
    /// <exception cref="ArgumentException">The id is not known, or a condition is not understood.</exception>
    /// <exception cref="ColumnNotFoundException">A column is not there.</exception>
    public static Results Published(this Extract extract, string measure, string column, string? population = null,
        IReadOnlyList<string>? where = null, bool totals = false)
    {
        ArgumentNullException.ThrowIfNull(extract);
        var definition = Measures.Find(measure)[0].Definition;
        List<Func<int, bool>> conditions = [.. (where ?? []).Select(text => Condition(extract, text))];
        return extract.WithoutTotals(Measure.Indicators.Published.Of(extract, definition, column, population,
            row => conditions.TrueForAll(condition => condition(row))), totals);
    }

    /// <summary>The totals of the table that are not the sums of their parts, and by how much.</summary>
    /// <remarks>Swedish: <i>personer utanför stadsdelsområdena</i>.</remarks>
    /// <param name="extract">The table; its schema names the total rows.</param>
    public static Results Disagreements(this Extract extract) => TableDisagreement.Of(extract);

    /// <summary>The ratio and the difference of the areas with the highest and the lowest value.</summary>
    /// <remarks>Swedish: <i>skillnad mellan stadsdelsområden</i>.</remarks>
    /// <param name="results">One measure by area; the whole and areas without a number are left out.</param>
    /// <param name="areas">The areas to compare; null for all.</param>
    /// <param name="halfWidth">Half the unit that the values were rounded to (0.0005 for percentages with one decimal); 0 for exact
    /// values.</param>
    public static Results WidestGap(this Results results, IReadOnlyCollection<string>? areas = null, double halfWidth = 0) =>
        AreaGap.Widest(results, areas, halfWidth);

    /// <summary>Follow-up of a plan's indicators: targets, joint values from districts, outcomes and margins.</summary>
    /// <remarks>Swedish: <i>måluppföljning</i>.</remarks>
    /// <param name="plan">A table with the roles indicator, direction, aggregation, unitName and the targets.</param>
    public static Results FollowUp(this Extract plan) => IndicatorFollowUp.Of(plan);

    /// <summary>The rows of a plan whose districts' targets do not make the board's, and totals that are not the sums of their
    /// rows.</summary>
    /// <param name="plan">A table with the roles indicator, direction, aggregation, unitName and the targets.</param>
    public static IReadOnlyList<Finding> CheckFollowUp(this Extract plan) => IndicatorFollowUp.Check(plan);

    /// <summary>The same figures under other labels: what a chart needs to set one table beside another.</summary>
    /// <remarks>For public figures only: of confidential ones the labels say who is counted, and disclosure control needs them.</remarks>
    /// <param name="results">The figures.</param>
    /// <param name="area">The area of all; null to leave it.</param>
    /// <param name="period">The period of all; null to leave it.</param>
    /// <param name="group">The group of all; null to leave it.</param>
    /// <exception cref="InvalidOperationException">The figures are confidential.</exception>
    public static Results Relabel(this Results results, string? area = null, string? period = null, string? group = null)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (results.Confidentiality != Confidentiality.Public)
            throw new InvalidOperationException("Labels of confidential results say who is counted: they cannot be changed.");
        return new Results(results.Select(result => result with
        {
            Area = area ?? result.Area,
            Period = period ?? result.Period,
            Group = group ?? result.Group,
        }), results.Confidentiality, results.Provenance);
    }

    private static Results WithoutTotals(this Extract extract, Results results, bool totals) =>
        totals ? results : results.Where(result => !extract.Schema.Totals.Contains(result.Area ?? ""));

    private static Func<int, bool> Condition(Extract extract, string text)
    {
        if (text.Split('=', 2) is not [var name, var wanted]) throw new CallException("A condition is written COLUMN=VALUE.");
        if (extract[name] is TextColumn column) return row => column.Codes[row] >= 0 && column.Categories[column.Codes[row]] == wanted;
        var numbers = extract.Number(name);
        return double.TryParse(wanted, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? row => numbers.Values[row] == number
            : throw new CallException($"The column {name} holds numbers: the condition must name one.");
    }
}
