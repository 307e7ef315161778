using System.Globalization;
using Analys.Load.Schema;

namespace Analys.Load.Screening;

/// <summary>How well persons hide among those who look like them: k-anonymity and l-diversity, with counts that disclose no one.</summary>
/// <remarks>
/// Records with the same values of all quasi-identifiers are a class; k is the size of the smallest, l the fewest different values of a
/// sensitive column in any class. Counts below the limit are given as <c>&lt;5</c>. Sources: L. Sweeney, <i>Int. J. Uncertainty,
/// Fuzziness and Knowledge-Based Systems</i> 10 (2002); A. Machanavajjhala et al., <i>ACM TKDD</i> 1 (2007). Swedish: <i>k-anonymitet,
/// l-diversitet</i>.
/// </remarks>
internal sealed class Anonymity
{
    private static readonly Role[] Quasi = [Role.Age, Role.Sex, Role.Area, Role.Background, Role.FamilyType, Role.Tenure,
        Role.QuasiIdentifier];
    private static readonly Role[] SensitiveRoles = [Role.IncomeSupportMonths, Role.UnemploymentMonths, Role.DisposableIncome,
        Role.EquivalisedIncome, Role.Transfers];
    private readonly long smallest;
    private readonly long below;

    private Anonymity(IReadOnlyList<string> columns, int limit, long smallest, long below, int classes, IReadOnlyList<(string Column,
        int Diversity)> sensitive)
    {
        (QuasiIdentifiers, Limit, Classes, Sensitive) = (columns, limit, classes, sensitive);
        (this.smallest, this.below) = (smallest, below);
    }

    /// <summary>The quasi-identifiers.</summary>
    public IReadOnlyList<string> QuasiIdentifiers { get; }

    /// <summary>The k that is asked for.</summary>
    public int Limit { get; }

    /// <summary>How many classes there are.</summary>
    public int Classes { get; }

    /// <summary>By sensitive column the fewest different values in any class: l.</summary>
    public IReadOnlyList<(string Column, int Diversity)> Sensitive { get; }

    /// <summary>The size of the smallest class, as a text that discloses no one.</summary>
    public string Smallest => Say(smallest);

    /// <summary>How many records stand in classes below the limit, as a text that discloses no one.</summary>
    public string RecordsBelow => Say(below);

    /// <summary>Every class has as many records as asked for.</summary>
    public bool IsEnough => smallest >= Limit;

    /// <summary>Looks at an extract of persons.</summary>
    /// <param name="extract">The extract.</param>
    /// <param name="limit">The k that is asked for.</param>
    /// <param name="quasi">The quasi-identifiers by name; empty for the columns whose roles say so.</param>
    /// <param name="sensitive">The sensitive columns by name; empty for the columns whose roles say so.</param>
    /// <exception cref="ColumnNotFoundException">No column is a quasi-identifier, or there is none of a name.</exception>
    public static Anonymity Of(Extract extract, int limit = 5, IReadOnlyList<string>? quasi = null, IReadOnlyList<string>? sensitive = null)
    {
        ArgumentNullException.ThrowIfNull(extract);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 2);
        Column[] keys = quasi is { Count: > 0 } ? [.. quasi.Select(name => extract[name])] : [.. extract.Columns.Where(column =>
            Array.IndexOf(Quasi, column.Field.Role) >= 0)];
        if (keys.Length == 0) throw new ColumnNotFoundException("No column is a quasi-identifier: give roles in the schema (age, sex, "
            + "area, background, familyType, tenure, quasiIdentifier), or name the columns.");
        Column[] secrets = sensitive is { Count: > 0 } ? [.. sensitive.Select(name => extract[name])]
            : [.. extract.Columns.Where(column => Array.IndexOf(SensitiveRoles, column.Field.Role) >= 0)];
        var (classOf, sizes) = ClassesOf(keys, extract.RowCount);
        var diversity = secrets.Select(secret => (secret.Name, DiversityOf(secret, classOf, sizes.Count))).ToArray();
        return new([.. keys.Select(key => key.Name)], limit, sizes.Count == 0 ? 0 : sizes.Min(), sizes.Where(size =>
            size < limit).Sum(), sizes.Count, diversity);
    }

    private string Say(long count) => count == 0 || count >= Limit ? count.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"<{Limit}");

    // One column after the other splits the classes found so far.
    private static (int[] ClassOf, List<long> Sizes) ClassesOf(Column[] keys, int rows)
    {
        var classOf = new int[rows];
        var count = rows == 0 ? 0 : 1;
        foreach (var key in keys)
        {
            var values = Codes(key);
            var split = new Dictionary<(int, int), int>();
            for (var row = 0; row < rows; row++)
            {
                if (!split.TryGetValue((classOf[row], values[row]), out var next)) split.Add((classOf[row], values[row]),
                    next = split.Count);
                classOf[row] = next;
            }

            count = split.Count;
        }

        var sizes = new long[count];
        foreach (var one in classOf) sizes[one]++;
        return (classOf, [.. sizes]);
    }

    private static int DiversityOf(Column secret, int[] classOf, int classes)
    {
        if (classes == 0) return 0;
        var values = Codes(secret);
        var seen = new HashSet<(int, int)>();
        var distinct = new int[classes];
        for (var row = 0; row < classOf.Length; row++) if (seen.Add((classOf[row], values[row]))) distinct[classOf[row]]++;
        return distinct.Min();
    }

    // A missing value is a value like any other: it sets people apart, too.
    private static int[] Codes(Column column)
    {
        if (column is TextColumn text) return text.Codes.ToArray();
        var numbers = ((NumberColumn)column).Values;
        var codes = new int[numbers.Length];
        var known = new Dictionary<double, int>();
        for (var row = 0; row < codes.Length; row++)
        {
            if (double.IsNaN(numbers[row])) codes[row] = -1;
            else if (!known.TryGetValue(numbers[row], out codes[row])) known.Add(numbers[row], codes[row] = known.Count);
        }

        return codes;
    }
}
