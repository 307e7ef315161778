using System.Collections.Immutable;
using System.Globalization;
using Analys.Domain;
using Analys.Load;
using Analys.Measure.Persons;

namespace Analys.Database.Contract;

/// <summary>The periods and the values of breakdowns in order: what numbers domains alike in every part of a source.</summary>
public sealed class SourceFrame
{
    private readonly Dictionary<string, int>[] codes;

    /// <summary>Puts a census in order, values sorted as a Swedish reader expects.</summary>
    /// <param name="layout">The columns.</param>
    /// <param name="census">The values.</param>
    public SourceFrame(PersonLayout layout, Census census)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(census);
        Layout = layout;
        Census = census;
        Periods = Sorted(census.Periods, layout.PeriodIsText ? FieldType.String : FieldType.Year);
        Values = [.. layout.Keys.Select((key, i) => key.AgeGroups.IsEmpty ? Sorted(census.Values[i], key.IsText ? FieldType.String : key.Type) : [.. key.AgeGroups.Select(group => group.ToString())])];
        codes = [.. Values.Append(Periods).Select(values => values.Select((value, i) => (value, i)).ToDictionary(pair => pair.value, pair => pair.i, StringComparer.Ordinal))];
    }

    /// <summary>The columns.</summary>
    public PersonLayout Layout { get; }

    /// <summary>What was counted.</summary>
    public Census Census { get; }

    /// <summary>The periods, sorted.</summary>
    public ImmutableArray<string> Periods { get; }

    /// <summary>The values of each breakdown, sorted.</summary>
    public ImmutableArray<ImmutableArray<string>> Values { get; }

    /// <summary>How many domains a scope has.</summary>
    /// <param name="scope">The scope.</param>
    public int Domains(Scope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return scope.By.Aggregate(1, (product, by) => product * Values[by].Length);
    }

    /// <summary>The place of a value among those of a breakdown; −1 where it is not one.</summary>
    internal int Code(int by, string? value) => value is not null && codes[by].TryGetValue(value, out var code) ? code : -1;

    /// <summary>The place of a period; −1 where it is not one.</summary>
    internal int PeriodCode(string? value) => value is not null && codes[^1].TryGetValue(value, out var code) ? code : -1;

    /// <summary>The places of a domain's values among those of its breakdowns.</summary>
    internal int[] Digits(Scope scope, int domain)
    {
        var digits = new int[scope.By.Length];
        for (var i = digits.Length - 1; i >= 0; i--) (domain, digits[i]) = Math.DivRem(domain, Values[scope.By[i]].Length);
        return digits;
    }

    /// <summary>A number as the record writes it.</summary>
    internal static string Text(double value, FieldType type) => type == FieldType.Boolean ? (value != 0 ? "true" : "false") : value.ToString(CultureInfo.InvariantCulture);

    // Persons of no rows: the frame of a plan whose aggregates come from elsewhere. A column of one stands for "the source has it".
    internal PersonTable Persons(SourceDescription description) => new()
    {
        Count = 0,
        Incomes = Marker<double>(Layout.Income),
        Weights = Marker<double>(Layout.Weight),
        Ages = Marker<double>(Layout.Age),
        Households = Marker<int>(Layout.Household),
        Persons = Marker<int>(Layout.Person),
        PeriodNames = Periods,
        Transfers = Marker<double>(Layout.Transfers),
        HousingCosts = Marker<double>(Layout.HousingCost),
        SupportMonths = Marker<double>(Layout.SupportMonths),
        Breakdowns = [.. Layout.By.Select((key, i) => new Breakdown(key.Name, key.IsArea, Array.Empty<int>(), Values[i]))],
        Confidentiality = description.Confidentiality,
        Provenance = new Provenance
        {
            Sources = [new SourceFile(description.Name, Census.Sha256 ?? description.Hash, Census.Rows, description.Schema.Name)],
            Steps = Census.WithoutIncome > 0 ? ["persons without an income were left out"] : [],
        },
    };

    private static ReadOnlyMemory<T> Marker<T>(string? column) => column is null ? default : new T[1];

    private static ImmutableArray<string> Sorted(IReadOnlyList<string> values, FieldType type) => type switch
    {
        FieldType.Boolean => [.. values.OrderBy(value => value == "true")],
        FieldType.Number or FieldType.Integer or FieldType.Year => [.. values.OrderBy(value => double.Parse(value, CultureInfo.InvariantCulture))],
        _ => [.. values.OrderBy(value => value, SwedishOrder.Comparer).ThenBy(value => value, StringComparer.Ordinal)],
    };
}
