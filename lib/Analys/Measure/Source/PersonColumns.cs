using System.Collections.Immutable;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure.Segregation;
using Analys.Measure.Study;
using Analys.Measure.Study.Beside;

namespace Analys.Measure.Source;

/// <summary>Which columns of an extract say what. A name that is null is found by its role; a role that no column has is passed
/// over.</summary>
internal sealed record PersonColumns
{
    /// <summary>Every column by its role.</summary>
    public static PersonColumns ByRole { get; } = new();

    /// <summary>Income per consumption unit.</summary>
    public string? Income { get; init; }

    /// <summary>The weight.</summary>
    public string? Weight { get; init; }

    /// <summary>The area.</summary>
    public string? Area { get; init; }

    /// <summary>Age in years.</summary>
    public string? Age { get; init; }

    /// <summary>The household.</summary>
    public string? Household { get; init; }

    /// <summary>The cluster that was drawn; the household where none is known.</summary>
    public string? Cluster { get; init; }

    /// <summary>The stratum that it was drawn from.</summary>
    public string? Stratum { get; init; }

    /// <summary>The person, for panels.</summary>
    public string? Person { get; init; }

    /// <summary>The year.</summary>
    public string? Period { get; init; }

    /// <summary>Whether persons of all periods are taken for one population, which must be asked for: <c>all</c> in the place of a
    /// column.</summary>
    public bool PoolsPeriods => Period == "all";

    /// <summary>Social transfers, in the unit of the income.</summary>
    public string? Transfers { get; init; }

    /// <summary>The cost of the dwelling, in the unit of the income.</summary>
    public string? HousingCost { get; init; }

    /// <summary>Months with income support in the year.</summary>
    public string? SupportMonths { get; init; }

    /// <summary>A random number of each person, by row, for policies with noise by cell keys; null for none.</summary>
    public uint[]? CellKeys { get; init; }

    /// <summary>Replicate weights; empty to take those with that role.</summary>
    public ImmutableArray<string> ReplicateWeights { get; init; } = [];

    /// <summary>The columns to break down by: names, or roles such as <c>area</c>, <c>familyType</c>, <c>tenure</c>; <c>ageGroup</c> for
    /// <see cref="AgeGroups"/>.</summary>
    public ImmutableArray<string> By { get; init; } = [];

    /// <summary>The age groups of the breakdown <c>ageGroup</c>.</summary>
    public ImmutableArray<AgeSpan> AgeGroups { get; init; } = [new(0, 5), new(6, 12), new(13, 17), new(18, 19), new(20, 64), new(65, null)];

    /// <summary>Whether an income must be there: not for measures of assistance.</summary>
    public bool IncomeRequired { get; init; } = true;

    /// <summary>What is done with incomes below zero.</summary>
    public NegativeIncomes Negative { get; init; }

    /// <summary>The column that is held against the rank of income, for the concentration index.</summary>
    public string? Outcome { get; init; }

    /// <summary>The columns of the sources of income, for Gini's index by source.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>The column of sex, for the gap between women and men.</summary>
    public string? Sex { get; init; }

    /// <summary>What stands for a woman in it; null to know the usual words.</summary>
    public string? Woman { get; init; }

    /// <summary>What deprivation in several dimensions is counted by.</summary>
    public Dimensions? Dimensions { get; init; }

    /// <summary>Whether those of 65 years and above are told apart.</summary>
    public bool WantsSeniors { get; init; }

    /// <summary>Whether the income is the household's whole, to be divided by a power of its size.</summary>
    public bool WholeHousehold { get; init; }

    /// <summary>Whether rows without an income are refused; otherwise they are left out, and the provenance says so.</summary>
    public bool RejectMissingIncome { get; init; }
}

/// <summary>Takes weighted persons from an extract: the columns that a layout finds, for sources of every kind alike.</summary>
internal static class PersonTableReader
{
    /// <summary>Reads the columns that measures of persons need.</summary>
    /// <param name="extract">The extract, a row per person (and year).</param>
    /// <param name="columns">Which columns; by role where not named.</param>
    /// <exception cref="ColumnNotFoundException">A named column is not there, or no column has a role that is needed.</exception>
    /// <exception cref="CountException">A weight is negative or missing, or an income is missing and must not be.</exception>
    public static PersonTable Read(Extract extract, PersonColumns columns)
    {
        ArgumentNullException.ThrowIfNull(extract);
        ArgumentNullException.ThrowIfNull(columns);
        var schema = extract.Schema with { Fields = [.. extract.Columns.Select(column => column.Field)] };
        var layout = PersonLayout.Of(schema, columns, name => extract.Number(name));
        // A household's whole income is divided by its size later.
        if (columns.WholeHousehold) layout = layout with
        {
            Income = columns.Income ?? extract.Get(Role.DisposableIncome).Name,
            Units = null
        };
        // The values tell, where a name alone does not, whether a column is the year; and rows may be asked to be added up.
        if (columns.Period is null) layout = layout with { Period = extract.PoolsPeriods ? null : Periods.OfPersons(extract)?.Name };
        var periods = layout.Period is { } period ? BreakdownReader.Of(extract[period], period, false) : null;
        var ages = Numbers(extract, layout.Age);
        // Numbering households, checking weights and ordering the values of breakdowns are passes over all rows; none needs another.
        var households = Task.Run(() => Keys(extract, layout.Household));
        var breakdowns = Task.Run<ImmutableArray<Breakdown>>(() => [.. layout.By.Select(key => key.AgeGroups.IsEmpty
            ? BreakdownReader.Of(extract[key.Column], key.Name, key.IsArea)
            : BreakdownReader.AgeGroups(ages.Span, key.AgeGroups, key.Name))]);
        var table = new PersonTable
        {
            Count = extract.RowCount,
            Incomes = Negative(Amounts(extract, layout, layout.Income), layout.Negative),
            Weights = Weights(extract, layout.Weight),
            Ages = ages,
            Households = households.GetAwaiter().GetResult(),
            Clusters = Keys(extract, layout.Cluster == layout.Household ? null : layout.Cluster),
            Strata = Keys(extract, layout.StratumKey?.Column),
            Persons = Keys(extract, layout.Person),
            Periods = periods?.Codes ?? default,
            PeriodNames = periods?.Values ?? [],
            Transfers = Amounts(extract, layout, layout.Transfers),
            HousingCosts = Amounts(extract, layout, layout.HousingCost),
            SupportMonths = Months(extract, layout.SupportMonths),
            CellKeys = columns.CellKeys,
            ReplicateWeights = [.. layout.ReplicateWeights.Select(name => Replicate(extract, name))],
            Cutoff = columns.Dimensions?.Cutoff ?? 0,
            Substitution = columns.Dimensions?.Substitution ?? 1,
            Breakdowns = breakdowns.GetAwaiter().GetResult(),
            Confidentiality = extract.Confidentiality,
            Provenance = extract.Provenance,
        };
        table = table with { Besides = Besides.Of(extract, columns, table.Incomes, ages) };
        return Apart(LeaveOut(extract, table, layout)).Ordered();
    }

    // Clusters whose numbers begin anew in each stratum are others, though their numbers are the same.
    private static PersonTable Apart(PersonTable table)
    {
        if (table.Strata.IsEmpty || table.ClustersInForce.IsEmpty) return table;
        ReadOnlySpan<int> clusters = table.ClustersInForce.Span, strata = table.Strata.Span, periods = table.Periods.Span;
        var first = new Dictionary<(int Cluster, int Period), int>();
        var same = false;
        var numbers = new Dictionary<(int, int), int>();
        var apart = new int[table.Count];
        // A person whose stratum is not known has a number of its own there: that is no other stratum.
        var rows = new int[KeyIndex.Size(strata)];
        foreach (var stratum in strata) rows[stratum]++;
        for (var row = 0; row < apart.Length; row++)
        {
            var key = (clusters[row], periods.IsEmpty ? 0 : periods[row]);
            if (rows[strata[row]] > 1 && !first.TryAdd(key, strata[row])) same |= first[key] != strata[row];
            if (!numbers.TryGetValue((clusters[row], strata[row]), out apart[row]))
                numbers.Add((clusters[row], strata[row]), apart[row] = numbers.Count);
        }

        return !same ? table : table with
        {
            Clusters = apart,
            Provenance = table.Provenance.With(
                "note: clusters have the same numbers in several strata: they are taken as different clusters of each stratum"),
        };
    }

    private static PersonTable LeaveOut(Extract extract, PersonTable table, PersonLayout layout)
    {
        if (table.Incomes.IsEmpty) return table;
        var income = table.Incomes.Span;
        var missing = 0;
        foreach (var value in income)
        {
            if (double.IsNaN(value) || (layout.Negative == NegativeIncomes.Exclude && value < 0)) missing++;
        }

        if (missing == 0) return table;
        var rows = new int[table.Count - missing];
        var next = 0;
        var marked = false;
        for (var row = 0; row < table.Count; row++)
        {
            marked |= double.IsNaN(income[row]);
            if (!double.IsNaN(income[row]) && !(layout.Negative == NegativeIncomes.Exclude && income[row] < 0)) rows[next++] = row;
        }

        if (marked && layout.RejectMissingIncome)
            throw new CountException(
                $"{extract.Where(layout.Income!, row => double.IsNaN(table.Incomes.Span[row]))}: an income is missing, and the call "
                    + "refuses "
                    + "missing incomes.");
        var picked = table.Pick(rows);
        return marked ? picked with { Provenance = table.Provenance.With("persons without an income were left out") } : picked;
    }

    private static ReadOnlyMemory<double> Weights(Extract extract, string? name)
    {
        var weights = Numbers(extract, name);
        foreach (var weight in weights.Span)
        {
            if (!IsWeight(weight))
                throw new CountException($"{extract.Where(name!, row => !IsWeight(weights.Span[row]))}: a weight is negative or missing.");
        }

        return weights;

        static bool IsWeight(double weight) => weight >= 0 && double.IsFinite(weight);
    }

    private static ReadOnlyMemory<double> Replicate(Extract extract, string name)
    {
        var column = extract.Number(name);
        return column.HasMarks
            ? throw new CountException($"{extract.Where(name, row => column.MarkAt(row) != Mark.None)}: a replicate weight is missing.")
            : column.Memory;
    }

    // A dash, or nothing at all where assistance is listed, is not the same: nil is zero months, a missing value is not known.
    private static ReadOnlyMemory<double> Months(Extract extract, string? name)
    {
        if (name is null) return default;
        var number = extract.Number(name);
        if (!number.HasMarks) return number.Memory;
        var months = number.Values.ToArray();
        for (var row = 0; row < months.Length; row++)
        {
            if (number.MarkAt(row) == Mark.Nil) months[row] = 0;
        }

        return months;
    }

    // Incomes as they are, or a household's divided by its consumption units; what is taken from them likewise.
    private static ReadOnlyMemory<double> Amounts(Extract extract, PersonLayout layout, string? name)
    {
        if (name is null || layout.Income is null) return default;
        var amounts = extract.Number(name);
        if (layout.Units is null) return amounts.Memory;
        var units = extract.Number(layout.Units);
        var quotients = new double[amounts.Count];
        for (var row = 0; row < quotients.Length; row++)
        {
            if (units.Values[row] <= 0)
                throw new CountException(
                    $"{extract.Where(units.Name, bad => units.Values[bad] <= 0)}: a number of consumption units is not above 0.");
            quotients[row] = amounts.Values[row] / units.Values[row];
        }

        return quotients;
    }

    private static ReadOnlyMemory<double> Negative(ReadOnlyMemory<double> incomes, NegativeIncomes treatment)
    {
        if (treatment != NegativeIncomes.Zero) return incomes;
        var changed = incomes.ToArray();
        for (var row = 0; row < changed.Length; row++)
        {
            if (changed[row] < 0) changed[row] = 0;
        }

        return changed;
    }

    private static ReadOnlyMemory<int> Keys(Extract extract, string? name) =>
        name is null ? default(ReadOnlyMemory<int>) : KeyIndex.Of(extract[name]);

    private static ReadOnlyMemory<double> Numbers(Extract extract, string? name) => name is null ? default : extract.Number(name).Memory;
}
