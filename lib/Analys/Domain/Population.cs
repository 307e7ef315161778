using System.Collections.Immutable;
using System.Text;

namespace Analys;

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
