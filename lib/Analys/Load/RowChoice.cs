using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Analys.Domain;

namespace Analys.Load;

/// <summary>Which rows of a table are meant: all that satisfy every condition.</summary>
/// <param name="Conditions">The conditions.</param>
internal sealed record RowChoice(ImmutableArray<RowCondition> Conditions)
{
    /// <summary>All rows.</summary>
    public static RowChoice All { get; } = new([]);

    /// <summary>Reads conditions such as <c>år=2024</c>, <c>kön!=män</c>, <c>ålder=0-17</c>, <c>inkomst=..99</c>,
    /// <c>grupp=a|b</c>.</summary>
    /// <param name="texts">The conditions.</param>
    /// <exception cref="CallException">One is none; the message repeats only its form.</exception>
    public static RowChoice Parse(IEnumerable<string> texts) => new([.. texts.Select(RowCondition.Parse)]);

    /// <summary>The conditions in one text that <see cref="Parse"/> reads back one by one; empty for all rows.</summary>
    public string Text => string.Join(", ", Conditions.Select(condition => condition.Text));

    /// <summary>The conditions as these columns have them.</summary>
    public RowChoice Among(IReadOnlyCollection<string> columns) =>
        Conditions.IsEmpty ? this : new([.. Conditions.Select(condition => condition.Among(columns))]);

    /// <summary>The places of the rows that satisfy the conditions.</summary>
    /// <exception cref="ColumnNotFoundException">A condition names a column that is not there.</exception>
    public int[] Rows(IReadOnlyList<Column> columns, int count)
    {
        string[] names = [.. columns.Select(column => column.Name)];
        var tests = Among(names).Conditions.Select(condition =>
            condition.On(columns.FirstOrDefault(column => column.Name == condition.Field) ?? throw new ColumnNotFoundException(
                $"There is no column {condition.Field}.{Nearest.Hint(condition.Field, names)} The columns are "
                    + $"{string.Join(", ", names)}."))).ToArray();
        var kept = new List<int>();
        for (var row = 0; row < count; row++)
        {
            if (Array.TrueForAll(tests, test => test(row))) kept.Add(row);
        }

        return [.. kept];
    }

    /// <summary>The rows of a chunk that are meant; its texts keep their codes, which the other chunks share.</summary>
    public ExtractChunk Of(ExtractChunk chunk)
    {
        if (Conditions.IsEmpty) return chunk;
        var rows = Rows(chunk.Columns, chunk.RowCount);
        return chunk with { RowCount = rows.Length, Columns = [.. chunk.Columns.Select(column => Take(column, rows, keepCodes: true))] };
    }

    /// <summary>The columns with some of their rows.</summary>
    public static Column[] Take(IReadOnlyList<Column> columns, int[] rows) =>
        [.. columns.Select(column => Take(column, rows, keepCodes: false))];

    private static Column Take(Column column, int[] rows, bool keepCodes)
    {
        var marks = column.HasMarks ? Array.ConvertAll(rows, column.MarkAt) : null;
        if (column is NumberColumn numbers) return new NumberColumn(column.Field, Array.ConvertAll(rows, row => numbers.Values[row]),
            marks);
        var texts = (TextColumn)column;
        if (keepCodes) return new TextColumn(column.Field, Array.ConvertAll(rows, row => texts.Codes[row]), texts.Categories, marks);
        // Groups and areas that no row of is left are not there: they must not appear as empty ones.
        var codes = new int[rows.Length];
        var categories = new List<string>();
        var places = new Dictionary<int, int>();
        for (var i = 0; i < rows.Length; i++)
        {
            var code = texts.Codes[rows[i]];
            if (code >= 0 && !places.TryGetValue(code, out _))
            {
                places[code] = categories.Count;
                categories.Add(texts.Categories[code]);
            }

            codes[i] = code < 0 ? -1 : places[code];
        }

        return new TextColumn(column.Field, codes, categories, marks);
    }
}

/// <summary>A condition on a column: one of some values, or of some ranges of numbers, or none of them.</summary>
/// <param name="Field">The column.</param>
/// <param name="IsNot">Whether the rows are meant that do not have them.</param>
/// <param name="Values">The values and ranges as they are written, divided by <c>|</c>; empty for no value.</param>
internal sealed partial record RowCondition(string Field, bool IsNot, ImmutableArray<string> Values)
{
    /// <summary>The condition as it is written.</summary>
    public string Text => $"{Field}{(IsNot ? "!=" : "=")}{string.Join('|', Values)}";

    /// <summary>Reads a condition.</summary>
    public static RowCondition Parse(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        var isNot = at > 0 && text[at - 1] == '!';
        var field = at > 0 ? text[..(isNot ? at - 1 : at)].Trim() : "";
        return field.Length > 0 ? new RowCondition(field, isNot, Split(text[(at + 1)..]))
            : throw new CallException("--where is COLUMN=VALUE, COLUMN!=VALUE, COLUMN=FROM..TO or COLUMN=A|B.");
    }

    /// <summary>The condition as these columns have it: where no column has the name that stands before the first equals sign, one whose
    /// own name holds such signs is meant, the longest first.</summary>
    public RowCondition Among(IReadOnlyCollection<string> columns)
    {
        if (columns.Contains(Field)) return this;
        foreach (var name in columns.OrderByDescending(name => name.Length))
        {
            if (!Text.StartsWith(name, StringComparison.Ordinal)) continue;
            var rest = Text[name.Length..];
            if (rest.StartsWith('=') || rest.StartsWith("!=", StringComparison.Ordinal))
                return new RowCondition(name, rest[0] == '!', Split(rest[(rest.IndexOf('=', StringComparison.Ordinal) + 1)..]));
        }

        return this;
    }

    private static ImmutableArray<string> Split(string values) => [.. values.Split('|').Select(value => value.Trim())];

    /// <summary>Whether a row of a column satisfies the condition.</summary>
    public Func<int, bool> On(Column column)
    {
        var labels = column.Field.Categories;
        // What a code stands for may be written as its words: kön=Kvinna.
        string Code(string value) => labels.FirstOrDefault(category => category.Label == value)?.Value ?? value;
        if (column is TextColumn texts)
        {
            var ranges = column.Field.Type == Schema.FieldType.String ? [] : Values.Select(Range).OfType<(string?, string?)>().ToList();
            // A value of its own may hold the bar that stands between several.
            var whole = string.Join('|', Values);
            var wanted = (Values.Length > 1 && texts.Categories.Contains(whole) ? [whole] : Values.Select(Code))
                .ToHashSet(StringComparer.Ordinal);
            var found = texts.Categories.Select(text => wanted.Contains(text) || ranges.Any(range => IsWithin(text, range))).ToArray();
            return row => (texts.Codes[row] is var code && code >= 0 ? found[code] : wanted.Contains("")) != IsNot;
        }

        var numbers = (NumberColumn)column;
        var isBlank = Values.Contains("");
        var tests = Values.Where(value => value.Length > 0).Select(value => Test(Code(value))).ToArray();
        return row =>
        {
            var value = numbers.Values[row];
            return (numbers.MarkAt(row) != Mark.None ? isBlank : Array.Exists(tests, test => test(value))) != IsNot;
        };
    }

    /// <summary>The ends of a range of numbers; null where a text is one number.</summary>
    /// <exception cref="CallException">The text is neither.</exception>
    public (double From, double To) Numbers(string value)
    {
        if (Number(value) is { } one) return (one, one);
        var span = NumberSpan().Match(value);
        var open = span.Success ? null : Range(value);
        var (from, to) = span.Success ? (span.Groups[1].Value, span.Groups[2].Value) : open ?? throw Wrong();
        var low = string.IsNullOrEmpty(from) ? double.NegativeInfinity : Number(from) ?? throw Wrong();
        var high = string.IsNullOrEmpty(to) ? double.PositiveInfinity : Number(to) ?? throw Wrong();
        return (low, high);

        CallException Wrong() => new($"--where {Field}: the column holds numbers: give a number, FROM..TO, FROM.. or ..TO.");
    }

    private Func<double, bool> Test(string value)
    {
        var (low, high) = Numbers(value);
        return number => number >= low && number <= high;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        ? number : null;

    private static (string? From, string? To)? Range(string text) => text.Split("..") is [var from, var to] ? (from, to) : null;

    // Dates and months in ISO 8601 stand in the order of their texts.
    private static bool IsWithin(string text, (string? From, string? To) range) =>
        (string.IsNullOrEmpty(range.From) || string.CompareOrdinal(text, range.From) >= 0)
        && (string.IsNullOrEmpty(range.To) || string.CompareOrdinal(text[..Math.Min(text.Length, range.To.Length)], range.To) <= 0);

    [GeneratedRegex(@"^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberSpan();
}
