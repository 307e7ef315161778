using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Analys;

/// <summary>What a value tells of the persons behind it, and so how disclosure control treats it.</summary>
public enum Tells
{
    /// <summary>Not stated: the value is taken for counts where it is a count or a share of the counts behind it, and withheld
    /// elsewhere.</summary>
    Unstated,

    /// <summary>Counts: a number of persons, a share of them, or what follows from such. Protected by its counts, then exact.</summary>
    Counts,

    /// <summary>A position: a median, another quantile, a threshold. It is somebody's income.</summary>
    Position,

    /// <summary>An amount: a sum, a mean, a gap, a share of income, any moment. Every household contributes to it.</summary>
    Amount,

    /// <summary>A composition: a function of the cells of one unit, such as a local index.</summary>
    Composition,

    /// <summary>A summary of many counts: a global index, a test.</summary>
    Summary,
}

/// <summary>What stands behind a value, as disclosure control needs it; filled where the value is computed.</summary>
/// <param name="Numerator">Those who have the property (poor, on assistance); null where the measure has none.</param>
/// <param name="Denominator">All who could have it.</param>
/// <param name="Contributors">Households, where they are fewer than persons; null where households are not known.</param>
[JsonConverter(typeof(BasisJson))]
[DebuggerDisplay("{ToString(),nq}")]
public sealed record Basis(double? Numerator, double Denominator, double? Contributors = null)
{
    /// <summary>What it is; never its counts, which are for disclosure control alone.</summary>
    public override string ToString() => "the counts behind a value, not shown";

    // A notebook finds this by its name.
    internal static bool IsConfidential => true;

    /// <summary>Those who do not have the property; null where the measure has no numerator.</summary>
    public double? Complement => Denominator - Numerator;

    /// <summary>What the value tells.</summary>
    public Tells Tells { get; init; }

    /// <summary>Who is counted by the numerator; null where the measure does not say.</summary>
    public CountedSet? Counted { get; init; }

    /// <summary>
    /// The largest change of the value: of an amount when one household is left out, or comes without its money; of a summary or
    /// composition
    /// when one person of one cell is another's. Null where it is not known; then only counts are shown.
    /// </summary>
    public double? Influence { get; init; }

    /// <summary>For a position: how far the value must be left open so that k households stand on each side within it, for k = 1, 2,
    /// …</summary>
    public ImmutableArray<double> Near { get; init; } = [];

    /// <summary>The largest contributions of households to an amount, in falling order, and the sum of all: for dominance and p
    /// %.</summary>
    public ImmutableArray<double> Largest { get; init; } = [];

    /// <summary>The sum of the contributions that <see cref="Largest"/> are of.</summary>
    public double Total { get; init; }

    /// <summary>Whether the value compares two others, of places or times that it names: it is withheld with each of them.</summary>
    public bool IsComparison { get; init; }

    /// <summary>The columns that the counts were taken from, where a ledger may meet them in tables; null where area and persons say it
    /// all.</summary>
    internal CountColumns? Columns { get; init; }

    /// <summary>The keys of the counts, for noise that is the same for the same persons; null where persons have none.</summary>
    internal CellKeys? Keys { get; init; }

    /// <summary>Whether a share or number of persons has weights that differ: it tells more than its counts do, namely how many persons of
    /// each weight.</summary>
    internal bool IsWeighted { get; init; }

    /// <summary>Of a weighted share the largest change when one person is exchanged for one of the next weight; null where it is not
    /// known.</summary>
    internal double? Exchange { get; init; }

    /// <summary>Further counts that the value is made of, each held against the threshold like the numerator: the parts of a mean of
    /// shares, the cells of a table. A zero may stand among them, and must not hide the few beside it.</summary>
    internal ImmutableArray<double> Parts { get; init; } = [];

    /// <summary>The periods whose figures of the same measure and place the value follows from: it is withheld with any of them.</summary>
    internal ImmutableArray<string> Periods { get; init; } = [];

    /// <summary>Whether the value is a place among all areas: it is withheld with any of those that it is a place among.</summary>
    internal bool IsPlace { get; init; }

    /// <summary>The same with what takes work to find out; null where everything is here. It is found when a release first asks.</summary>
    internal Lazy<Basis>? Later { get; init; }

    /// <summary>The basis with everything that a release needs.</summary>
    internal Basis Complete => Later?.Value ?? this;

    /// <inheritdoc/>
    public bool Equals(Basis? other) => other is not null
        && (Numerator, Denominator, Contributors, Tells, Influence, Total, IsComparison)
            == (other.Numerator, other.Denominator, other.Contributors, other.Tells, other.Influence, other.Total, other.IsComparison)
        && Equals(Counted, other.Counted) && Near.SequenceEqual(other.Near) && Largest.SequenceEqual(other.Largest);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator, Contributors, Tells, Influence, Counted);
}

/// <summary>The sums of the random numbers of the persons counted, in units of 2^−32, modulo 1.</summary>
/// <param name="Counted">Of the numerator.</param>
/// <param name="All">Of the denominator.</param>
internal sealed record CellKeys(uint Counted, uint All);

/// <summary>The columns of counts, by the names that a ledger knows them by.</summary>
/// <param name="Area">The column of areas or units.</param>
/// <param name="Count">The column of persons; null where rows were counted.</param>
internal sealed record CountColumns(string Area, string? Count);

/// <summary>Writes nothing of the counts behind a value.</summary>
internal sealed class BasisJson : JsonConverter<Basis>
{
    /// <inheritdoc/>
    public override Basis Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("The counts behind a value are not read.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Basis value, JsonSerializerOptions options) => writer.WriteNullValue();
}
