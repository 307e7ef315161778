using System.Globalization;

namespace Analys.Load.Screening;

/// <summary>Personal numbers within longer digits, or with signs between that nobody writes them with: padded with zeros, behind a year or
/// a municipality, before a serial number, cut by a letter, back to front.</summary>
/// <remarks>
/// A cell is read as its digits alone. Ten of them at one place are a date with a right check digit once in 230 by chance; in a column
/// that holds personal numbers they are in nearly every cell, at the same place from the start or from the end. Times of the clock have a
/// date, and a right check digit in a tenth.
/// </remarks>
internal sealed class EmbeddedNumbers
{
    private const int Ten = 10;
    private const int Longest = 28;
    private const int Places = Longest - Ten + 1;
    private const int Ways = 4;
    private const int Fewest = 3;
    private const double Nearly = 0.8;

    // By way of reading and place: how many cells have one there, how often it is another than before, and the last one.
    private readonly long[] valid = new long[Ways * Places];
    private readonly long[] changes = new long[Ways * Places];
    private readonly long[] last = new long[Ways * Places];
    private long cells;

    /// <summary>Whether nearly every cell has a personal number at one place, and not one over and over.</summary>
    public bool Tells
    {
        get
        {
            for (var at = 0; at < valid.Length; at++)
                if (changes[at] >= Fewest && valid[at] >= Nearly * cells) return true;
            return false;
        }
    }

    /// <summary>Looks at a text.</summary>
    public void Add(string text)
    {
        if (text.Length > 200 || IsUuid(text)) return;
        Span<char> digits = stackalloc char[Longest];
        var count = 0;
        foreach (var c in DigitText.Plain(text))
        {
            if (!char.IsAsciiDigit(c)) continue;
            if (count == Longest) return;
            digits[count++] = c;
        }

        if (count >= Ten) Look(digits[..count]);
    }

    /// <summary>Looks at a whole number that is longer than a personal number.</summary>
    public void Add(long number)
    {
        Span<char> digits = stackalloc char[Longest];
        if (number.TryFormat(digits, out var count, provider: CultureInfo.InvariantCulture) && count >= Ten) Look(digits[..count]);
    }

    /// <summary>Adds what another part of the column had.</summary>
    public void Add(EmbeddedNumbers other)
    {
        cells += other.cells;
        for (var at = 0; at < valid.Length; at++)
        {
            valid[at] += other.valid[at];
            changes[at] += other.changes[at] - (last[at] == other.last[at] && other.changes[at] > 0 ? 1 : 0);
            if (other.changes[at] > 0) last[at] = other.last[at];
        }
    }

    /// <summary>Whether a text is a random identifier of its own kind, in which dates are chance.</summary>
    public static bool IsUuid(string text) => text.Length is 36 or 38 && Guid.TryParse(text, out _);

    private void Look(ReadOnlySpan<char> digits)
    {
        cells++;
        Span<char> back = stackalloc char[Longest];
        Span<char> dated = stackalloc char[Ten];
        for (var i = 0; i < digits.Length; i++) back[i] = digits[digits.Length - 1 - i];
        for (var at = 0; at + Ten <= digits.Length; at++)
        {
            var ten = digits.Slice(at, Ten);
            See(0, at, ten);
            See(1, digits.Length - Ten - at, ten);
            See(2, at, back.Slice(at, Ten));
            if (at + Ten + 2 > digits.Length) continue;
            // Day, month, year and the four that tell.
            digits.Slice(at + 6, 2).CopyTo(dated);
            digits.Slice(at + 2, 2).CopyTo(dated[2..]);
            digits.Slice(at, 2).CopyTo(dated[4..]);
            digits.Slice(at + 8, 4).CopyTo(dated[6..]);
            if (digits.Slice(at + 4, 2) is "19" or "20") See(3, at, dated);
        }
    }

    private void See(int way, int place, ReadOnlySpan<char> ten)
    {
        var number = long.Parse(ten, NumberStyles.None, CultureInfo.InvariantCulture);
        if ((PersonalNumber.Look(number) & NumberLook.Valid) == 0) return;
        var at = (way * Places) + place;
        valid[at]++;
        if (last[at] == number) return;
        changes[at]++;
        last[at] = number;
    }
}
