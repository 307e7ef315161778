using System.Collections.Immutable;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Measure.Source;

/// <summary>Which columns of a source say what: names and roles resolved against its schema once, for every kind of source alike.</summary>
internal sealed record PersonLayout
{
    private static readonly string[] AgeGroupNames = ["ageGroup", "age-group", "agegroup"];

    /// <summary>Income per consumption unit, or the household's where <see cref="Units"/> is set; null where there is none.</summary>
    public string? Income { get; init; }

    /// <summary>Consumption units that incomes, transfers and housing costs are divided by; null where they are not.</summary>
    public string? Units { get; init; }

    /// <summary>The weight; null where each person counts one.</summary>
    public string? Weight { get; init; }

    /// <summary>Age in years.</summary>
    public string? Age { get; init; }

    /// <summary>The household.</summary>
    public string? Household { get; init; }

    /// <summary>The cluster that was drawn: the household where none is named.</summary>
    public string? Cluster { get; init; }

    /// <summary>The person, for panels.</summary>
    public string? Person { get; init; }

    /// <summary>The year.</summary>
    public string? Period { get; init; }

    /// <summary>Whether periods are texts.</summary>
    public bool PeriodIsText { get; init; }

    /// <summary>Social transfers.</summary>
    public string? Transfers { get; init; }

    /// <summary>The cost of the dwelling.</summary>
    public string? HousingCost { get; init; }

    /// <summary>Months with income support.</summary>
    public string? SupportMonths { get; init; }

    /// <summary>Columns of replicate weights.</summary>
    public ImmutableArray<string> ReplicateWeights { get; init; } = [];

    /// <summary>The columns to break down by.</summary>
    public ImmutableArray<KeyColumn> By { get; init; } = [];

    /// <summary>All columns that aggregates may be divided by: those of <see cref="By"/>, and the stratum last.</summary>
    public ImmutableArray<KeyColumn> Keys => StratumKey is { } stratum ? By.Add(stratum) : By;

    /// <summary>The stratum as a key; null where no column has it.</summary>
    public KeyColumn? StratumKey { get; init; }

    /// <summary>Whether persons without a value of a breakdown are left out altogether.</summary>
    public bool RequireKeys { get; init; }

    /// <summary>Whether only persons with an income above zero take part.</summary>
    public bool OnlyPositive { get; init; }

    /// <summary>What is done with incomes below zero.</summary>
    public NegativeIncomes Negative { get; init; }

    /// <summary>Whether rows without an income are refused.</summary>
    public bool RejectMissingIncome { get; init; }

    /// <summary>The layout of a source.</summary>
    /// <param name="schema">The schema of the source.</param>
    /// <param name="columns">Which columns; by role where not named.</param>
    /// <param name="isNumber">Refuses a column that holds no numbers; null to ask the schema.</param>
    /// <exception cref="ColumnNotFoundException">A named column is not there, or no column has a role that is needed.</exception>
    public static PersonLayout Of(TableSchema schema, PersonColumns columns, Action<string>? isNumber = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(columns);
        string? Number(string? name)
        {
            if (name is null) return null;
            if (isNumber is not null) isNumber(name);
            else RequireNumbers(schema, name);
            return name;
        }

        var direct = columns.Income ?? Find(schema, null, Role.EquivalisedIncome);
        var disposable = direct is null ? Find(schema, null, Role.DisposableIncome) : null;
        var units = disposable is null ? null : Find(schema, null, Role.ConsumptionUnits);
        if (direct is null && disposable is null && columns.IncomeRequired)
            throw new ColumnNotFoundException(
                "No column has the role EquivalisedIncome or DisposableIncome: name the income with --income.");
        if (disposable is not null && units is null)
            throw new ColumnNotFoundException(
                $"The income {disposable} is a household's: give the schema a column of consumption units, or name with --income what is "
                    + "meant.");
        var age = Number(Find(schema, columns.Age, Role.Age));
        var household = Find(schema, columns.Household, Role.Household);
        var period = columns.PoolsPeriods ? null : columns.Period is { } named ? Find(schema, named, Role.Period)
            : Periods.OfPersons(schema);
        return new PersonLayout
        {
            Income = Number(Named(schema, direct ?? disposable)),
            Units = Number(units),
            Weight = Number(Find(schema, columns.Weight, Role.Weight)),
            Age = age,
            Household = household,
            Cluster = Find(schema, columns.Cluster, Role.Cluster) ?? household,
            Person = Find(schema, columns.Person, Role.Person),
            Period = period,
            PeriodIsText = period is not null && !schema.Find(period)!.IsNumeric,
            Transfers = Number(Find(schema, columns.Transfers, Role.Transfers)),
            HousingCost = Number(Find(schema, columns.HousingCost, Role.HousingCost)),
            SupportMonths = Number(Find(schema, columns.SupportMonths, Role.IncomeSupportMonths)),
            StratumKey = Find(schema, columns.Stratum, Role.Stratum) is { } stratum
            ? new KeyColumn(stratum, stratum, false, schema.Find(stratum)!.Type, []) : null,
            ReplicateWeights = columns.ReplicateWeights.IsEmpty
                ? [.. schema.Fields.Where(field => field.Role == Role.ReplicateWeight && field.IsNumeric).Select(field => field.Name)]
                : [.. columns.ReplicateWeights.Select(name => Number(Named(schema, name))!)],
            By = [.. Names(schema, columns).Select(name => Key(schema, name, columns, age))],
            Negative = columns.Negative,
            RejectMissingIncome = columns.RejectMissingIncome,
        };
    }

    private static IEnumerable<string> Names(TableSchema schema, PersonColumns columns)
    {
        if (columns.By is ["none"]) return [];
        if (!columns.By.IsEmpty) return columns.By;
        return Find(schema, columns.Area, Role.Area) is { } area ? [area] : [];
    }

    private static KeyColumn Key(TableSchema schema, string name, PersonColumns columns, string? age)
    {
        if (schema.Find(name) is { } field) return Of(field, name, name == columns.Area || field.Role == Role.Area);
        if (AgeGroupNames.Contains(name))
        {
            if (age is null) throw new ColumnNotFoundException("Age groups need a column of ages: name it with --age.");
            return new KeyColumn("age", age, false, FieldType.Integer, columns.AgeGroups);
        }

        if (name == "area" && columns.Area is not null) return Of(schema.Find(Named(schema, columns.Area)!)!, columns.Area, true);
        if (Enum.TryParse<Role>(name.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var role) && role != Role.None
            && !char.IsAsciiDigit(name[0]))
        {
            var found = Find(schema, null, role)
                ?? throw new ColumnNotFoundException($"No column has the role {role}: give the schema one, or name the column.");
            return Of(schema.Find(found)!, name, role == Role.Area);
        }

        throw NotThere(schema, name);

        static KeyColumn Of(Field field, string shown, bool isArea) => new(shown, field.Name, isArea, field.Type, []);
    }

    internal static string? Find(TableSchema schema, string? name, Role role)
    {
        if (name is not null) return Named(schema, name);
        var found = schema.Fields.Where(field => field.Role == role).Take(2).ToArray();
        return found.Length < 2 ? found.FirstOrDefault()?.Name
            : throw new ColumnNotFoundException($"Several columns have the role {role}: name the one that is meant.");
    }

    private static string? Named(TableSchema schema, string? name) => name is null || schema.Find(name) is not null
        ? name : throw NotThere(schema, name);

    private static ColumnNotFoundException NotThere(TableSchema schema, string name)
    {
        string[] names = [.. schema.Fields.Select(field => field.Name)];
        return new($"There is no column {name}.{Nearest.Hint(name, names)} The columns are {string.Join(", ", names)}.");
    }

    private static void RequireNumbers(TableSchema schema, string name)
    {
        if (schema.Find(name)!.IsNumeric) return;
        if (schema.Find(name)!.Doubt is { } doubt) throw doubt.Failure(name, doubt.Sample);
        throw new ColumnNotFoundException($"The column {name} holds text, not numbers.");
    }
}

/// <summary>A column that persons are divided by.</summary>
/// <param name="Name">The name that the record shows.</param>
/// <param name="Column">The column.</param>
/// <param name="IsArea">Whether its values are areas.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="AgeGroups">The groups of ages; empty where the values themselves divide.</param>
internal sealed record KeyColumn(string Name, string Column, bool IsArea, FieldType Type, ImmutableArray<AgeSpan> AgeGroups)
{
    internal bool IsText => AgeGroups.IsEmpty && Type is not (FieldType.Number or FieldType.Integer or FieldType.Year or FieldType.Boolean);
}
