using System.Collections.Immutable;
using System.Globalization;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure.Space;

namespace Analys.Measure.Areas.Study;

/// <summary>The columns of a table of areas, by the names that a call gives, one period at a time.</summary>
/// <remarks>Nothing is ever added up over periods: where the table has a column of the role period, each is studied on its own.</remarks>
internal sealed class AreaInputs
{
    private readonly Extract extract;
    private readonly int[] rows;

    private AreaInputs(Extract extract, string? period, int[] rows) => (this.extract, Period, this.rows) = (extract, period, rows);

    /// <summary>The period; null where the table has none.</summary>
    public string? Period { get; }

    /// <summary>The number of rows.</summary>
    public int Count => rows.Length;

    /// <summary>The table's periods.</summary>
    /// <param name="extract">The table.</param>
    /// <param name="used">Columns that the study uses for something else.</param>
    public static IReadOnlyList<AreaInputs> Periods(Extract extract, params IReadOnlyCollection<string?> used)
    {
        int[] all = [.. Enumerable.Range(0, extract.RowCount)];
        if (extract.Find(Role.Period) is not { } column || used.Contains(column.Name)) return [new AreaInputs(extract, null, all)];
        var keys = UnitKeys.Of(column);
        return
        [
            .. all.GroupBy(row => keys[row], StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new AreaInputs(extract, group.Key, [.. group])),
        ];
    }

    /// <summary>A column's texts; null where a cell is missing.</summary>
    public string?[] Texts(string column)
    {
        var all = UnitKeys.Of(extract[column]);
        return [.. rows.Select(row => all[row])];
    }

    /// <summary>A column's numbers; NaN where a cell is missing.</summary>
    public double[] Numbers(string column)
    {
        var all = extract.Number(column).Values;
        var values = new double[rows.Length];
        for (var i = 0; i < values.Length; i++) values[i] = all[rows[i]];
        return values;
    }

    /// <summary>Columns of covariates: a column of numbers as it is, one of texts as a column of 0 and 1 for each category but the
    /// first.</summary>
    public IReadOnlyList<(string Name, double[] Values)> Covariates(IEnumerable<string> columns) =>
    [
        .. columns.SelectMany(column =>
        {
            if (extract[column] is NumberColumn) return [(column, Numbers(column))];
            var texts = Texts(column);
            return texts.OfType<string>().Distinct(StringComparer.Ordinal).Order(SwedishOrder.Comparer).Skip(1).Select(category =>
                ($"{column}={category}", texts.Select(text => text is null ? double.NaN : text == category ? 1.0 : 0).ToArray()));
        }),
    ];

    /// <summary>The household of each row, by the column with that role; each row its own where there is none.</summary>
    public int[] Households()
    {
        var column = extract.Find(Role.Household) ?? extract.Columns.FirstOrDefault(own =>
            own.Field.Role == Role.None && RoleGuess.Of(own.Field) == Role.Household);
        if (column is null) return [.. Enumerable.Range(0, rows.Length)];
        var all = UnitKeys.Of(column);
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        return
        [
            // Who has no household is one of his own.
            .. rows.Select((row, i) => all[row] is not { } key ? rows.Length + i
                : known.TryGetValue(key, out var found) ? found : known[key] = known.Count),
        ];
    }

    /// <summary>The areas of rows, each once.</summary>
    /// <exception cref="AreaModelException">A row has no area, or an area comes twice.</exception>
    public string[] Areas(string column)
    {
        var texts = Texts(column);
        if (texts.Any(text => text is null)) throw new AreaModelException("a row has no area");
        if (texts.Distinct(StringComparer.Ordinal).Count() < texts.Length) throw new AreaModelException("an area has two rows");
        return texts!;
    }

    /// <summary>A column of numbers that must all be there and not negative.</summary>
    public double[] Counts(string column)
    {
        var values = Numbers(column);
        if (values.Any(value => !(value >= 0))) throw new AreaModelException($"a cell of the column {column} is missing or below 0");
        return values;
    }
}

/// <summary>Makes the records of a study.</summary>
internal static class AreaRecords
{
    /// <summary>No parameters.</summary>
    public static ImmutableSortedDictionary<string, string> None { get; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>A record of an estimate.</summary>
    public static Result Of(Definition measure, Estimated estimate, ImmutableSortedDictionary<string, string> parameters,
        string? area = null,
        string? period = null) => new()
        {
            Measure = measure,
            Area = area,
            Period = period,
            Parameters = parameters,
            Value = estimate.Value,
            StandardError = estimate.StandardError,
            Lower = estimate.Lower,
            Upper = estimate.Upper,
        };

    /// <summary>A value with a normal interval.</summary>
    public static Estimated Normal(double value, double error, double level)
    {
        var half = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (1 + level) / 2) * error;
        return new Estimated(Quantity.Known(value), error, value - half, value + half);
    }

    /// <summary>How far one household moves a weighted mean: left out, or without its money.</summary>
    /// <remarks>Left out exactly −Σw(y − m)/(W − w_h), with its own sums; where nobody else is there the mean is its own.</remarks>
    /// <param name="owners">The household of each.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="values">What the mean is of.</param>
    public static double MoveOfMean(IReadOnlyList<int> owners, double[] weights, double[] values)
    {
        double total = weights.Sum(), mean = weights.Zip(values, (w, y) => w * y).Sum() / total;
        return Enumerable.Range(0, owners.Count).GroupBy(i => owners[i]).Max(household =>
        {
            double weight = household.Sum(i => weights[i]), money = household.Sum(i => weights[i] * values[i]), others = total - weight;
            var leftOut = others > 1e-9 * total ? Math.Abs(money - (weight * mean)) / others : Math.Abs(mean);
            return Math.Max(leftOut, Math.Abs(money) / total);
        });
    }

    /// <summary>What each household adds to a sum, in falling order.</summary>
    public static double[] Parts(IReadOnlyList<int> owners, double[] weights, double[] values) =>
    [
        .. Enumerable.Range(0, owners.Count).GroupBy(i => owners[i])
            .Select(household => household.Sum(i => Math.Abs(weights[i] * values[i]))).OrderDescending(),
    ];

    /// <summary>A basis of a figure that many counts decide, with how far one person of one cell moves it.</summary>
    /// <param name="basis">The counts; null where they are not known.</param>
    /// <param name="influence">How far; null where it is not known.</param>
    public static Basis? Summary(Basis? basis, double? influence) => basis is null
        ? null
        : basis with { Later = null, Tells = Tells.Summary, Influence = influence is { } by && double.IsFinite(by) ? by : null };

    /// <summary>How far a value moves at most when one person of one cell has the outcome and had it not, or the reverse.</summary>
    /// <param name="events">By cell, those who have it.</param>
    /// <param name="counts">By cell, all.</param>
    /// <param name="values">The values of some events.</param>
    /// <returns>By value; null where it does not exist with one person changed.</returns>
    public static double?[] Moves(double[] events, double[] counts, Func<double[], Quantity[]> values)
    {
        var before = values(events);
        var moves = before.Select(value => value.HasNumber ? 0.0 : (double?)null).ToArray();
        for (var cell = 0; cell < events.Length; cell++)
        {
            foreach (var change in new[] { 1, -1 })
            {
                if (events[cell] + change < 0 || events[cell] + change > counts[cell]) continue;
                double[] moved = [.. events];
                moved[cell] += change;
                var after = values(moved);
                // What has no value once, with or without one person, has no bound, whatever comes after.
                for (var k = 0; k < moves.Length; k++)
                    if (moves[k] is { } most)
                        moves[k] = after[k].HasNumber ? Math.Max(most, Math.Abs(after[k].Number - before[k].Number)) : null;
            }
        }

        return moves;
    }

    /// <summary>Whether a number is a share of persons: k of n within the digits that it is written with. What lies between 0 and 1 by
    /// its unit only, such as an income in millions, is not.</summary>
    /// <param name="value">The number.</param>
    /// <param name="persons">n.</param>
    public static bool IsShare(double value, double persons)
    {
        if (value is not (>= 0 and <= 1) || !(persons > 0)) return false;
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var digits = text.Contains('E', StringComparison.Ordinal) ? 15 : point < 0 ? 0 : text.Length - point - 1;
        var counted = value * persons;
        return Math.Abs(counted - Math.Round(counted)) <= (digits == 0 ? 0 : persons * 0.5 * Math.Pow(10, -digits)) + 1e-6;
    }

    /// <summary>A number as parameters have it.</summary>
    public static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
