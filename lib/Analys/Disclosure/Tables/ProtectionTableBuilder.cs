namespace Analys.Disclosure;

/// <summary>Gathers cells, equations and rates and checks that they agree.</summary>
public sealed class ProtectionTableBuilder
{
    private const double RelativeTolerance = 1e-9;
    private readonly List<TableCell> cells = [];
    private readonly Dictionary<string, int> indices = new(StringComparer.Ordinal);
    private readonly List<TableEquation> equations = [];
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly List<RateLink> rates = [];

    /// <summary>True (the default) when every value is a count.</summary>
    public bool IsInteger { get; init; } = true;

    /// <summary>Is there a cell with this id already?</summary>
    public bool Contains(string id) => indices.ContainsKey(id);

    /// <summary>Adds a cell; a cell that is already there must be the same one (linked tables meet in it).</summary>
    /// <exception cref="TableModelException">Two tables give the same cell different values, or the value is negative or not a count.</exception>
    public ProtectionTableBuilder Add(TableCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        if (!(cell.Value >= 0) || double.IsInfinity(cell.Value)) throw new TableModelException("A cell is negative or not a number.", cell.Id);
        if (IsInteger && cell.Value != Math.Floor(cell.Value)) throw new TableModelException("A cell of a table of counts is not whole.", cell.Id);
        if (indices.TryGetValue(cell.Id, out var index))
        {
            if (cells[index].Value != cell.Value) throw new TableModelException("Two linked tables disagree about a cell.", cell.Id);
            cells[index] = Stricter(cells[index], cell);
            return this;
        }
        indices.Add(cell.Id, cells.Count);
        cells.Add(cell);
        return this;
    }

    /// <summary>Adds a cell by id and value.</summary>
    public ProtectionTableBuilder Add(string id, double value, CellStatus status = CellStatus.Published) =>
        Add(new TableCell { Id = id, Value = value, Status = status });

    /// <summary>Adds total = Σ parts; an equation that is already there is not repeated.</summary>
    /// <param name="total">Id of the total.</param>
    /// <param name="parts">Ids of the parts.</param>
    /// <param name="tolerance">How far the sum may be off: 0, or the noise that the table carries.</param>
    public ProtectionTableBuilder Equate(string total, IEnumerable<string> parts, double tolerance = 0)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        var equation = new TableEquation(Find(total), [.. parts.Select(Find)], tolerance);
        if (seen.Add($"{equation.Total}={string.Join('+', equation.Parts)}~{(tolerance > 0 ? "n" : "")}")) equations.Add(equation);
        return this;
    }

    /// <summary>Adds a rate in per cent that is printed beside its base.</summary>
    public ProtectionTableBuilder Rate(string numerator, string @base, int decimals, bool alwaysShown = false)
    {
        rates.Add(new RateLink(Find(numerator), Find(@base), decimals, alwaysShown));
        return this;
    }

    /// <summary>Adds all cells, equations and rates of another table: linked tables meet in the cells that have the same id.</summary>
    public ProtectionTableBuilder Add(ProtectionTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        foreach (var cell in table.Cells) Add(cell);
        string Id(int index) => table.Cells[index].Id;
        foreach (var equation in table.Equations) Equate(Id(equation.Total), equation.Parts.Select(Id), equation.Tolerance);
        foreach (var rate in table.Rates) Rate(Id(rate.Numerator), Id(rate.Base), rate.Decimals, rate.AlwaysShown);
        return this;
    }

    /// <summary>Checks the sums and makes the table.</summary>
    /// <exception cref="TableModelException">A total is not the sum of its parts within the tolerance.</exception>
    public ProtectionTable Build()
    {
        var wrong = new List<string>();
        foreach (var equation in equations)
        {
            var total = cells[equation.Total].Value;
            var difference = total;
            foreach (var part in equation.Parts) difference -= cells[part].Value;
            if (Math.Abs(difference) > equation.Tolerance + RelativeTolerance * Math.Max(1, total)) wrong.Add(cells[equation.Total].Id);
        }
        if (wrong.Count > 0)
            throw new TableModelException("Totals are not the sums of their parts. If the source carries noise (cell-key method), say so.", wrong);
        return new ProtectionTable([.. cells], [.. equations], [.. rates], IsInteger, new Dictionary<string, int>(indices, StringComparer.Ordinal));
    }

    private int Find(string id) => indices.TryGetValue(id, out var index) ? index : throw new TableModelException("A relation names a cell that is missing.", id);

    // Of two descriptions of the same cell the one that protects more holds.
    private static TableCell Stricter(TableCell a, TableCell b)
    {
        var stricter = b.Status == CellStatus.Primary || (b.Status == CellStatus.Secondary && a.Status == CellStatus.Published) ? b : a;
        return stricter with
        {
            Cost = a.Cost ?? b.Cost,
            Contributors = a.Contributors is { } x && b.Contributors is { } y ? Math.Min(x, y) : a.Contributors ?? b.Contributors,
            Contributions = a.Contributions ?? b.Contributions,
            MustBePublished = a.MustBePublished || b.MustBePublished,
            Hidden = a.Hidden && b.Hidden,
        };
    }
}
