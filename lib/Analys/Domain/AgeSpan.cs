using System.Globalization;
using Analys.Domain;

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
        if (TryParse(text, out var span)) return span;
        throw new FormatException("Ages are written 0-17, 65- or 16.");
    }

    /// <summary>Reads a span of ages where the text is one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="span">The span.</param>
    public static bool TryParse(string? text, out AgeSpan span)
    {
        span = default;
        var parts = (text ?? "").Replace('–', '-').Split('-', StringSplitOptions.TrimEntries);
        if (parts.Length > 2 || Whole(parts[0]) is not { } from) return false;
        if (parts.Length == 1) span = new AgeSpan(from, from);
        else if (parts[1].Length == 0) span = new AgeSpan(from, null);
        else if (Whole(parts[1]) is { } to && to >= from) span = new AgeSpan(from, to);
        else return false;
        return true;
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

/// <summary>Which ages are asked for: <c>Ages.Children</c>, or text as in the command (<c>"0-17"</c>, <c>"0-17,65-"</c>); nothing for those
/// that the measure itself takes.</summary>
public readonly struct AgeChoice : IEquatable<AgeChoice>
{
    private readonly AgeSpan[]? spans;

    private AgeChoice(AgeSpan[] spans) => this.spans = spans;

    /// <summary>The spans; empty where nothing was said.</summary>
    public IReadOnlyList<AgeSpan> Spans => spans ?? [];

    /// <summary>One span.</summary>
    /// <param name="span">The span.</param>
    public static implicit operator AgeChoice(AgeSpan span) => new([span]);

    /// <summary>Spans as the command writes them, commas between several.</summary>
    /// <param name="text">The text; null for nothing said.</param>
    /// <exception cref="FormatException">The text is not ages.</exception>
    public static implicit operator AgeChoice(string? text) => text is null ? default : new([.. text.Split(',').Select(AgeSpan.Parse)]);

    /// <inheritdoc/>
    public bool Equals(AgeChoice other) => Spans.SequenceEqual(other.Spans);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AgeChoice other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Spans.Count == 0 ? 0 : HashCode.Combine(Spans.Count, Spans[0]);

    /// <summary>Whether two choices are the same spans in the same order.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(AgeChoice left, AgeChoice right) => left.Equals(right);

    /// <summary>Whether two choices differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(AgeChoice left, AgeChoice right) => !left.Equals(right);

    /// <summary>The one span; null where nothing was said.</summary>
    /// <exception cref="CallException">There are several.</exception>
    internal AgeSpan? Single => Spans switch
    {
        [] => null,
        [var span] => span,
        _ => throw new CallException("One span of ages is wanted, not several."),
    };
}
