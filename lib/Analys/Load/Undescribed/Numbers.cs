using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Analys.Load.Schema;

namespace Analys.Load.Undescribed;

/// <summary>Numbers as sources write them, from UTF-8 bytes, whatever the culture of the machine.</summary>
internal static class NumberText
{
    // Beyond 15 digits or 22 decimals mantissa / power is no longer the nearest double: the slow path decides.
    internal const int ExactDigits = 15;
    internal static readonly double[] Powers =
        [.. Enumerable.Range(0, 23).Select(k => double.Parse($"1e{k}", CultureInfo.InvariantCulture))];

    /// <summary>Reads digits with an optional sign and one decimal mark; anything else goes the slow way.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, Field field, out double value)
    {
        var point = (byte)field.DecimalChar;
        long mantissa = 0;
        int digits = 0, decimals = -1, i = 0;
        var negative = text.Length > 0 && text[0] == (byte)'-';
        if (negative) i++;
        for (; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
                digits++;
                if (decimals >= 0) decimals++;
            }
            else if (text[i] == point && decimals < 0)
            {
                decimals = 0;
            }
            else
            {
                return TrySlow(text, field, out value);
            }
        }

        if (digits is 0 or > ExactDigits || decimals == 0) return TrySlow(text, field, out value);
        value = decimals <= 0 ? mantissa : mantissa / Powers[decimals];
        if (negative) value = -value;
        return true;
    }

    private static bool TrySlow(ReadOnlySpan<byte> bytes, Field field, out double value)
    {
        value = 0;
        if (bytes.Length > 200) return false;
        var text = Encoding.UTF8.GetString(bytes).Trim();
        if (!field.BareNumber)
        {
            text = NumberAffix.Strip(text, out var around).ToString();
            // A column that nobody described is numbers with these around them, and not with any other words.
            if (field.Affixes != Affixes.None && (around & ~field.Affixes) != 0) return false;
        }

        if (!field.BareNumber && field.Affixes == Affixes.None)
            text = text.Trim().TrimStart(c => !char.IsAsciiDigit(c) && c is not ('-' or '+' or '−')).TrimEnd(c => !char.IsAsciiDigit(c));
        if (field.GroupChar is { } group && !TryUngroup(ref text, group, field.DecimalChar)) return false;
        if (field.DecimalChar != '.' && text.Contains('.', StringComparison.Ordinal)) return false;
        text = text.Replace(field.DecimalChar, '.').Replace('\u2212', '-');
        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    private static string TrimStart(this string text, Func<char, bool> skip)
    {
        var start = 0;
        while (start < text.Length && skip(text[start])) start++;
        return text[start..];
    }

    private static string TrimEnd(this string text, Func<char, bool> skip)
    {
        var end = text.Length;
        while (end > 0 && skip(text[end - 1])) end--;
        return text[..end];
    }

    // A group mark stands only between one to three digits and exactly three; a space stands for U+00A0, U+202F and U+2009 too.
    private static bool TryUngroup(ref string text, char group, char point)
    {
        var whole = text.IndexOf(point, StringComparison.Ordinal) is var at && at >= 0 ? at : text.Length;
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isGroup = text[i] == group || (group == ' ' && text[i] is '\u00A0' or '\u202F' or '\u2009');
            if (!isGroup)
            {
                clean.Append(text[i]);
                continue;
            }

            var end = i + 1;
            while (end < whole && char.IsAsciiDigit(text[end])) end++;
            var start = i;
            while (start > 0 && char.IsAsciiDigit(text[start - 1])) start--;
            // 1234 567 is no number in thousands: it may be two.
            if (i - start is 0 or > 3 || end - i != 4) return false;
        }

        text = clean.ToString();
        return true;
    }

    /// <summary>Reads a number in a field's own notation, as constraints are written.</summary>
    public static bool TryParse(string text, Field field, out double value) => TryParse(Encoding.UTF8.GetBytes(text), field, out value);

    /// <summary>Whether a number is whole and small enough to be exact.</summary>
    public static bool IsWhole(double value) => Math.Abs(value) <= 9007199254740992 && Math.Floor(value) == value;

    /// <summary>Whether a text is decimal digits alone.</summary>
    public static bool IsDigits(string text) => text.AsSpan().Trim() is { IsEmpty: false } bare && !bare.ContainsAnyExceptInRange('0', '9');

    /// <summary>Whether the bytes are decimal digits alone.</summary>
    public static bool IsDigits(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out ulong _, out var used) && used == text.Length;
}

/// <summary>How numbers are written: the decimal mark and the mark between thousands.</summary>
[Flags]
internal enum NumberNotation
{
    None = 0,
    Point = 1,
    PointSpace = 2,
    PointComma = 4,
    Comma = 8,
    CommaSpace = 16,
    CommaPoint = 32,
    WithPoint = Point | PointSpace | PointComma,
    WithComma = Comma | CommaSpace | CommaPoint,
    All = WithPoint | WithComma,
}

/// <summary>What a cell tells of the notation of its column.</summary>
/// <param name="Fits">The notations in which it is a number.</param>
/// <param name="Mark">Its only mark, where that may be a decimal mark or one between thousands; 0 otherwise.</param>
/// <param name="Fraction">Whether digits other than 0 stand behind its last mark.</param>
/// <param name="IsCode">Whether it is a code rather than a number: a leading zero, or more digits than a number can hold.</param>
/// <param name="IsLong">Whether four digits or more stand without a mark between them.</param>
internal readonly record struct NumberForm(NumberNotation Fits, char Mark, bool Fraction, bool IsCode, bool IsLong)
{
    private const int MostGroups = 8;

    /// <summary>Reads the form of a cell, without its value.</summary>
    public static NumberForm Of(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.Length > 0 && text[0] is '-' or '+' or '\u2212') text = text[1..];
        if (text.Length is 0 or > 60) return default;
        Span<int> lengths = stackalloc int[MostGroups];
        Span<char> marks = stackalloc char[MostGroups];
        int groups = 0, start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsAsciiDigit(text[i])) continue;
            if (groups == MostGroups || (i == start && !(i == 0 && text[i] is '.' or ','))) return default;
            lengths[groups] = i - start;
            if (i < text.Length && (marks[groups] = Normal(text[i])) == 0) return i > 0 ? Exponent(text, i) : default;
            groups++;
            start = i + 1;
        }

        return Of(text, lengths[..groups], marks[..(groups - 1)]);
    }

    private static NumberForm Of(ReadOnlySpan<char> text, ReadOnlySpan<int> lengths, ReadOnlySpan<char> marks)
    {
        var zero = lengths[0] > 1 && text[0] == '0';
        if (marks.Length == 0)
            return new NumberForm(NumberNotation.All, '\0', false, zero || lengths[0] > NumberText.ExactDigits, lengths[0] > 3);
        var last = marks[^1];
        var fraction = text[^lengths[^1]..].ContainsAnyExcept('0');
        var fits = NumberNotation.None;
        if (AreThousands(text, lengths, marks)) fits |= Between(marks[0]);
        if (last != ' ' && marks.Length == 1)
            fits |= last == '.' ? NumberNotation.Point | NumberNotation.PointSpace | NumberNotation.PointComma
                : NumberNotation.Comma | NumberNotation.CommaSpace | NumberNotation.CommaPoint;
        if (last != ' ' && marks.Length > 1 && marks[0] != last && AreThousands(text, lengths[..^1], marks[..^1]))
            fits |= Between(marks[0]) & (last == '.' ? NumberNotation.WithPoint : NumberNotation.WithComma);
        return new NumberForm(fits, marks.Length == 1 && (fits & NumberNotation.WithPoint) != 0 && (fits & NumberNotation.WithComma) != 0
            && last != ' ' ? last : '\0', fraction, zero, lengths[0] > 3);
    }

    private static bool AreThousands(ReadOnlySpan<char> text, ReadOnlySpan<int> lengths, ReadOnlySpan<char> marks) =>
        lengths[0] is >= 1 and <= 3 && text[0] != '0' && !lengths[1..].ContainsAnyExcept(3) && !marks.ContainsAnyExcept(marks[0]);

    private static NumberNotation Between(char mark) => mark switch
    {
        ' ' => NumberNotation.PointSpace | NumberNotation.CommaSpace,
        '.' => NumberNotation.CommaPoint,
        _ => NumberNotation.PointComma,
    };

    private static char Normal(char mark) => mark switch
    {
        '.' or ',' => mark,
        ' ' or '\u00A0' or '\u202F' or '\u2009' => ' ',
        _ => '\0',
    };

    // 1.5e-05 as R and Python write it; 1E5 without a sign is as likely a code.
    private static NumberForm Exponent(ReadOnlySpan<char> text, int at)
    {
        var rest = text[at..];
        if (rest.Length < 3 || rest[0] is not ('e' or 'E') || rest[1] is not ('-' or '+') || rest.Length > 5
            || rest[2..].ContainsAnyExceptInRange('0', '9')) return default;
        var form = Of(text[..at]);
        return form with
        {
            Fits = form.Fits & ~(NumberNotation.CommaPoint | NumberNotation.PointComma),
            Mark = '\0',
            Fraction = true,
            IsCode = false
        };
    }
}

/// <summary>Why a column that nobody described was read as text though it holds numbers: kept so that a measure which asks for them can say
/// it.</summary>
/// <param name="Kind">Why.</param>
/// <param name="AsNumber">How the numbers in it are written.</param>
/// <param name="Sample">Rows of the sample that are not so.</param>
internal sealed record NumberDoubt(DoubtKind Kind, Field AsNumber, RowNumbers Sample)
{
    /// <summary>The rows of a column whose cells are neither numbers nor marks.</summary>
    public RowNumbers RowsOf(TextColumn column, RowMap rows)
    {
        if (Kind != DoubtKind.Stray) return RowNumbers.None;
        var stray =
            column.Categories.Select(text => ((NumberForm.Of(text).Fits == NumberNotation.None && AsNumber.BareNumber)
                || !NumberText.TryParse(text, AsNumber, out _)) && MarkText.Parse(text) is null).ToArray();
        return RowNumbers.Of(Rows());

        IEnumerable<long> Rows()
        {
            for (var row = 0; row < column.Count; row++)
            {
                if (column.Codes[row] is >= 0 and var code && stray[code]) yield return rows.Of(row);
            }
        }
    }

    /// <summary>What keeps the column from being numbers.</summary>
    public string Text => Kind switch
    {
        DoubtKind.Stray => "cells that are not numbers stand among numbers",
        DoubtKind.Ambiguous =>
            $"a {(AsNumber.DecimalChar == '.' ? "point" : "comma")} before three digits can mean decimals or thousands: say which with "
                + "decimalChar and groupChar in a schema",
        DoubtKind.Units => "some numbers have a unit or a percent sign and others have another or none: say which is meant",
        DoubtKind.Code => "leading zeros or more digits than a number holds make them codes",
        _ => "there is no number: every cell is blank or a mark",
    };

    /// <summary>The column as a failure of whoever asked for its numbers.</summary>
    public CellException Failure(string column, RowNumbers rows) =>
        new($"The column {column} cannot be used as numbers: {(rows.Count == 0 ? "" : $"{rows}: ")}{Text}.");
}

/// <summary>The reasons of a <see cref="NumberDoubt"/>.</summary>
internal enum DoubtKind
{
    /// <summary>Some cells are not numbers.</summary>
    Stray,

    /// <summary>The numbers can be read in two ways.</summary>
    Ambiguous,

    /// <summary>Their units differ.</summary>
    Units,

    /// <summary>They are codes.</summary>
    Code,

    /// <summary>No cell has a value.</summary>
    Empty,
}

/// <summary>Cells are not what a measure needs; the message names column and rows, never what stands there.</summary>
/// <param name="message">What is wrong, and where.</param>
public sealed class CellException(string message) : Exception(message);

/// <summary>Whether a text is a year, which names a column of a wide table, though it is a number.</summary>
internal static class YearText
{
    public static bool Is(string text) => text.Length == 4
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1900 and <= 2100;
}
