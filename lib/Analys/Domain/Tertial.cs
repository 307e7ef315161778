using System.Globalization;

namespace Analys.Domain;

/// <summary>A third of a year, the city's rhythm of follow-up: T1 January–April, T2 May–August, T3 September–December.</summary>
/// <remarks>Written <c>2018T1</c>. Tertial 3 is reported in the annual report (<i>verksamhetsberättelse</i>).</remarks>
public readonly record struct Tertial : IComparable<Tertial>
{
    /// <summary>Makes a tertial.</summary>
    /// <param name="year">The year.</param>
    /// <param name="number">1, 2 or 3.</param>
    public Tertial(int year, int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 3);
        Year = year;
        Number = number;
    }

    /// <summary>The year.</summary>
    public int Year { get; }

    /// <summary>1, 2 or 3.</summary>
    public int Number { get; }

    /// <summary>The tertial in which a date falls.</summary>
    /// <param name="date">The date.</param>
    public static Tertial Of(DateOnly date) => new(date.Year, (date.Month + 3) / 4);

    /// <summary>Reads <c>2018T1</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is not a tertial.</exception>
    public static Tertial Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text is [_, _, _, _, 'T' or 't', >= '1' and <= '3']
            && int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year))
        {
            return new Tertial(year, text[5] - '0');
        }

        throw new FormatException("A tertial is written 2018T1.");
    }

    /// <inheritdoc/>
    public int CompareTo(Tertial other) => (Year, Number).CompareTo((other.Year, other.Number));

    /// <summary>Whether the left is the earlier.</summary>
    public static bool operator <(Tertial left, Tertial right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left is the later.</summary>
    public static bool operator >(Tertial left, Tertial right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left is not the later.</summary>
    public static bool operator <=(Tertial left, Tertial right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left is not the earlier.</summary>
    public static bool operator >=(Tertial left, Tertial right) => left.CompareTo(right) >= 0;

    /// <summary>The tertial as it is written.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year}T{Number}");
}
