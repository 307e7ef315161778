using System.Globalization;

namespace Analys;

/// <summary>Ages in whole years, both ends included.</summary>
/// <remarks>Written <c>0-17</c>, <c>65-</c> or <c>16</c>. Swedish: <i>åldersintervall</i>.</remarks>
public readonly record struct AgeSpan
{
    /// <summary>Makes a span of ages.</summary>
    /// <param name="from">The youngest age included.</param>
    /// <param name="to">The oldest age included; null for no upper end.</param>
    /// <exception cref="ArgumentOutOfRangeException">An age is negative, or the ends are in the wrong order.</exception>
    public AgeSpan(int from, int? to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        if (to < from) throw new ArgumentOutOfRangeException(nameof(to), "The oldest age is below the youngest.");
        From = from;
        To = to;
    }

    /// <summary>The youngest age included.</summary>
    public int From { get; }

    /// <summary>The oldest age included; null for no upper end.</summary>
    public int? To { get; }

    /// <summary>Whether a person of this age, in whole years, belongs.</summary>
    /// <param name="age">The age.</param>
    public bool Contains(double age) => age >= From && (To is not { } to || age < to + 1.0);

    /// <summary>Reads <c>0-17</c>, <c>65-</c> or <c>16</c>; the dash may be an en dash.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is not a span of ages.</exception>
    public static AgeSpan Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Replace('–', '-').Split('-', StringSplitOptions.TrimEntries);
        if (parts.Length is 1 or 2 && Whole(parts[0]) is { } from)
        {
            if (parts.Length == 1) return new AgeSpan(from, from);
            if (parts[1].Length == 0) return new AgeSpan(from, null);
            if (Whole(parts[1]) is { } to && to >= from) return new AgeSpan(from, to);
        }

        throw new FormatException("Ages are written 0-17, 65- or 16.");
    }

    /// <summary>The span as it is written.</summary>
    public override string ToString() => To == From
        ? From.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{From}-{To}");

    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}

/// <summary>The age spans of the field.</summary>
public static class Ages
{
    /// <summary>0–17: children as the law and Rädda Barnen's index have it.</summary>
    public static AgeSpan Children { get; } = new(0, 17);

    /// <summary>0–19: children as SCB's low economic standard has it.</summary>
    public static AgeSpan ChildrenAndYouth { get; } = new(0, 19);

    /// <summary>Everyone.</summary>
    public static AgeSpan All { get; } = new(0, null);
}
