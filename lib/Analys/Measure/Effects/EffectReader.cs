using Analys.Load;
using Analys.Load.Undescribed;
using Analys.Measure.Effects.Fits;
using Analys.Measure.Effects.Panel;
using Analys.Measure.Effects.Persons;

namespace Analys.Measure.Effects;

/// <summary>Which column is what.</summary>
internal sealed record EffectColumns
{
    /// <summary>The unit; null for one a row.</summary>
    public string? Unit { get; init; }

    /// <summary>The outcome; null while a plan is made, which never asks for it.</summary>
    public string? Outcome { get; init; }

    /// <summary>The period of a panel.</summary>
    public string? Time { get; init; }

    /// <summary>The period from which a unit has the measure; empty cells for never.</summary>
    public string? Start { get; init; }

    /// <summary>Who was treated, of persons seen once.</summary>
    public string? Treated { get; init; }

    /// <summary>The cluster.</summary>
    public string? Cluster { get; init; }

    /// <summary>The weight.</summary>
    public string? Weight { get; init; }

    /// <summary>The covariates.</summary>
    public IReadOnlyList<string> Covariates { get; init; } = [];

    /// <summary>True for a panel.</summary>
    public bool IsPanel => Time is not null;
}

/// <summary>Reads the arrays of a study from an extract. Messages name columns and rows, never what stands in a cell.</summary>
internal sealed class EffectReader
{
    private readonly Extract extract;
    private readonly EffectColumns columns;
    private readonly List<EffectNote> notes = [];

    /// <summary>Prepares the reading.</summary>
    public EffectReader(Extract extract, EffectColumns columns)
    {
        this.extract = extract;
        this.columns = columns;
        foreach (var name in new[] { columns.Unit, columns.Outcome, columns.Time, columns.Start, columns.Treated, columns.Cluster,
            columns.Weight }
            .Concat(columns.Covariates).OfType<string>()) _ = extract[name];
    }

    /// <summary>What was left out or taken for granted.</summary>
    public IReadOnlyList<EffectNote> Notes => notes;

    /// <summary>The panel; without an outcome column all outcomes are 0, for a plan.</summary>
    public PanelData Panel()
    {
        var units = Keys(columns.Unit!);
        var (times, name) = Times(extract[columns.Time!], columns.Start is null ? null : extract[columns.Start]);
        var starts = Starts(times.Distinct().Where(double.IsFinite).DefaultIfEmpty(0).Min());
        var outcomes = columns.Outcome is null ? new double[extract.RowCount] : Numbers(columns.Outcome);
        var weights = Weights();
        var clusters = columns.Cluster is null ? null : Keys(columns.Cluster);
        double[] periods = [.. times.Where(double.IsFinite).Distinct().Order()];
        var places = periods.Select((period, place) => (period, place)).ToDictionary(one => one.period, one => one.place);
        var rows = new Dictionary<string, int[]>(StringComparer.Ordinal);
        List<string> order = [];
        for (var row = 0; row < extract.RowCount; row++)
        {
            if (units[row] is not { } unit || !double.IsFinite(times[row])) continue;
            if (!rows.TryGetValue(unit, out var own))
            {
                rows[unit] = own = new int[periods.Length];
                Array.Fill(own, -1);
                order.Add(unit);
            }

            if (own[places[times[row]]] >= 0) throw Wrong(columns.Unit!, at => at == row, "a unit has two rows for one period");
            own[places[times[row]]] = row;
            var first = own.First(one => one >= 0);
            if (!Nullable.Equals(starts[row], starts[first]))
                throw Wrong(columns.Start!, at => at == row, "a unit has one start, the same in all its rows");
            if (clusters is not null && clusters[row] != clusters[first])
                throw Wrong(columns.Cluster!, at => at == row, "a unit has one cluster");
        }

        string[] whole = [.. order.Where(unit => rows[unit].All(row => row >= 0 && double.IsFinite(outcomes[row]) && weights[row] > 0))];
        if (whole.Length < order.Count) Note("incomplete",
            "Units without a row, an outcome or a weight in some period are left out: the methods want the same units throughout.");
        var covariates = Covariates([.. whole.Select(unit => rows[unit][0])]);
        var keys = clusters is null ? null
            : Numbered([.. whole
            .Select(unit => clusters[rows[unit][0]] ?? throw Wrong(columns.Cluster!, at =>
            clusters[at] is null, "a cluster in each row"))]);
        return new([.. whole.Select(unit => rows[unit].Select(row => outcomes[row]).ToArray())],
            [.. whole.Select(unit => starts[rows[unit][0]])], periods, whole, keys,
            columns.Weight is null ? null : [.. whole.Select(unit => weights[rows[unit][0]])], covariates, name);
    }

    /// <summary>The persons; without an outcome column all outcomes are 0, for a plan.</summary>
    public CrossSection Persons()
    {
        var treated = Treated();
        var outcomes = columns.Outcome is null ? new double[extract.RowCount] : Numbers(columns.Outcome);
        var weights = Weights();
        var clusters = columns.Cluster is null ? null : Keys(columns.Cluster);
        if (columns.Unit is { } unit)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var keys = Keys(unit);
            for (var row = 0; row < keys.Length; row++)
            {
                if (keys[row] is { } key && !seen.Add(key))
                    throw Wrong(unit, at => at == row, "each unit once; a panel has --time and --start");
            }
        }

        int[] rows = [.. Enumerable.Range(0, extract.RowCount)
            .Where(row => treated[row] is not null && double.IsFinite(outcomes[row]) && weights[row] > 0
            && columns.Covariates.All(name => extract[name].MarkAt(row) == Mark.None) && (clusters is null || clusters[row] is not null))];
        if (rows.Length < extract.RowCount) Note("incomplete",
            "Rows without a treatment, an outcome, a weight, a cluster or a covariate are left out.");
        return new(CrossSection.At(outcomes, rows), Array.ConvertAll(rows, row => treated[row]!.Value), Covariates(rows),
            columns.Weight is null ? null : CrossSection.At(weights, rows), clusters is null ? null
                : Numbered(Array.ConvertAll(rows, row => clusters[row]!)));
    }

    private void Note(string code, string text) => notes.Add(new(code, text));

    private CellException Wrong(string column, Func<int, bool> isWrong, string expected) =>
        new($"{extract.Where(column, isWrong)}: expected {expected}.");

    private double[] Numbers(string name)
    {
        if (extract[name] is TextColumn { Field.Doubt: null } text && TwoLevels(text) is { } flags)
            return Array.ConvertAll(flags, flag => flag is { } yes ? yes ? 1.0 : 0 : double.NaN);
        return extract.Number(name).Values.ToArray();
    }

    private double[] Weights()
    {
        if (columns.Weight is null) return Fits.Covariates.Ones(extract.RowCount);
        var weights = Numbers(columns.Weight);
        return weights.Any(weight => weight < 0) ? throw Wrong(columns.Weight, row => weights[row] < 0, "a weight that is not negative")
            : weights;
    }

    // A unit, cluster or level as text; null where a mark stands.
    private string?[] Keys(string name) => extract[name] switch
    {
        NumberColumn number => [.. number.Values.ToArray().Select(value => double.IsFinite(value) ? PanelData.Text(value) : null)],
        TextColumn text => [.. text.Codes.ToArray().Select(code => code < 0 ? null : text.Categories[code])],
        var other => throw new ColumnNotFoundException($"The column {other.Name} holds neither numbers nor texts."),
    };

    private static int[] Numbered(string[] keys)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        return Array.ConvertAll(keys, key => known.TryGetValue(key, out var number) ? number : known[key] = known.Count);
    }

    // Periods as numbers: years as they are; texts (2015T1, 2015-03) by their order, which is then also that of starts.
    private static (double[] Times, Func<double, string>? Name) Times(Column time, Column? start)
    {
        if (time is NumberColumn number) return (number.Values.ToArray(), null);
        var text = (TextColumn)time;
        string[] names = [.. text.Categories.Concat((start as TextColumn)?.Categories ?? []).Distinct().Order(StringComparer.Ordinal)];
        return ([.. text.Codes.ToArray().Select(code => code < 0 ? double.NaN : Array.IndexOf(names, text.Categories[code]))], value =>
            names[(int)value]);
    }

    private double?[] Starts(double firstPeriod)
    {
        var starts = extract[columns.Start!];
        switch (starts)
        {
            case NumberColumn number when extract[columns.Time!] is NumberColumn:
                // The did package writes never as 0; among years it cannot be one.
                var zeros = firstPeriod >= 1000 && number.Values.Contains(0);
                if (zeros) Note("zero-start", "A start of 0 counts as never: it is no year.");
                return [.. number.Values.ToArray()
                    .Select(value => !double.IsFinite(value) || (zeros && value == 0) ? (double?)null : value)];
            case TextColumn text when extract[columns.Time!] is TextColumn time:
                string[] names = [.. time.Categories.Concat(text.Categories).Distinct().Order(StringComparer.Ordinal)];
                return [.. text.Codes.ToArray().Select(code => code < 0 ? (double?)null : Array.IndexOf(names, text.Categories[code]))];
            default:
                // A column without any start is empty, whatever it was taken for.
                if (Enumerable.Range(0, starts.Count).All(row => starts.MarkAt(row) != Mark.None)) return new double?[starts.Count];
                throw Wrong(columns.Start!, row =>
                    starts.MarkAt(row) == Mark.None, $"starts of the same kind as the periods in {columns.Time}, empty for never");
        }
    }

    private bool?[] Treated()
    {
        switch (extract[columns.Treated!])
        {
            case NumberColumn number:
                var values = number.Values.ToArray();
                if (values.Any(value => double.IsFinite(value) && value is not (0 or 1)))
                    throw Wrong(columns.Treated!, row => double.IsFinite(values[row]) && values[row] is not (0 or 1), "0 or 1");
                return Array.ConvertAll(values, value => double.IsFinite(value) ? value == 1 : (bool?)null);
            case TextColumn text when TwoLevels(text) is { } flags:
                return flags;
            default:
                throw Wrong(columns.Treated!, _ => true, "0 or 1, ja or nej, yes or no, true or false");
        }
    }

    private static bool?[]? TwoLevels(TextColumn text)
    {
        bool?[] meanings = [.. text.Categories.Select(category => category.Trim().ToLowerInvariant() switch
        {
            "1" or "ja" or "j" or "yes" or "y" or "true" or "sant" => true,
            "0" or "nej" or "n" or "no" or "false" or "falskt" => (bool?)false,
            _ => null,
        })];
        return meanings.Contains(null) ? null : [.. text.Codes.ToArray().Select(code => code < 0 ? null : meanings[code])];
    }

    private Covariates Covariates(int[] rows)
    {
        List<(string, double[]?, string[]?)> sources = [];
        foreach (var name in columns.Covariates)
        {
            var column = extract[name];
            if (rows.FirstOrDefault(row => column.MarkAt(row) != Mark.None, -1) is >= 0 and var missing)
                throw Wrong(name, row => row == missing, "a value in the first period of each unit");
            if (column is NumberColumn number)
            {
                sources.Add((name, CrossSection.At(number.Values.ToArray(), rows), null));
                continue;
            }

            var keys = Keys(name);
            sources.Add((name, null, Array.ConvertAll(rows, row => keys[row]!)));
        }

        return Fits.Covariates.Of(sources);
    }
}
