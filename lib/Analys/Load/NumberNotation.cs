namespace Analys.Load;

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
        if (marks.Length == 0) return new NumberForm(NumberNotation.All, '\0', false, zero || lengths[0] > NumberText.ExactDigits, lengths[0] > 3);
        var last = marks[^1];
        var fraction = text[^lengths[^1]..].ContainsAnyExcept('0');
        var fits = NumberNotation.None;
        if (AreThousands(text, lengths, marks)) fits |= Between(marks[0]);
        if (last != ' ' && marks.Length == 1) fits |= last == '.' ? NumberNotation.Point | NumberNotation.PointSpace | NumberNotation.PointComma : NumberNotation.Comma | NumberNotation.CommaSpace | NumberNotation.CommaPoint;
        if (last != ' ' && marks.Length > 1 && marks[0] != last && AreThousands(text, lengths[..^1], marks[..^1])) fits |= Between(marks[0]) & (last == '.' ? NumberNotation.WithPoint : NumberNotation.WithComma);
        return new NumberForm(fits, marks.Length == 1 && (fits & NumberNotation.WithPoint) != 0 && (fits & NumberNotation.WithComma) != 0 && last != ' ' ? last : '\0', fraction, zero, lengths[0] > 3);
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
        if (rest.Length < 3 || rest[0] is not ('e' or 'E') || rest[1] is not ('-' or '+') || rest.Length > 5 || rest[2..].ContainsAnyExceptInRange('0', '9')) return default;
        var form = Of(text[..at]);
        return form with { Fits = form.Fits & ~(NumberNotation.CommaPoint | NumberNotation.PointComma), Mark = '\0', Fraction = true, IsCode = false };
    }
}
