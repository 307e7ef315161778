namespace Analys.Disclosure;

/// <summary>A protection problem: cells, and the equations and rates that tie them together.</summary>
/// <remarks>
/// One table, or several linked ones: a cell with the same id is the same cell. Immutable; suppression answers with a new table.
/// Source: M. Fischetti and J. J. Salazar, <i>Management Science</i> 47 (2001). Swedish: <i>röjandekontroll av tabell</i>.
/// </remarks>
public sealed class ProtectionTable
{
    private readonly Dictionary<string, int> indices;

    internal ProtectionTable(TableCell[] cells, TableEquation[] equations, RateLink[] rates, bool isInteger, Dictionary<string, int> indices)
    {
        Cells = cells;
        Equations = equations;
        Rates = rates;
        IsInteger = isInteger;
        this.indices = indices;
    }

    /// <summary>The cells, in the order in which they were added.</summary>
    public IReadOnlyList<TableCell> Cells { get; }

    /// <summary>total = Σ parts.</summary>
    public IReadOnlyList<TableEquation> Equations { get; }

    /// <summary>Rates printed beside their base.</summary>
    public IReadOnlyList<RateLink> Rates { get; }

    /// <summary>Every value is a count; the attacker knows that too.</summary>
    public bool IsInteger { get; }

    /// <summary>Some equation has a tolerance: the table carries noise, and its totals are not the sums of their parts.</summary>
    public bool CarriesNoise => Equations.Any(equation => equation.Tolerance > 0);

    /// <summary>The cell with an id.</summary>
    /// <exception cref="TableModelException">There is none.</exception>
    public TableCell this[string id] => Cells[IndexOf(id)];

    /// <summary>Is there a cell with this id?</summary>
    public bool Contains(string id) => indices.ContainsKey(id);

    /// <summary>The position of the cell with an id.</summary>
    /// <exception cref="TableModelException">There is none.</exception>
    public int IndexOf(string id) => indices.TryGetValue(id, out var index) ? index : throw new TableModelException("The table has no such cell.", id);

    /// <summary>The same problem with every cell replaced by what a function makes of it; ids and order must stay.</summary>
    public ProtectionTable Select(Func<TableCell, TableCell> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var cells = new TableCell[Cells.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = change(Cells[i]);
            if (cells[i].Id != Cells[i].Id) throw new TableModelException("A cell may not change its id.", Cells[i].Id);
        }
        return new ProtectionTable(cells, [.. Equations], [.. Rates], IsInteger, indices);
    }

    /// <summary>The same problem with the named cells given a status.</summary>
    public ProtectionTable WithStatus(CellStatus status, params IEnumerable<string> ids)
    {
        var chosen = ids.Select(IndexOf).ToHashSet();
        return Select(cell => chosen.Contains(indices[cell.Id]) ? cell with { Status = status } : cell);
    }
}
