using System.Globalization;
using Analys.Load.Schema;

namespace Analys.Load;

/// <summary>What a row is known by, so that a ledger recognises it in another file: pairs of columns that tell most rows apart.</summary>
/// <remarks>
/// A column is identifying where the schema says person or household, or where it has at least fifty values that come seldom. Alone it
/// would take two registers with serial numbers from 1 for one, so it is paired with others that vary: the same person keeps district and
/// sex, a stranger with the same number does not. Without such a column any two that together tell most rows apart are a pair.
/// </remarks>
internal static class RowKeys
{
    private const int MostIdentifying = 3;
    private const int MostOthers = 6;
    private const int FewestValues = 50;
    private const double Seldom = 0.2;
    private const double Common = 0.6;

    // Beside a key: of strangers with the same number six in ten agree by chance at most, fewer than make two sources one.
    private const double Usual = 0.75;

    // Where seven of ten rows differ from all others strangers have about half in common.
    private const double Distinct = 0.7;

    /// <summary>Who is in some rows, and how their columns divide them.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="originals">Columns that others were put in the place of, as they were.</param>
    public static SourcePersons PersonsOf(IReadOnlyList<Column> columns, int rows, IReadOnlyDictionary<string, Column>? originals = null) =>
        new(() => Of(originals is null ? columns : [.. columns.Where(column => !originals.ContainsKey(column.Name)),
            .. originals.Values], rows))
        {
            Columns =
            [
                .. columns.Select(column => (column.Name, originals?.ContainsKey(column.Name) == true
                    ? $"{RoleGuess.Known(column.Field)}{SourcePersons.Changed}{Changes(originals[column.Name], column, rows)}"
                        : RoleGuess.Known(column.Field))),
                .. originals?.Values.Select(column => (column.Name + SourcePersons.AsItWas, RoleGuess.Known(column.Field))) ?? [],
            ],
            Texts = name => Texts(name.EndsWith(SourcePersons.AsItWas, StringComparison.Ordinal)
                ? originals![name[..^SourcePersons.AsItWas.Length]] : columns.First(column => column.Name == name), rows),
        };

    /// <summary>The pairs, each under the names of its columns, with the rows' values.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">How many rows there are.</param>
    public static IEnumerable<(string Columns, IEnumerable<string> Rows)> Of(IReadOnlyList<Column> columns, int rows)
    {
        if (rows == 0) yield break;
        var looks = columns.Take(60).Select(column => (Column: column, Look: Look(column, rows))).ToList();
        var identifying = looks.Where(one => IsIdentifying(one.Column, one.Look.Distinct, rows)).Take(MostIdentifying).ToList();
        var others = looks.Where(one => one.Look.Distinct > 1 && one.Look.Largest <= Common * rows).Select(one => one.Column).ToList();
        var usual = looks.Where(one => one.Look.Distinct > 1 && one.Look.Largest <= Usual * rows).Select(one => one.Column).ToList();
        // In a small register most may live in one district: then columns count that have any two values.
        var varying = looks.Where(one => one.Look.Distinct > 1).Select(one => one.Column).ToList();
        if (identifying.Count == 0)
        {
            var found = false;
            foreach (var (a, b) in Twos(others).Where(two =>
                Pairs(two.A, two.B, rows).Distinct(StringComparer.Ordinal).Count() > 0.5 * rows))
            {
                found = true;
                yield return Pair(a, b);
            }

            if (found) yield break;
            // Nothing tells rows apart. The same table of counts by two columns, to the last one, is the same rows.
            foreach (var (a, b) in Twos(varying))
            {
                var (name, values) = Pair(a, b);
                yield return ($"counts of\n{name}", [Table(values)]);
            }

            yield break;
        }

        foreach (var (key, _) in identifying)
        {
            // A column more must not take the place of those by which the rows were known before.
            var beside = usual.Where(other => other != key).ToList();
            foreach (var other in (beside.Count > 1 ? beside : beside.Union(varying)).Where(other => other != key).Take(MostOthers))
                yield return Pair(key, other);
            foreach (var more in Renamed(key, [.. varying.Where(other => other != key)])) yield return more;
        }

        // What is left of the rows when columns are added, called or coded otherwise, or amounts rounded.
        IEnumerable<(string, IEnumerable<string>)> Renamed(Column key, List<Column> others)
        {
            if (AreScattered(key, rows)) yield return ("a key", Enumerable.Range(0, rows).Select(row => Text(key, row)));
            foreach (var other in others.Take(MostOthers))
            {
                yield return ($"{SourcePersons.Weak}{Pair(key, other).Item1}", Pairs(key, other, rows));
                if (Values(other, rows) is { } values) yield return ($"{SourcePersons.Weak}a key\n{values}", Pairs(key, other, rows));
            }

            // Of two columns that nearly all have one value in, each, strangers agree less often than of one.
            foreach (var (a, b) in Twos([.. others.Except(usual)]))
            {
                var (name, both) = Pair(a, b);
                yield return ($"{Name(key)}\n{name}", both.Select((text, row) => $"{Text(key, row)}\u001F{text}"));
            }

            if (key is not NumberColumn amounts) yield break;
            foreach (var other in others.Take(MostOthers))
            {
                string[] about = [.. Enumerable.Range(0, rows).Select(row => $"{About(amounts.Values[row])}\u001F{Text(other, row)}")];
                if (about.Distinct(StringComparer.Ordinal).Count() > Distinct * rows) yield return ($"about\n{Name(other)}", about);
            }
        }

        static IEnumerable<(Column A, Column B)> Twos(List<Column> columns)
        {
            for (var i = 0; i < Math.Min(columns.Count, MostOthers); i++)
                for (var j = i + 1; j < Math.Min(columns.Count, MostOthers); j++) yield return (columns[i], columns[j]);
        }

        static string Table(IEnumerable<string> values) => string.Join('\n', values.GroupBy(value => value, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key}\u001F{group.Count()}"));

        (string, IEnumerable<string>) Pair(Column a, Column b) =>
            string.CompareOrdinal(Name(a), Name(b)) <= 0 ? ($"{Name(a)}\n{Name(b)}", Pairs(a, b, rows)) : ($"{Name(b)}\n{Name(a)}",
                Pairs(b, a, rows));
    }

    /// <summary>Whether the rows are persons or households, of which serial numbers and incomes say too much to be guessed.</summary>
    /// <remarks>A column called households may be their number: only a schema makes it a key.</remarks>
    public static bool HasPersons(IEnumerable<Column> columns) => columns.Any(column =>
        column.Field.Role == Role.Household || (column.Field.Role == Role.None ? RoleGuess.Of(column.Field) : column.Field.Role)
            is Role.Person or Role.DisposableIncome or Role.EquivalisedIncome);

    private static bool IsIdentifying(Column column, int distinct, int rows) => column.Field.Role switch
    {
        Role.Person or Role.Household => true,
        Role.None => distinct >= FewestValues && distinct >= Seldom * rows,
        _ => false,
    };

    // Numbers that are drawn, or texts: strangers do not have them in common, as they have the serial numbers 1, 2, 3 (or 10, 20, 30).
    private static bool AreScattered(Column column, int rows)
    {
        var numbers = new HashSet<long>();
        for (var row = 0; row < rows; row++)
        {
            var text = Text(column, row);
            if (text.Length is 0 or > 18 || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return column is TextColumn && text.Length > 8;
            numbers.Add(number);
        }

        if (numbers.Count < FewestValues) return false;
        var least = numbers.Min();
        var step = (long)numbers.Aggregate(System.Numerics.BigInteger.Zero, (all, number) =>
            System.Numerics.BigInteger.GreatestCommonDivisor(all, number - least));
        return (numbers.Max() - least) / step > 2L * numbers.Count;
    }

    // A column by what stands in it, whatever it is called; null where that is too much to be a name.
    private static string? Values(Column column, int rows)
    {
        var values = new SortedSet<string>(StringComparer.Ordinal);
        for (var row = 0; row < rows; row++) if (values.Add(Text(column, row)) && values.Count > FewestValues) return null;
        return string.Join('\u001F', values);
    }

    // To three digits: what rounding to hundreds or thousands leaves of an income.
    private static string About(double amount) => amount.ToString("E2", CultureInfo.InvariantCulture);

    private static (int Distinct, int Largest) Look(Column column, int rows)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < rows; row++)
        {
            var text = Text(column, row);
            counts[text] = counts.GetValueOrDefault(text) + 1;
        }

        return (counts.Count, counts.Count == 0 ? 0 : counts.Values.Max());
    }

    private static IEnumerable<string> Pairs(Column a, Column b, int rows)
    {
        for (var row = 0; row < rows; row++) yield return $"{Text(a, row)}\u001F{Text(b, row)}";
    }

    /// <summary>What became of the categories of a column: each new one with the old ones that it holds.</summary>
    public static IReadOnlyDictionary<string, string> Members(Column original, Column changed, int rows)
    {
        var (old, now) = (Texts(original, rows), Texts(changed, rows));
        return old.Zip(now).Where(pair => pair.First is not null && pair.Second is not null).Distinct()
            .GroupBy(pair => pair.Second!, pair => pair.First!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => string.Join('+', group.Order(StringComparer.Ordinal)), StringComparer.Ordinal);
    }

    private static string Changes(Column original, Column changed, int rows) => string.Join('\n', Members(original, changed, rows)
        .OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    private static string?[] Texts(Column column, int rows) =>
    [
        .. Enumerable.Range(0, rows).Select(row => column switch
        {
            TextColumn text => text.Codes[row] < 0 ? null : text.Categories[text.Codes[row]],
            NumberColumn number => double.IsNaN(number.Values[row]) ? null : number.Values[row].ToString("R", CultureInfo.InvariantCulture),
            _ => null,
        }),
    ];

    private static string Text(Column column, int row) => column switch
    {
        TextColumn text => text.Codes[row] < 0 ? "" : text.Categories[text.Codes[row]].Trim(),
        NumberColumn number => number.Values[row].ToString("R", CultureInfo.InvariantCulture),
        _ => "",
    };

    private static string Name(Column column) => column.Name.Trim().ToUpperInvariant();
}
