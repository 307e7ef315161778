namespace Analys.Disclosure;

/// <summary>Noise by cell keys, as in SCB's population tables from reference year 2025: every cell is off by at most a few, totals too.</summary>
/// <remarks>
/// Such a table is marked and not called wrong. Its equations hold within an interval: each of the k parts and the total may be off by D, so that
/// |total − Σ parts| ≤ (k + 1)·D, and the audit attacks with the interval. Swedish: <i>cellnyckelmetoden</i>.
/// </remarks>
/// <param name="Maximum">D, the greatest perturbation of one cell.</param>
public sealed record CellKeyNoise(int Maximum)
{
    /// <summary>(k + 1)·D.</summary>
    /// <param name="parts">k.</param>
    public double ToleranceOf(int parts) => (parts + 1.0) * Maximum;

    /// <summary>Adds total = Σ parts within the noise.</summary>
    public ProtectionTableBuilder Equate(ProtectionTableBuilder builder, string total, IReadOnlyList<string> parts)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(parts);
        return builder.Equate(total, parts, ToleranceOf(parts.Count));
    }

    /// <summary>The totals of a table that are not the sums of their parts: a sign of noise in a source that does not say so.</summary>
    public static IReadOnlyList<string> NotAdditive(ProtectionTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return RoundedTable.Of(table, [.. table.Cells.Select(cell => cell.Value)]).NotAdditive;
    }
}
