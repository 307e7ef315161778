namespace Analys.Disclosure.Tables;

/// <summary>A protection problem: cells, and the equations and rates that tie them together.</summary>
/// <remarks>
/// One table, or several linked ones: a cell with the same id is the same cell. Immutable; suppression answers with a new table.
/// Source: M. Fischetti and J. J. Salazar, <i>Management Science</i> 47 (2001). Swedish: <i>röjandekontroll av tabell</i>.
/// </remarks>
internal sealed class ProtectionTable
{
    private readonly Dictionary<string, int> indices;

    internal ProtectionTable(TableCell[] cells, TableEquation[] equations, RateLink[] rates, bool isInteger, Dictionary<string,
        int> indices)
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
    public int IndexOf(string id) =>
        indices.TryGetValue(id, out var index) ? index : throw new TableModelException("The table has no such cell.", id);

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

/// <summary>One cell of a table that is to be protected.</summary>
/// <remarks>Swedish: <i>tabellcell</i>. The id is the cell's dimension values joined by <c>|</c>; a total is <c>T</c>.</remarks>
internal sealed record TableCell
{
    /// <summary>The mark of a total in an id.</summary>
    public const string Total = "T";

    /// <summary>Dimension values joined by <c>|</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The true count or magnitude.</summary>
    public required double Value { get; init; }

    /// <summary>What is lost when the cell is withheld; null to take it from the requirements.</summary>
    public double? Cost { get; init; }

    /// <summary>How many households (or other units that know themselves) stand behind the cell; null when the value counts them.</summary>
    public int? Contributors { get; init; }

    /// <summary>The contributions to a magnitude, for the dominance rules.</summary>
    public Contributions? Contributions { get; init; }

    /// <summary>Published, primary or secondary.</summary>
    public CellStatus Status { get; init; }

    /// <summary>Why the cell is primary; null for other cells, and for primary cells whose rule is not known.</summary>
    public CellProtection? Protection { get; init; }

    /// <summary>The cell is already public or promised: it may not be chosen as a secondary suppression.</summary>
    public bool MustBePublished { get; init; }

    /// <summary>The cell is printed nowhere (such as the difference of two populations); it has no mark that a legend could
    /// explain.</summary>
    public bool Hidden { get; init; }

    /// <summary>What earlier releases told of the value: its bounds; null for nothing.</summary>
    public (double Lower, double Upper)? Told { get; init; }

    /// <summary>The attacker does not see the value.</summary>
    public bool IsUnknown => Hidden || Status != CellStatus.Published;

    /// <summary>One contributor knows the cell: it is his own.</summary>
    public bool IsKnownToContributor => Value > 0 && (Contributors ?? Value) == 1;
}

/// <summary>What happens to a cell of a table.</summary>
internal enum CellStatus
{
    /// <summary>Published with its value (P).</summary>
    Published,

    /// <summary>Withheld because a primary rule finds it unsafe (U). Swedish: <i>primärt undertryckt</i>.</summary>
    Primary,

    /// <summary>Withheld so that the primary cells cannot be computed (S). Swedish: <i>sekundärt undertryckt</i>.</summary>
    Secondary,
}

/// <summary>Why a cell is primary, and how far from its value the attacker must be kept.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="LowerLevel">The lower protection level (LPL): the attacker's lower bound must not exceed max(0, v − LPL).</param>
/// <param name="UpperLevel">The upper protection level (UPL): the attacker's upper bound must reach v + UPL.</param>
/// <param name="LegendLower">The least value that a reader of the legend can give a cell withheld by this rule.</param>
/// <param name="LegendUpper">The greatest such value.</param>
internal sealed record CellProtection(string Rule, double LowerLevel, double UpperLevel, double LegendLower, double LegendUpper)
{
    /// <summary>A rule that tells the reader nothing but that the cell is not negative.</summary>
    public static CellProtection Silent(string rule, double lowerLevel = 0, double upperLevel = 0) =>
        new(rule, lowerLevel, upperLevel, 0, double.PositiveInfinity);
}

/// <summary>A published relation: a total is the sum of its parts, up to the noise that the table carries.</summary>
/// <param name="Total">Index of the total's cell.</param>
/// <param name="Parts">Indices of the parts.</param>
/// <param name="Tolerance">How far total − Σ parts may be from zero: 0 for exact tables, the sum of the noise bounds for noisy
/// ones.</param>
internal sealed record TableEquation(int Total, IReadOnlyList<int> Parts, double Tolerance = 0);

/// <summary>The table does not fit its own description: a total that is not the sum of its parts, a cell that is named but
/// missing.</summary>
/// <remarks>The message names cells, never values.</remarks>
internal sealed class TableModelException : Exception
{
    /// <summary>Says what is wrong and with which cells.</summary>
    public TableModelException(string message, params IReadOnlyList<string> cells)
        : base(cells.Count == 0 ? message : $"{message} Cells: {string.Join(", ", cells.Take(10))}{(cells.Count > 10 ? ", …" : "")}.")
    {
        Cells = cells;
    }

    /// <summary>The ids of the cells concerned.</summary>
    public IReadOnlyList<string> Cells { get; }
}

/// <summary>Gathers cells, equations and rates and checks that they agree.</summary>
internal sealed class ProtectionTableBuilder
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
    /// <exception cref="TableModelException">Two tables give the same cell different values, or the value is negative or not a
    /// count.</exception>
    public ProtectionTableBuilder Add(TableCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        if (!(cell.Value >= 0) || double.IsInfinity(cell.Value))
            throw new TableModelException("A cell is negative or not a number.", cell.Id);
        if (IsInteger && cell.Value != Math.Floor(cell.Value))
            throw new TableModelException("A cell of a table of counts is not whole.", cell.Id);
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
            throw new TableModelException("Totals are not the sums of their parts. If the source carries noise (cell-key method), say so.",
                wrong);
        return new ProtectionTable([.. cells], [.. equations], [.. rates], IsInteger, new Dictionary<string,
            int>(indices, StringComparer.Ordinal));
    }

    private int Find(string id) =>
        indices.TryGetValue(id, out var index) ? index : throw new TableModelException("A relation names a cell that is missing.", id);

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
