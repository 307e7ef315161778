namespace Analys.Disclosure;

/// <summary>What an attacker can work out about one withheld cell.</summary>
/// <param name="Cell">The cell's id.</param>
/// <param name="Status">Primary or secondary.</param>
/// <param name="Lower">The outsider's lower bound.</param>
/// <param name="Upper">The outsider's upper bound; positive infinity when there is none.</param>
/// <param name="LegendLower">The legend reader's lower bound; the outsider's when the legend tells nothing.</param>
/// <param name="LegendUpper">The legend reader's upper bound.</param>
/// <param name="Proven">False when a search was cut short and the bounds are those that were attained.</param>
public sealed record CellBounds(
    string Cell, CellStatus Status, double Lower, double Upper, double LegendLower, double LegendUpper, bool Proven)
{
    /// <summary>upper − lower for the outsider.</summary>
    public double Width => Upper - Lower;

    /// <summary>upper − lower for the reader of the legend.</summary>
    public double LegendWidth => LegendUpper - LegendLower;
}
