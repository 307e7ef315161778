using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Analys.Disclosure.Counts;
using Analys.Disclosure.Tables;

namespace Analys.Disclosure.Ledgers;

/// <summary>What a ledger knows a count by: what is counted, by which line, at which ages, and what else narrows it.</summary>
/// <remarks>
/// Its key is the hash of all but ages and line, with ages and a hash of the line beside it: <c>3f…@0-17/9c…</c>. So a ledger without names
/// still sees that 0–16 lies within 0–17 and that two lines count some of the same persons. A difference has both: <c>3f…@0-17~6-12</c>,
/// <c>3f…@0-17/9c…~a1…</c>.
/// </remarks>
/// <param name="What">What is counted.</param>
/// <param name="Variant">The line and the rules by which a person is counted; empty where there is no choice.</param>
/// <param name="Ages">The ages.</param>
/// <param name="Narrowing">Each other property of the persons counted, as <c>sex=woman</c>.</param>
internal sealed record LedgerName(string What, string Variant, AgeSpan Ages, ImmutableSortedSet<string> Narrowing)
{
    private const int Short = 12;
    private const int Hashed = 64;
    private static readonly char[] Breaks = ['\n', '\r', Difference];

    /// <summary>Stands between the two counts of a difference.</summary>
    public const char Difference = '~';

    /// <summary>All ages.</summary>
    public static AgeSpan AllAges { get; } = new(0, null);

    /// <summary>Ages that are taken away from <see cref="Ages"/> and do not end where they end.</summary>
    public AgeSpan? LessAges { get; init; }

    /// <summary>The line whose poor are taken away from those of <see cref="Variant"/>, or the other way round.</summary>
    public string? LessVariant { get; init; }

    /// <summary>The name as one text: what, line, ages and what narrows it, a line each.</summary>
    public override string ToString() => string.Join('\n', (string[])[
        Clean(What),
        LessVariant is null ? Clean(Variant) : $"{Clean(Variant)}{Difference}{Clean(LessVariant)}",
        LessAges is { } less ? $"{Ages}{Difference}{less}" : Ages.ToString(),
        .. Narrowing.Select(Clean)]);

    /// <summary>The key of a name.</summary>
    /// <param name="source">The hash of the source: the same cell of another source has another key.</param>
    /// <param name="name">The name; a text of another form is hashed as it is.</param>
    public static string Key(string source, string name)
    {
        if (IsKey(name)) return name;
        var lines = name.Split('\n');
        if (lines.Length < 3) return $"{CellIdentity.Hash(source, name)}@{AllAges}";
        var stem = CellIdentity.Hash(source, string.Join('\n', lines.Where((_, i) => i is not (1 or 2))));
        string[] variants = [.. lines[1].Split(Difference).Select(one => one.Length == 0 ? "" : CellIdentity.Hash(source, one)[..Short])];
        Array.Sort(variants, StringComparer.Ordinal);
        return Key(stem, lines[2], string.Join(Difference, variants));
    }

    /// <summary>Whether a name is a key: a cell of earlier releases that the present one adds up to has no other.</summary>
    public static bool IsKey(string name) => name.Length > Hashed && name[Hashed] == '@' && name[..Hashed].All(char.IsAsciiHexDigitLower);

    /// <summary>Puts a key together.</summary>
    public static string Key(string stem, string ages, string variant) =>
        variant.Length == 0 ? $"{stem}@{ages}" : $"{stem}@{ages}/{variant}";

    /// <summary>Whether a key is that of a difference.</summary>
    public static bool IsDifference(string key) => key.Contains(Difference, StringComparison.Ordinal);

    /// <summary>Takes a key apart.</summary>
    public static (string Stem, string Ages, string Variant) Parts(string key)
    {
        var at = key.IndexOf('@', StringComparison.Ordinal);
        var slash = key.IndexOf('/', at + 1);
        return slash < 0 ? (key[..at], key[(at + 1)..], "") : (key[..at], key[(at + 1)..slash], key[(slash + 1)..]);
    }

    private static string Clean(string text) =>
        text.IndexOfAny(Breaks) < 0 ? text : string.Concat(text.Select(c => Array.IndexOf(Breaks, c) < 0 ? c : ' '));
}

/// <summary>Gives the cells of different tables of one extract names under which the same people are recognised, and hashes them.</summary>
/// <remarks>
/// A cell is what it counts, in which population, and the dimension values that narrow it; totals narrow nothing. So the margin
/// <c>Bromma|T</c> of a table by area and family is the cell <c>Bromma</c> of a table by area. A district is the same in whatever column it
/// stands.
/// </remarks>
internal sealed class CellIdentity
{
    private readonly string measure;
    private readonly Population population;
    private readonly string[] dimensions;
    private string? counted;

    /// <summary>What a value of a dimension is called; null for itself. A category that was taken together from others is those.</summary>
    public Func<string, string, string>? Label { get; init; }

    /// <summary>Describes a table.</summary>
    /// <param name="measure">What is counted, such as <c>income-support</c>; <c>persons</c> are those whom every measure counts.</param>
    /// <param name="population">Who, such as <c>0-17, sex=woman</c>; of ages the ledger knows which lie within which.</param>
    /// <param name="dimensions">The names of the dimensions, in the order of the ids.</param>
    public CellIdentity(string measure, string population, params IReadOnlyList<string> dimensions)
    {
        ArgumentNullException.ThrowIfNull(population);
        this.measure = measure;
        this.population = Population.Parse(population);
        this.dimensions = [.. dimensions];
    }

    /// <summary>The names of a <see cref="ComplementTable"/>: <paramref name="all"/> are counted, some of them are
    /// <paramref name="counted"/>.</summary>
    /// <param name="counted">What the cells of those counted are called in a table of their own.</param>
    /// <param name="all">What everyone is called.</param>
    /// <param name="population">Who.</param>
    /// <param name="dimensions">The dimensions but the last.</param>
    public static CellIdentity WithComplement(string counted, string all, string population, params IReadOnlyList<string> dimensions) =>
        new(all, population, dimensions) { counted = counted };

    /// <summary>The dimensions.</summary>
    public IReadOnlyList<string> Columns => dimensions;

    /// <summary>The cell's name across tables.</summary>
    public string Of(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (LedgerName.IsKey(id)) return id;
        var values = id.Split('|');
        var what = measure;
        if (counted is not null)
        {
            // Those counted are the same persons whether the others stand beside them or not.
            what = values[^1] switch { ComplementTable.Counted => counted, ComplementTable.Others => $"not {counted}", _ => measure };
            values = values[..^1];
        }

        if (values.Length != dimensions.Length)
            throw new TableModelException("A cell has not as many values as the table has dimensions.", id);
        var (ages, narrowing) = Narrowing.Of(population, dimensions.Zip(values).Where(pair => pair.Second != TableCell.Total)
            .Select(pair => (pair.First, Label?.Invoke(pair.First, pair.Second) ?? pair.Second)));
        return new LedgerName(what, "", ages, narrowing).ToString();
    }

    /// <summary>The names of the dimensions.</summary>
    public override string ToString() => string.Join(' ', dimensions);

    /// <summary>HMAC-SHA-256 of a name under a key, in lower-case hexadecimal.</summary>
    /// <remarks>The source's own hash is the key, so that the same cell of another source is not recognised.</remarks>
    public static string Hash(string key, string name) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(name)));
}

/// <summary>What narrows a population, in the form in which different tables say it alike.</summary>
/// <remarks>
/// A population is written <c>0-17, sex=woman</c>. Ages are taken together; a value that is a district or a region of the city is an area
/// whatever its column is called, so that divisions side by side meet.
/// </remarks>
internal static class Narrowing
{
    /// <summary>The name of areas, whatever their column is called.</summary>
    public const string Area = "area";

    /// <summary>The ages and what else narrows.</summary>
    /// <param name="population">Who.</param>
    /// <param name="more">Further dimensions and values.</param>
    public static (AgeSpan Ages, ImmutableSortedSet<string> Others) Of(Population population, IEnumerable<(string Column,
        string Value)> more)
    {
        foreach (var (column, value) in more)
        {
            // A dimension that says the same once more narrows by both: its second value stands under a name of its own.
            var name = population.Properties.TryGetValue(column, out var known) && known != value ? $"{column} too" : column;
            population = population.With(name, value);
        }

        population = population.WithAgesFromProperties();
        var others = population.Properties.Select(pair =>
            AreaSums.IsKnown(pair.Value) ? $"{Area}={AreaSums.Known(pair.Value)}" : $"{pair.Key}={pair.Value}");
        return (population.SpanInForce, others.ToImmutableSortedSet(StringComparer.Ordinal));
    }

    /// <summary>The narrowing by an area; none for the whole.</summary>
    /// <param name="area">The area's key.</param>
    /// <param name="column">Its column, as the ledger knows it.</param>
    public static IEnumerable<(string Column, string Value)> OfArea(string area, string column) =>
        area == TableCell.Total ? [] : [(column, area)];
}
