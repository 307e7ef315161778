using System.Globalization;
using Analys.Database.Contract;
using Analys.Measure.Inequality;

namespace Analys.Database.Sql;

/// <summary>The rows of a scope as a derived table: keys k0, k1, ..., income y, weight w, household h, cluster c and the shard s. It stands inside aggregates only.</summary>
internal sealed class BaseRows(Statement statement, SourceFrame frame, string table, string? partition, Func<int, string, object?> raw)
{
    /// <summary>The columns that a query of a scope is divided by, the shard first.</summary>
    public IReadOnlyList<string> Keys(Scope scope) => [.. partition is null ? [] : new[] { "s" }, .. scope.By.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"k{i}"))];

    /// <summary>The derived table.</summary>
    /// <param name="scope">Whose rows.</param>
    /// <param name="condition">What else must hold, over the source's own columns.</param>
    public string Of(Scope scope, string? condition = null)
    {
        var layout = frame.Layout;
        var columns = new List<string>();
        if (partition is not null) columns.Add($"{Name(partition)} as s");
        for (var i = 0; i < scope.By.Length; i++) columns.Add(string.Create(CultureInfo.InvariantCulture, $"{Key(layout.By[scope.By[i]])} as k{i}"));
        columns.Add($"{Income(scope.Concept)} as y");
        columns.Add($"{Weight(scope)} as w");
        if (layout.Household is { } household) columns.Add($"{Name(household)} as h");
        if (layout.Cluster is { } cluster) columns.Add($"{Name(cluster)} as c");
        var where = Conditions(scope).ToList();
        if (condition is not null) where.Add(condition);
        return $"(select {string.Join(", ", columns)} from {statement.Dialect.QuoteTable(table)}{(where.Count == 0 ? "" : " where " + string.Join(" and ", where))}) b";
    }

    /// <summary>The condition that a row of the derived table is in a domain.</summary>
    public string In(Scope scope, int domain)
    {
        var digits = frame.Digits(scope, domain);
        return string.Join(" and ", scope.By.Select((by, i) => string.Create(
            CultureInfo.InvariantCulture,
            $"k{i} = {(frame.Layout.By[by].AgeGroups.IsEmpty ? statement.Parameter(raw(by, frame.Values[by][digits[i]]) ?? DBNull.Value) : digits[i].ToString(CultureInfo.InvariantCulture))}")));
    }

    private string Name(string column) => statement.Dialect.Quote(column);

    private string Number(string column) => statement.Real(Name(column));

    private string Key(KeyColumn key)
    {
        if (key.AgeGroups.IsEmpty) return Name(key.Column);
        var groups = key.AgeGroups.Select((span, i) => string.Create(CultureInfo.InvariantCulture, $"when {InAges(key.Column, span)} then {i}"));
        return $"case {string.Join(' ', groups)} end";
    }

    private string InAges(string column, Domain.AgeSpan span)
    {
        var from = $"{Number(column)} >= {span.From.ToString(CultureInfo.InvariantCulture)}";
        return span.To is { } to ? string.Create(CultureInfo.InvariantCulture, $"{from} and {Number(column)} < {to + 1L}") : from;
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
        if (scope.Period >= 0) yield return $"{Name(layout.Period!)} = {statement.Parameter(raw(-1, frame.Periods[scope.Period]) ?? DBNull.Value)}";
        if (scope.Ages is { } ages) yield return InAges(layout.Age!, ages);
        foreach (var by in scope.By)
        {
            // A person whose value is missing belongs to the whole only; who is in no age group, likewise.
            yield return $"{Key(layout.By[by])} is not null";
        }
    }
}
