using System.Collections.Immutable;
using System.Globalization;
using System.Text;
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

/// <summary>Who is measured: persons of some ages with some properties. Area and period stand beside it in the record.</summary>
/// <remarks>
/// Written <c>0-17, sex=woman</c>, everyone as the empty text; a comma, an equals sign and a backslash inside a name or value are written
/// with a
/// backslash before them (<c>familj=par\, barn</c>), and <see cref="Parse"/> reads back what <see cref="ToString"/> writes, whatever the
/// labels
/// are. No other code takes the text apart. Swedish: <i>population</i>.
/// </remarks>
public sealed record Population
{
    private static readonly string[] AgeNames = ["", "age", "ageGroup"];

    private Population(AgeSpan? ages, ImmutableSortedDictionary<string, string> properties, ImmutableArray<string> order) =>
        (Ages, Properties, Order) = (ages, properties, order);

    /// <summary>Everyone.</summary>
    public static Population Everyone { get; } = new(null, ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal), []);

    /// <summary>The ages; null for all.</summary>
    public AgeSpan? Ages { get; }

    /// <summary>What else those measured have in common: dimension and value. A published group without a dimension has an empty
    /// value.</summary>
    public ImmutableSortedDictionary<string, string> Properties { get; }

    private ImmutableArray<string> Order { get; }

    /// <summary>Persons of some ages; everyone where none are given.</summary>
    /// <param name="ages">The ages.</param>
    public static Population Of(AgeSpan? ages) => ages is null ? Everyone : new(ages, Everyone.Properties, []);

    /// <summary>Those of this population who also have a property.</summary>
    /// <param name="dimension">The dimension, such as <c>sex</c>.</param>
    /// <param name="value">The value, such as <c>woman</c>.</param>
    public Population With(string dimension, string value) =>
        new(Ages, Properties.SetItem(dimension, value), Order.Contains(dimension) ? Order : Order.Add(dimension));

    /// <summary>Those of this population who are of some ages.</summary>
    /// <param name="ages">The ages; null for all.</param>
    public Population At(AgeSpan? ages) => new(ages, Properties, Order);

    /// <summary>This population without one of its properties.</summary>
    /// <param name="dimension">The dimension.</param>
    public Population Without(string dimension) => new(Ages, Properties.Remove(dimension), Order.Remove(dimension));

    /// <summary>Whether everyone of another population belongs to this one, as far as their descriptions tell.</summary>
    /// <param name="other">The other population.</param>
    public bool Contains(Population other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Covers(SpanInForce, other.SpanInForce)
            && Properties.All(pair => other.Properties.TryGetValue(pair.Key, out var value) && value == pair.Value);
    }

    /// <summary>Whether nobody can belong to both: their ages do not meet, or they have different values of one dimension.</summary>
    /// <param name="other">The other population.</param>
    public bool IsDisjointFrom(Population other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var (a, b) = (SpanInForce, other.SpanInForce);
        return b.From > (a.To ?? int.MaxValue) || a.From > (b.To ?? int.MaxValue)
            || Properties.Any(pair => other.Properties.TryGetValue(pair.Key, out var value) && value != pair.Value);
    }

    /// <summary>Whether somebody may belong to both.</summary>
    /// <param name="other">The other population.</param>
    public bool Intersects(Population other) => !IsDisjointFrom(other);

    /// <summary>Whether others divide this population without a gap that their descriptions would show: by one dimension, or by
    /// ages.</summary>
    /// <remarks>By a dimension: each part has one more value of the same dimension, all different. That the values are all there are cannot
    /// be
    /// seen from descriptions; whether numbers agree is seen when they are added up.</remarks>
    /// <param name="parts">The parts.</param>
    public bool IsSumOf(IReadOnlyCollection<Population> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0 || parts.Any(part => !Contains(part) || part.Equals(this))) return false;
        var list = parts.ToList();
        for (var i = 0; i < list.Count; i++)
        {
            for (var j = i + 1; j < list.Count; j++)
                if (!list[i].IsDisjointFrom(list[j])) return false;
        }

        var added = list.Select(part => part.Properties.Keys.Except(Properties.Keys).ToArray()).ToList();
        if (added.TrueForAll(names => names.Length == 1) && added.Select(names => names[0]).Distinct(StringComparer.Ordinal).Count() == 1)
            return list.TrueForAll(part => part.SpanInForce == SpanInForce);
        if (added.Exists(names => names.Length > 0)) return false;
        var next = SpanInForce.From;
        foreach (var span in list.Select(part => part.SpanInForce).OrderBy(span => span.From))
        {
            if (span.From != next) return false;
            next = span.To is { } to ? to + 1 : int.MaxValue;
        }

        return next == (SpanInForce.To is { } last ? last + 1 : int.MaxValue);
    }

    /// <summary>Reads a population as it is written; null and the empty text are everyone.</summary>
    /// <param name="text">The text.</param>
    public static Population Parse(string? text)
    {
        var population = Everyone;
        if (string.IsNullOrEmpty(text)) return population;
        foreach (var (name, value) in Parts(text))
        {
            if (value is null && Span(name) is { } ages) population = population.At(ages);
            else population = population.With(name, value ?? "");
        }

        return population;
    }

    /// <summary>The population of a text, so that a label of a published table can stand where a population is wanted.</summary>
    /// <param name="text">The text; null is nobody's.</param>
    public static implicit operator Population?(string? text) => text is null ? null : Parse(text);

    /// <summary>The same persons by one description: a property that says ages is ages.</summary>
    /// <remarks>Only ages that lie within the population's are taken over; a group of ages beside others of its kind stays a
    /// property.</remarks>
    internal Population WithAgesFromProperties()
    {
        var population = this;
        foreach (var (name, value) in Properties)
        {
            if (!AgeNames.Contains(name, StringComparer.OrdinalIgnoreCase) || Span(value) is not { } span) continue;
            if (Meet(population.SpanInForce, span) is { } both) population = population.Without(name).At(both);
        }

        return population;
    }

    /// <summary>The ages, all where none are given.</summary>
    internal AgeSpan SpanInForce => Ages ?? Analys.Ages.All;

    /// <inheritdoc/>
    public bool Equals(Population? other) => other is not null && SpanInForce == other.SpanInForce
        && Properties.Count == other.Properties.Count
        && Properties.SequenceEqual(other.Properties);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(SpanInForce);
        foreach (var (name, value) in Properties)
        {
            hash.Add(name, StringComparer.Ordinal);
            hash.Add(value, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    /// <summary>The population as it is written.</summary>
    public override string ToString()
    {
        var parts = Order.Select(name => Properties[name] is { Length: > 0 } value ? $"{Escape(name)}={Escape(value)}" : Escape(name));
        return string.Join(", ", Ages is { } ages ? parts.Prepend(ages.ToString()) : parts);
    }

    private static bool Covers(AgeSpan outer, AgeSpan inner) =>
        outer.From <= inner.From && (outer.To ?? int.MaxValue) >= (inner.To ?? int.MaxValue);

    private static AgeSpan? Meet(AgeSpan a, AgeSpan b)
    {
        var from = Math.Max(a.From, b.From);
        var to = a.To is { } x && b.To is { } y ? Math.Min(x, y) : a.To ?? b.To;
        return to < from ? null : new AgeSpan(from, to);
    }

    private static AgeSpan? Span(string text) => AgeSpan.TryParse(text, out var span) ? span : null;

    private static string Escape(string text) =>
        text.AsSpan().IndexOfAny(",=\\") < 0 ? text
            : text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)
                .Replace("=", "\\=", StringComparison.Ordinal);

    // Parts end at a comma with a space, names at an equals sign, where no backslash stands before them.
    private static IEnumerable<(string Name, string? Value)> Parts(string text)
    {
        string? name = null;
        var part = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                part.Append(text[++i]);
            }
            else if (text[i] == '=' && name is null && part.Length > 0)
            {
                name = part.ToString();
                part.Clear();
            }
            else if (text[i] == ',' && i + 1 < text.Length && text[i + 1] == ' ')
            {
                i++;
                if (Take() is { } found) yield return found;
            }
            else
            {
                part.Append(text[i]);
            }
        }

        if (Take() is { } last) yield return last;

        (string, string?)? Take()
        {
            var (own, rest) = (name, part.ToString());
            name = null;
            part.Clear();
            return own is not null ? (own, rest) : rest.Length > 0 ? (rest, null) : null;
        }
    }
}

/// <summary>Who stands in a numerator: those of the population who have a property, by a rule with its parameters.</summary>
/// <remarks>
/// Two counts of the same property differ by their rules only, and one of them may contain the other (poor by 50 and by 60 per cent of the
/// median). Parts of one division are counts that nobody is in twice (the groups of a table).
/// </remarks>
/// <param name="Property">What those counted have: <c>poor</c>, <c>income-support</c>, <c>group utl</c>.</param>
/// <param name="Rule">The line and choices by which it is decided; empty where there is no choice.</param>
public sealed record CountedSet(string Property, string Rule = "")
{
    /// <summary>The division that the property is one part of; null where it is none.</summary>
    public string? PartOf { get; init; }

    /// <summary>Whom the denominator counts, where it is not everyone of the population: those observed in several years, two
    /// groups.</summary>
    public string Among { get; init; } = "";

    /// <summary>Whether nobody can be counted by both.</summary>
    /// <param name="other">The other set.</param>
    public bool IsDisjointFrom(CountedSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return PartOf is not null && PartOf == other.PartOf && Property != other.Property;
    }
}
