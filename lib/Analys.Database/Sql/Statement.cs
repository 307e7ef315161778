using System.Globalization;
using System.Text;
using Analys.Measure;
using Analys.Measure.Income;
using Analys.Measure.Source;

namespace Analys.Database.Sql;

/// <summary>A statement and its parameters: values never become text.</summary>
internal sealed class Statement(SqlDialect dialect)
{
    private readonly List<object> values = [];
    private readonly Dictionary<object, string> names = [];

    public SqlDialect Dialect => dialect;

    public IReadOnlyList<object> Values => values;

    /// <summary>The name of a parameter with this value.</summary>
    public string Parameter(object value)
    {
        if (names.TryGetValue(value, out var known)) return known;
        var name = dialect.Mark(values.Count);
        values.Add(value);
        return names[value] = name;
    }

    /// <summary>A number as a double of the engine.</summary>
    public string Number(double value) => $"cast({Parameter(value)} as {dialect.Real})";

    public string Real(string expression) => $"cast({expression} as {dialect.Real})";

    public string One => $"cast(1 as {dialect.Real})";

    public string Zero => $"cast(0 as {dialect.Real})";

    public string Flag(string condition) => $"case when {condition} then {One} else {Zero} end";

    public string Where(string condition, string value) => $"case when {condition} then {value} else {Zero} end";

    /// <summary>The bin of an income by a tree of comparisons: as exact as the comparisons of the engine.</summary>
    public string BinTree(string income, ReadOnlySpan<double> pivots, int first = 0)
    {
        if (pivots.IsEmpty) return first.ToString(CultureInfo.InvariantCulture);
        var middle = pivots.Length / 2;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"case when {income} <= {Parameter(pivots[middle])} then ");
        text.Append(BinTree(income, pivots[..middle], first)).Append(" else ")
            .Append(BinTree(income, pivots[(middle + 1)..], first + middle + 1)).Append(" end");
        return text.ToString();
    }

    /// <summary>How many times the bootstrap draws the cluster of a key.</summary>
    public string Draws(string key, PoissonReplicate replicate)
    {
        var modulus = PoissonReplicate.FirstModulus.ToString(CultureInfo.InvariantCulture);
        var x = $"((cast({key} as {dialect.Whole}) % {modulus} + {modulus}) % {modulus})";
        foreach (var (factor, addend, mod) in replicate.Steps) x =
            string.Create(CultureInfo.InvariantCulture,
                $"(({x} * cast({factor} as {dialect.Whole}) + cast({addend} as {dialect.Whole})) % {mod})");
        // Who has no key cannot be drawn and keeps the weight.
        var text = new StringBuilder($"case when {key} is null then 1");
        for (var times = 0; times < PoissonReplicate.Limits.Length; times++)
            text.Append(CultureInfo.InvariantCulture, $" when {x} < {PoissonReplicate.Limits[times]} then {times}");
        return text.Append(CultureInfo.InvariantCulture, $" else {PoissonReplicate.Limits.Length} end").ToString();
    }
}

/// <summary>The rows of a scope as a derived table: keys k0, k1, ..., income y, weight w, household h, cluster c and the shard s. It stands
/// inside aggregates only.</summary>
internal sealed class BaseRows(Statement statement, SourceFrame frame, string table, string? partition, Func<string, string, object?> raw)
{
    /// <summary>The columns of households and clusters that the derived table has.</summary>
    public IEnumerable<string> KeyColumns =>
        [.. frame.Layout.Household is null ? Array.Empty<string>() : ["h"], .. HasCluster ? new[] { "c" } : []];

    /// <summary>Whether the derived table has clusters.</summary>
    public bool HasCluster => frame.Layout.Cluster is not null;

    /// <summary>The derived table.</summary>
    /// <param name="scope">Whose rows.</param>
    /// <param name="alias">Its name.</param>
    /// <param name="ages">Whether the age is wanted, as a.</param>
    /// <param name="persons">Whether the person is wanted, as p.</param>
    /// <param name="period">Whether the period is wanted, as t.</param>
    public string Of(Scope scope, string alias = "b", bool ages = false, bool persons = false, bool period = false)
    {
        var layout = frame.Layout;
        List<string> columns = [$"{Income(scope.Concept)} as y", $"{Weight(scope)} as w"];
        if (layout.Household is { } household) columns.Add($"{Name(household)} as h");
        if (ages) columns.Add($"{Number(layout.Age!)} as a");
        if (persons) columns.Add($"{Name(layout.Person!)} as p");
        if (period) columns.Add($"{Name(layout.Period!)} as t");
        return OfColumns(scope, columns, alias);
    }

    /// <summary>A derived table with the keys of a scope, the cluster c and columns of the caller's.</summary>
    public string OfColumns(Scope scope, IEnumerable<string> own, string alias = "b", bool household = false)
    {
        var columns = new List<string>();
        if (partition is not null) columns.Add($"{Name(partition)} as s");
        for (var i = 0; i < scope.By.Length; i++)
            columns.Add(string.Create(CultureInfo.InvariantCulture, $"{Key(frame.Layout.Keys[scope.By[i]])} as k{i}"));
        if (frame.Layout.Cluster is { } cluster) columns.Add($"{Name(cluster)} as c");
        if (household) columns.Add($"{Name(frame.Layout.Household!)} as h");
        columns.AddRange(own);
        var where = Conditions(scope).ToList();
        return $"(select {string.Join(", ", columns)} from "
            + $"{table}{(where.Count == 0 ? "" : " where " + string.Join(" and ", where))}) {alias}";
    }

    /// <summary>The weighted function of a part, over the source's own columns; 0 for who is not in its domain.</summary>
    public string Linear(LinearPart part)
    {
        var conditions = Conditions(part.Scope)
            .Concat(part.Scope.By.Length == 0 ? [] : [In(part.Scope, part.Domain, by => Key(frame.Layout.Keys[part.Scope.By[by]]))]);
        var y = Income(part.Scope.Concept);
        var sum =
            string.Join(" + ",
                part.Influence.Select(term => $"{statement.Number(term.Coefficient)} * {SqlTerms.Of(statement, term.Term, y)}"));
        var weighted = $"{Weight(part.Scope)} * ({sum})";
        return statement.Where(string.Join(" and ", conditions.DefaultIfEmpty("1 = 1")), weighted);
    }

    /// <summary>The condition that a row of the derived table is in a domain.</summary>
    public string In(Scope scope, int domain) => In(scope, domain, by => string.Create(CultureInfo.InvariantCulture, $"k{by}"));

    private string In(Scope scope, int domain, Func<int, string> column)
    {
        var digits = frame.Digits(scope, domain);
        return string.Join(" and ",
            scope.By.Select((by, i) => $"{column(i)} = {Value(frame.Layout.Keys[by], frame.Values[by], digits[i])}"));

        // A group of ages is known by its number; any other value is a parameter.
        string Value(KeyColumn key, IReadOnlyList<string> values, int digit) => key.AgeGroups.IsEmpty
            ? statement.Parameter(raw(key.Column, values[digit]) ?? DBNull.Value)
            : digit.ToString(CultureInfo.InvariantCulture);
    }

    private string Name(string column) => statement.Dialect.Quote(column);

    private string Number(string column) => statement.Real(Name(column));

    private string Key(KeyColumn key)
    {
        if (key.AgeGroups.IsEmpty) return Name(key.Column);
        var groups =
            key.AgeGroups.Select((span, i) =>
                string.Create(CultureInfo.InvariantCulture, $"when {InAges(Number(key.Column), span)} then {i}"));
        return $"case {string.Join(' ', groups)} end";
    }

    /// <summary>The condition that an age is in a span.</summary>
    public static string InAges(string age, AgeSpan span)
    {
        var from = $"{age} >= {span.From.ToString(CultureInfo.InvariantCulture)}";
        return span.To is { } to ? string.Create(CultureInfo.InvariantCulture, $"{from} and {age} < {to + 1L}") : from;
    }

    private string PerUnit(string column) => frame.Layout.Units is { } units ? $"({Number(column)} / {Number(units)})" : Number(column);

    private string Disposable()
    {
        var income = PerUnit(frame.Layout.Income!);
        return frame.Layout.Negative == NegativeIncomes.Zero ? $"case when {income} < 0 then {statement.Zero} else {income} end" : income;
    }

    private string Income(IncomeConcept concept) => concept switch
    {
        IncomeConcept.BeforeTransfers => $"({Disposable()} - {PerUnit(frame.Layout.Transfers!)})",
        IncomeConcept.AfterHousing => $"({Disposable()} - {PerUnit(frame.Layout.HousingCost!)})",
        IncomeConcept.SupportMonths => $"(0 - {Number(frame.Layout.SupportMonths!)})",
        _ => Disposable(),
    };

    private string Weight(Scope scope)
    {
        if (scope.WeightColumn is { } replicateWeight) return Number(frame.Layout.ReplicateWeights[replicateWeight]);
        var weight = frame.Layout.Weight is { } column ? Number(column) : statement.One;
        return scope.Replicate is { } replicate ? $"({weight} * {statement.Draws(Name(frame.Layout.Cluster!), replicate)})" : weight;
    }

    private IEnumerable<string> Conditions(Scope scope)
    {
        var layout = frame.Layout;
        if (layout.Income is { } income) yield return $"{Name(income)} is not null";
        if (layout.Income is not null && layout.Units is { } units) yield return $"{Name(units)} is not null";
        if (layout.Income is not null && layout.Negative == NegativeIncomes.Exclude) yield return $"{PerUnit(layout.Income)} >= 0";
        var other = scope.Concept switch
        {
            IncomeConcept.BeforeTransfers => layout.Transfers,
            IncomeConcept.AfterHousing => layout.HousingCost,
            IncomeConcept.SupportMonths => layout.SupportMonths,
            _ => null,
        };
        if (other is not null) yield return $"{Name(other)} is not null";
        if (scope.Period >= 0)
            yield return $"{Name(layout.Period!)} = "
                + $"{statement.Parameter(raw(layout.Period!, frame.Periods[scope.Period]) ?? DBNull.Value)}";
        if (scope.Ages is { } ages) yield return InAges(Number(layout.Age!), ages);
        if (layout.OnlyPositive) yield return $"{Disposable()} > 0";
        foreach (var by in layout.RequireKeys ? [.. Enumerable.Range(0, layout.By.Length).Union(scope.By)] : scope.By)
        {
            // A person whose value is missing belongs to the whole only; who is in no age group, likewise.
            yield return $"{Key(layout.Keys[by])} is not null";
        }
    }
}
