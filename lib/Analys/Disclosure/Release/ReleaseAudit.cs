namespace Analys.Disclosure;

/// <summary>The proof of a release: what an attacker can work out about each withheld count. For the one who answers for it, not for publication.</summary>
/// <remarks>The bounds themselves narrow the withheld figures; they are computed only when asked for. Swedish: <i>röjandekontrollens bevis</i>.</remarks>
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
    public ProtectionRequirements Requirements { get; }

    /// <summary>The bounds of every withheld count, rests and differences among them, by name (area|population|what).</summary>
    public IReadOnlyList<CellBounds> Bounds => bounds.Value;

    /// <summary>The narrowest interval of a count that a rule withholds; infinite when there is none.</summary>
    public double LeastWidth => Bounds.Where(bound => bound.Status == CellStatus.Primary).Select(bound => bound.LegendWidth).DefaultIfEmpty(double.PositiveInfinity).Min();

    private static IReadOnlyList<CellBounds> BoundsOf(ProtectionTable table, ProtectionRequirements requirements) =>
        table.Cells.Count(cell => cell.IsUnknown) > Exact ? SumProtection.Bounds(table, requirements) : Auditor.Audit(table, requirements).Bounds;
}
