using System.Text;
using Analys.Load.Schema;

namespace Analys.Load.Undescribed;

/// <summary>What the cells of one column tell of its type, where no schema does.</summary>
/// <param name="mayBePeriods">Whether the name of the column says years.</param>
internal sealed class ColumnGuess(bool mayBePeriods = false)
{
    private readonly Dictionary<NumberNotation, long> fits = [];
    private readonly Dictionary<string, Mark> marks = new(StringComparer.Ordinal);
    private readonly List<long> strays = [];
    private readonly Dictionary<Affixes, long> affixes = [];
    private bool footnotes;
    private long values, numbers, plain;
    private bool isCode, isLong, fractionAfterPoint, fractionAfterComma, pointInDoubt, commaInDoubt, onlyMonths = true, onlyPeriods =
        mayBePeriods;

    /// <summary>Takes one more cell.</summary>
    /// <param name="text">The cell as UTF-8.</param>
    /// <param name="row">Its row in the file.</param>
    public void See(ReadOnlySpan<byte> text, long row)
    {
        if (text.IsEmpty) return;
        if (text.Length <= 5 && !char.IsAsciiDigit((char)text[^1]) && SeeMark(text)) return;
        if (text[0] is (byte)'<' or 0xE2 && text.Length <= 20 && SeeMark(text)) return;
        values++;
        onlyPeriods = onlyPeriods && PeriodText.Is(Encoding.UTF8.GetString(text).Trim());
        Span<char> letters = stackalloc char[64];
        var length = 0;
        var form = text.Length <= letters.Length && Encoding.UTF8.TryGetChars(text, letters, out length) ? NumberForm.Of(letters[..length])
            : default;
        var (from, size) = (0, length);
        if (form.Fits == NumberNotation.None && length > 0)
        {
            var bare = NumberAffix.Strip(letters[..length], out var around);
            if (around != Affixes.None && NumberForm.Of(bare) is { Fits: not NumberNotation.None } freed)
            {
                form = freed;
                affixes[around & Affixes.Units] = affixes.GetValueOrDefault(around & Affixes.Units) + 1;
                footnotes |= (around & Affixes.Footnote) != 0;
                from = letters[..length].IndexOf(bare);
                size = bare.Length;
            }
        }

        if (form.Fits == NumberNotation.None)
        {
            if (strays.Count <= RowNumbers.Shown) strays.Add(row);
            return;
        }

        numbers++;
        fits[form.Fits] = fits.GetValueOrDefault(form.Fits) + 1;
        isCode |= form.IsCode;
        isLong |= form.IsLong && form.Mark == 0 && form.Fits == NumberNotation.All;
        if (form.Fits == NumberNotation.All) plain++;
        else See(form, letters.Slice(from, size).Trim());
    }

    // Units and footnotes around the numbers; a column of which only some cells have a unit is read where that changes nothing.
    private Affixes Around => affixes.Keys.Aggregate(footnotes ? Affixes.Footnote : Affixes.None, (all, one) => all | one);

    private bool HasMixedUnits
    {
        get
        {
            var units = affixes.Where(pair => pair.Key != Affixes.None).ToList();
            return units.Count > 1 || (units is [var one] && one.Value < numbers && one.Key is not (Affixes.Kronor or Affixes.Pieces));
        }
    }

    /// <summary>Whether the column tells the period of its rows: its name says so, and every value is one.</summary>
    public bool ArePeriods => onlyPeriods && values > 0;

    /// <summary>The decimal mark that the numbers show beyond doubt; 0 where they do not.</summary>
    public char DecimalMark
    {
        get
        {
            var best = Best();
            var certain = (best & NumberNotation.WithPoint) == 0 ? ',' : (best & NumberNotation.WithComma) == 0 ? '.' : '\0';
            return numbers < values || numbers == plain || isCode || IsMonth ? '\0' : certain;
        }
    }

    /// <summary>The field of the column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="standard">The marks of every field.</param>
    /// <param name="decimals">The decimal mark that the other columns show; 0 where they show none or both.</param>
    /// <param name="separator">The separator of the file; 0 for a source whose numbers have a point for certain.</param>
    public (Field Field, string? Chosen) ToField(string name, IReadOnlyList<MissingValue> standard, char decimals, char separator)
    {
        var text = new Field { Name = name, Type = FieldType.String };
        if (values == 0) return (text with { Doubt = Doubt(DoubtKind.Empty, text) }, null);
        // In a column of words NA is one: Namibia's code, initials.
        if (numbers == 0) return (text with { MissingValues = [.. standard.Where(missing => missing.Value is not ("NA" or "N/A"))] }, null);
        var best = Best();
        var (notation, chosen) = Choose(best, decimals, separator);
        var number = Numbers(name, notation == NumberNotation.None ? Widest(best) : notation) with { MissingValues = Marks(standard) };
        if (Around is not Affixes.None and var around)
        {
            number = number with
            {
                BareNumber = false,
                Affixes = around,
                Unit = NumberAffix.Unit(around),
                Scale =
                NumberAffix.Scale(around)
            };
            chosen = chosen is null ? NumberAffix.Words(around) : $"{chosen}; {NumberAffix.Words(around)}";
        }

        if (fits.Where(pair => (pair.Key & best) != 0).Sum(pair => pair.Value) < values)
            return (text with { Doubt = Doubt(DoubtKind.Stray, number) }, null);
        if (HasMixedUnits) return (text with { Doubt = Doubt(DoubtKind.Units, number) }, null);
        if (isCode || IsMonth) return (text with { Doubt = Doubt(DoubtKind.Code, number) }, null);
        return notation == NumberNotation.None ? (text with { Doubt = Doubt(DoubtKind.Ambiguous, number) }, null) : (number, chosen);
    }

    private bool IsMonth => onlyMonths && plain == 0;

    private void See(in NumberForm form, ReadOnlySpan<char> text)
    {
        var last = text[text.LastIndexOfAnyExceptInRange('0', '9')];
        // Behind a sign stands an exponent.
        fractionAfterPoint |= form.Fraction && (last is '-' or '+' || (last == '.' && (form.Fits & NumberNotation.WithPoint) != 0));
        fractionAfterComma |= form.Fraction && (last is '-' or '+' || (last == ',' && (form.Fits & NumberNotation.WithComma) != 0));
        pointInDoubt |= form.Mark == '.';
        commaInDoubt |= form.Mark == ',';
        // 2020.01 and the like in every row are months: 2020.10 would become 2020.1.
        onlyMonths &= text.Length == 7 && text[4] == '.' && text[..2] is "19" or "20"
            && text[5..] is ['0', >= '1' and <= '9'] or ['1', >= '0' and <= '2'];
    }

    private bool SeeMark(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        if (MarkText.Parse(text) is not { } mark) return false;
        marks[text] = mark;
        return true;
    }

    // The notations in which most cells are numbers.
    private NumberNotation Best()
    {
        var best = NumberNotation.None;
        long most = 0;
        foreach (var one in (ReadOnlySpan<NumberNotation>)[NumberNotation.Point, NumberNotation.PointSpace, NumberNotation.PointComma,
            NumberNotation.Comma, NumberNotation.CommaSpace, NumberNotation.CommaPoint])
        {
            var count = fits.Where(pair => (pair.Key & one) != 0).Sum(pair => pair.Value);
            if (count > most) (best, most) = (one, count);
            else if (count == most) best |= one;
        }

        return best;
    }

    // None where two readings give different numbers and nothing tells which is meant.
    private (NumberNotation Notation, string? Chosen) Choose(NumberNotation best, char decimals, char separator)
    {
        var (point, comma) = (best & NumberNotation.WithPoint, best & NumberNotation.WithComma);
        if (point == 0 || comma == 0 || !(pointInDoubt || commaInDoubt)) return (Widest(best), Thousands(Widest(best)));
        var mark = pointInDoubt ? '.' : ',';
        if (pointInDoubt && commaInDoubt) return (NumberNotation.None, null);
        if (separator == 0 && mark == '.') return (Widest(point), null);
        var isDecimal = isLong || (decimals != 0 && decimals == mark);
        var isThousands = !isLong && decimals != 0 && decimals != mark;
        // The separator is a comma where the decimal mark is a point, and a semicolon where it is a comma; whole numbers between speak for
        // thousands.
        isDecimal |= decimals == 0 && plain == 0 && separator == (mark == '.' ? ',' : ';');
        var wanted = isDecimal == (mark == '.') ? point : comma;
        if (!isDecimal && !isThousands) return (NumberNotation.None, null);
        return (Widest(wanted), isDecimal ? $"the {Name(mark)} before three digits was taken as decimal mark, not between thousands"
            : $"the {Name(mark)} before three digits was taken as mark between thousands, not as decimal mark");
    }

    private static string? Thousands(NumberNotation notation) => notation switch
    {
        NumberNotation.PointComma => "thousands are marked by a comma",
        NumberNotation.CommaPoint => "thousands are marked by a point",
        _ => null,
    };

    private static string Name(char mark) => mark == '.' ? "point" : "comma";

    // Of readings that agree, the one with the plainest marks.
    private static NumberNotation Widest(NumberNotation set)
    {
        foreach (var one in (ReadOnlySpan<NumberNotation>)[NumberNotation.Point, NumberNotation.Comma, NumberNotation.PointSpace,
            NumberNotation.CommaSpace, NumberNotation.CommaPoint, NumberNotation.PointComma])
        {
            if ((set & one) != 0) return one;
        }

        return NumberNotation.Point;
    }

    private Field Numbers(string name, NumberNotation notation)
    {
        var withPoint = (notation & NumberNotation.WithPoint) != 0;
        return new Field
        {
            Name = name,
            Type = (withPoint ? fractionAfterPoint : fractionAfterComma) ? FieldType.Number : FieldType.Integer,
            DecimalChar = withPoint ? '.' : ',',
            GroupChar = notation switch
            {
                NumberNotation.PointComma => ',',
                NumberNotation.CommaPoint => '.',
                // A first number of a thousand may stand below the sample.
                NumberNotation.Comma or NumberNotation.CommaSpace or NumberNotation.PointSpace => ' ',
                _ => null,
            },
        };
    }

    private System.Collections.Immutable.ImmutableArray<MissingValue>? Marks(IReadOnlyList<MissingValue> standard) =>
        marks.Keys.All(text => standard.Any(known => known.Value == text))
            ? null
            : [.. standard, .. marks.Where(pair => standard.All(known => known.Value != pair.Key))
                .Select(pair => new MissingValue(pair.Key, pair.Value))];

    private NumberDoubt Doubt(DoubtKind kind, Field number) =>
        new(kind, number, kind == DoubtKind.Stray ? RowNumbers.Of(strays) : RowNumbers.None);
}

/// <summary>Marks as Swedish statistical tables print them.</summary>
internal static class MarkText
{
    public static string Of(Mark mark) => mark switch
    {
        Mark.NotAvailable => "..",
        Mark.NotApplicable => ".",
        Mark.Nil => "-",
        Mark.Suppressed => "X",
        _ => "",
    };

    /// <summary>The mark that a status or printed text stands for; null where it is not one.</summary>
    public static Mark? Parse(string text) => text.Trim() switch
    {
        "" or ":" or "NA" or "na" or "N/A" or "n/a" or "#N/A" or "null" or "NULL" or "NaN" or "nan" or "None" => Mark.Missing,
        ".." or "..." or "…" or "m" or "M" => Mark.NotAvailable,
        "." => Mark.NotApplicable,
        "-" or "–" or "−" => Mark.Nil,
        "X" or "x" or "c" or "C" or "*" => Mark.Suppressed,
        { Length: > 1 } bound when bound[0] is '<' or '≤' && bound.AsSpan(1).Trim() is { Length: > 0 } limit
            && limit.IndexOfAnyExceptInRange('0', '9') < 0 => Mark.Suppressed,
        _ => null,
    };

    /// <summary>What a mark says, for a reader who has to decide whether it was understood.</summary>
    public static string Meaning(Mark mark) => mark switch
    {
        Mark.NotAvailable => "two dots or the like, read as not available",
        Mark.NotApplicable => "a dot, read as not applicable",
        Mark.Nil => "a dash, read as nil: a zero among counts, else not known",
        Mark.Suppressed => "withheld by the source, read as suppressed: never as a number",
        _ => "blank or a word for missing, read as missing",
    };
}
