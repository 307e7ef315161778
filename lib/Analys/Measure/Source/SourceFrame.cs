using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Analys.Domain;
using Analys.Load.Schema;
using Analys.Measure.Study;

namespace Analys.Measure.Source;

/// <summary>The periods and the values of breakdowns in order: what numbers domains alike in every part of a source.</summary>
internal sealed class SourceFrame
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
        Values = [.. layout.Keys.Select((key, i) => key.AgeGroups.IsEmpty
            ? Sorted(census.Values[i], key.IsText ? FieldType.String : key.Type) : [.. key.AgeGroups.Select(group => group.ToString())])];
        codes = [.. Values.Append(Periods).Select(values => values.Select((value, i) => (value, i))
            .ToDictionary(pair => pair.value, pair => pair.i, StringComparer.Ordinal))];
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
    internal static string Text(double value, FieldType type) =>
        type == FieldType.Boolean ? (value != 0 ? "true" : "false") : value.ToString(CultureInfo.InvariantCulture);

    // Persons whose rows stay elsewhere: what is known of them there, and how they are divided.
    internal PersonTable Persons(SourceDescription description) => new()
    {
        Count = 0,
        Elsewhere = Known(Layout.Income, PersonParts.Income) | Known(Layout.Age, PersonParts.Age)
            | Known(Layout.Household, PersonParts.Household) | Known(Layout.Person, PersonParts.Person)
            | Known(Layout.Transfers, PersonParts.Transfers) | Known(Layout.HousingCost, PersonParts.HousingCost)
            | Known(Layout.SupportMonths, PersonParts.SupportMonths),
        PeriodNames = Periods,
        Breakdowns = [.. Layout.By.Select((key, i) => new Breakdown(key.Name, key.IsArea, Array.Empty<int>(), Values[i]))],
        Confidentiality = description.Confidentiality,
        Provenance = new Provenance
        {
            Sources = [new SourceFile(description.Name, Census.Sha256 ?? description.Hash, Census.Rows, description.Schema.Name)],
            Steps = Census.WithoutIncome > 0 ? ["persons without an income were left out"] : [],
        },
    };

    private static PersonParts Known(string? column, PersonParts part) => column is null ? PersonParts.None : part;

    private static ImmutableArray<string> Sorted(IReadOnlyList<string> values, FieldType type) => type switch
    {
        FieldType.Boolean => [.. values.OrderBy(value => value == "true")],
        FieldType.Number or FieldType.Integer or FieldType.Year =>
            [.. values.OrderBy(value => double.Parse(value, CultureInfo.InvariantCulture))],
        _ => [.. values.OrderBy(value => value, SwedishOrder.Comparer).ThenBy(value => value, StringComparer.Ordinal)],
    };
}

/// <summary>What is known of a source before anything is counted.</summary>
/// <param name="Name">What the record shows: the engine and the table, never the server, the user or a password.</param>
/// <param name="Hash">A SHA-256 that tells one source from another; of a database not of its rows.</param>
/// <param name="Schema">The columns with their roles.</param>
internal sealed record SourceDescription(string Name, string Hash, TableSchema Schema)
{
    /// <summary>Whether individuals stand behind the rows: as the schema says, confidential where it says nothing.</summary>
    public Confidentiality Confidentiality => Schema.Confidentiality;

    /// <summary>The description of sources side by side: as confidential as the strictest of them.</summary>
    internal static SourceDescription Together(IReadOnlyList<SourceDescription> parts) => parts.MinBy(part => part.Confidentiality)! with
    {
        Name = string.Join(" + ", parts.Select(part => part.Name)),
        Hash = SourceHash.Of([.. parts.Select(part => part.Hash).Order(StringComparer.Ordinal)]),
    };
}

/// <summary>The values of the columns that divide persons, and what was found on the way.</summary>
internal sealed record Census
{
    /// <summary>How many rows there are.</summary>
    public required long Rows { get; init; }

    /// <summary>The periods; empty where no column has them.</summary>
    public IReadOnlyList<string> Periods { get; init; } = [];

    /// <summary>The values of each breakdown.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Values { get; init; }

    /// <summary>How many rows have no income.</summary>
    public long WithoutIncome { get; init; }

    /// <summary>How many weights are negative or missing.</summary>
    public long BadWeights { get; init; }

    /// <summary>How many incomes are not finite.</summary>
    public long BadIncomes { get; init; }

    /// <summary>How many numbers of consumption units are not above 0.</summary>
    public long BadUnits { get; init; }

    /// <summary>How many rows have no household, where a column has households.</summary>
    public long WithoutHousehold { get; init; }

    /// <summary>How many rows have no cluster, where a column has clusters.</summary>
    public long WithoutCluster { get; init; }

    /// <summary>How many replicate weights are missing.</summary>
    public long BadReplicateWeights { get; init; }

    /// <summary>Whether the rows of each household, and of each cluster, follow each other within a period: then one is remembered at a
    /// time.</summary>
    public bool KeysTogether { get; init; }

    /// <summary>The SHA-256 of what was read, where the source is a file.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The census of two parts of a population.</summary>
    /// <param name="other">The other part.</param>
    public Census Plus(Census other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with
        {
            Rows = Rows + other.Rows,
            Periods = [.. Periods.Union(other.Periods)],
            Values = [.. Values.Zip(other.Values, (a, b) => (IReadOnlyList<string>)[.. a.Union(b)])],
            WithoutIncome = WithoutIncome + other.WithoutIncome,
            BadWeights = BadWeights + other.BadWeights,
            BadIncomes = BadIncomes + other.BadIncomes,
            BadUnits = BadUnits + other.BadUnits,
            WithoutHousehold = WithoutHousehold + other.WithoutHousehold,
            WithoutCluster = WithoutCluster + other.WithoutCluster,
            BadReplicateWeights = BadReplicateWeights + other.BadReplicateWeights,
            KeysTogether = false,
            Sha256 = null,
        };
    }
}

/// <summary>A hash that tells one source from another and shows neither server nor user.</summary>
internal static class SourceHash
{
    public static string Of(params string[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}
