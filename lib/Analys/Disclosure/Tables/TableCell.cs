namespace Analys.Disclosure;

/// <summary>One cell of a table that is to be protected.</summary>
/// <remarks>Swedish: <i>tabellcell</i>. The id is the cell's dimension values joined by <c>|</c>; a total is <c>T</c>.</remarks>
public sealed record TableCell
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

    /// <summary>The cell is printed nowhere (such as the difference of two populations); it has no mark that a legend could explain.</summary>
    public bool Hidden { get; init; }

    /// <summary>The attacker does not see the value.</summary>
    public bool IsUnknown => Hidden || Status != CellStatus.Published;

    /// <summary>One contributor knows the cell: it is his own.</summary>
    public bool IsKnownToContributor => Value > 0 && (Contributors ?? Value) == 1;
}
