using System.Collections;
using System.Collections.Immutable;
using Analys.Disclosure.Audit;
using Analys.Disclosure.Counts;
using Analys.Disclosure.Suppression;
using Analys.Disclosure.Tables;

namespace Analys;

/// <summary>
/// Results that have passed disclosure control under a named policy: the only thing that charts, tables, reports and files
/// take. It has no public constructor; only the gate makes one.
/// </summary>
public sealed partial class Released : IReadOnlyList<Result>
{
    private readonly ImmutableArray<Result> rows;

    private Released(ImmutableArray<Result> rows, Policy policy, Confidentiality origin, Provenance provenance, ReleaseAudit? audit = null)
    {
        Audit = audit;
        this.rows = [.. rows.Select(row => row.IsConfidential ? row with { Value = row.Value.Free } : row)];
        Policy = policy;
        Origin = origin;
        Provenance = origin == Confidentiality.Confidential && !policy.Unprotected ? provenance.Told() : provenance;
    }

    /// <summary>The policy under which it was released.</summary>
    public Policy Policy { get; }

    /// <summary>The confidentiality of the data before the release.</summary>
    public Confidentiality Origin { get; }

    /// <summary>Where the figures came from.</summary>
    public Provenance Provenance { get; }

    /// <summary>The proof of the release: the bounds of what is withheld. It is never shown unless asked for; null where nothing was to be
    /// protected.</summary>
    public ReleaseAudit? Audit { get; }

    /// <summary>Whether the figures are unprotected and must stay inside the secure environment.</summary>
    public bool IsConfidential => Origin == Confidentiality.Confidential && Policy.Unprotected;

    /// <summary>How many figures were withheld.</summary>
    public int SuppressedCount => rows.Count(row => row.Value.Status == ValueStatus.Suppressed);

    /// <inheritdoc/>
    public int Count => rows.Length;

    /// <inheritdoc/>
    public Result this[int index] => rows[index];

    // A notebook finds this by its name, and offers the names where a text is to be written for such a parameter.
    internal IEnumerable<string> OfferedNames(string parameter) => parameter.StartsWith("measure", StringComparison.OrdinalIgnoreCase)
        ? rows.Select(row => row.Measure.Id).Distinct()
        : rows.Select(row => row.Area).OfType<string>().Distinct();

    /// <summary>Some of the released figures: a selection stays released.</summary>
    /// <param name="condition">Which to keep.</param>
    public Released Where(Func<Result, bool> condition) => new([.. rows.Where(condition)], Policy, Origin, Provenance, Audit);

    /// <summary>Figures that were released each by itself, in one table: it tells no more than they do side by side.</summary>
    /// <param name="other">More released figures.</param>
    internal Released Beside(Released other) => new([.. rows, .. other.rows], Origin == Confidentiality.Confidential
        ? Policy : other.Policy,
        Origin == Confidentiality.Confidential ? Origin : other.Origin, Provenance.Merge(other.Provenance));

    /// <inheritdoc/>
    public IEnumerator<Result> GetEnumerator() => ((IEnumerable<Result>)rows).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Says what it is.</summary>
    public override string ToString() => $"{Count} results released under {Policy.Name}, {SuppressedCount} withheld";
}

/// <summary>The proof of a release: what an attacker can work out about each withheld count. For the one who answers for it, not for
/// publication.</summary>
/// <remarks>The bounds themselves narrow the withheld figures; they are computed only when asked for. Swedish: <i>röjandekontrollens
/// bevis</i>.</remarks>
public sealed class ReleaseAudit
{
    private const int Exact = 450;
    private readonly Lazy<IReadOnlyList<CellBounds>> bounds;

    internal ReleaseAudit(IReadOnlyList<ProtectionTable> tables, ProtectionRequirements requirements)
    {
        Requirements = requirements;
        bounds = new(() => [.. tables.SelectMany(table => BoundsOf(table, requirements))]);
    }

    /// <summary>What the release withstands.</summary>
    internal ProtectionRequirements Requirements { get; }

    /// <summary>The bounds of every withheld count, rests and differences among them, by name (area|population|what).</summary>
    internal IReadOnlyList<CellBounds> Bounds => bounds.Value;

    /// <summary>The narrowest interval of a count that a rule withholds; infinite when there is none.</summary>
    public double LeastWidth => Bounds.Where(bound => bound.Status == CellStatus.Primary).Select(bound => bound.LegendWidth)
        .DefaultIfEmpty(double.PositiveInfinity).Min();

    private static IReadOnlyList<CellBounds> BoundsOf(ProtectionTable table, ProtectionRequirements requirements) =>
        table.Cells.Count(cell => cell.IsUnknown) > Exact ? SumProtection.Bounds(table, requirements)
        : Auditor.Audit(table, requirements).Bounds;
}
