using Analys.Disclosure.Audit;
using Analys.Disclosure.Tables;

namespace Analys.Disclosure.Suppression;

/// <summary>The search space of secondary suppression: what may move, how far, at what price, and what must be protected.</summary>
/// <remarks>The bounds are those of the strongest attacker that the requirements name; what he cannot exclude, no other can.</remarks>
internal sealed class SuppressionSpace
{
    public SuppressionSpace(ProtectionTable table, ProtectionRequirements requirements)
    {
        Table = table;
        Requirements = requirements;
        System = AttackSystem.Of(table, cell => cell.IsUnknown || MayBeWithheld(cell, requirements));
        var n = System.Variables;
        Lower = new double[n];
        Upper = new double[n];
        Integer = new bool[n];
        IsCandidate = new bool[n];
        Cost = new double[n];
        var needs = new List<ProtectionNeed>();
        for (var v = 0; v < System.Cells; v++)
        {
            var cell = Cell(v);
            IsCandidate[v] = !cell.IsUnknown;
            Integer[v] = table.IsInteger;
            Cost[v] = requirements.CostOf(cell);
            var status = IsCandidate[v] ? CellStatus.Secondary : cell.Status;
            var (low, high) = requirements.LegendOf(cell, status);
            if (cell.Value < low || cell.Value > high)
                throw new TableModelException(
                    "A cell's value lies outside what its mark tells the reader: the statuses do not fit the rules.", cell.Id);
            (Lower[v], Upper[v]) = (low - cell.Value, high - cell.Value);
            if (cell.Status == CellStatus.Primary)
            {
                needs.Add(new ProtectionNeed(
                    v, cell.Protection?.UpperLevel ?? 0, Math.Min(cell.Value, cell.Protection?.LowerLevel ?? 0),
                    requirements.MinimumWidth));
            }
        }
        System.SlackLower.CopyTo(Lower, System.Cells);
        System.SlackUpper.CopyTo(Upper, System.Cells);
        // The hardest first: what they force is then free for the others.
        needs.Sort((a, b) =>
            (b.Up + b.Down, Cell(a.Variable).Value, a.Variable).CompareTo((a.Up + a.Down, Cell(b.Variable).Value, b.Variable)));
        Needs = [.. needs];
        Insiders = requirements.GuardAgainstInsiders
            ? [.. OwnCells.Of(table).Select(cells => Array.ConvertAll(cells, cell => System.VariableOf[cell]))] : [];
        Candidates = [.. Enumerable.Range(0, System.Cells).Where(v => IsCandidate[v])];
        Price = Prices();
    }

    public ProtectionTable Table { get; }

    public ProtectionRequirements Requirements { get; }

    public AttackSystem System { get; }

    public double[] Lower { get; }

    public double[] Upper { get; }

    public bool[] Integer { get; }

    public bool[] IsCandidate { get; }

    public int[] Candidates { get; }

    /// <summary>The true cost of withholding.</summary>
    public double[] Cost { get; }

    /// <summary>The cost in small whole numbers, so that the simplex calculates exactly.</summary>
    public double[] Price { get; }

    public ProtectionNeed[] Needs { get; }

    /// <summary>For each insider the variables that he knows.</summary>
    public int[][] Insiders { get; }

    public TableCell Cell(int variable) => Table.Cells[System.CellOf[variable]];

    // A zero that is safe cannot hide anything (the legend says so), and a cell that is promised stays.
    private static bool MayBeWithheld(TableCell cell, ProtectionRequirements requirements) =>
        cell is { MustBePublished: false, Hidden: false } &&
        (requirements.Frequency is not { } rule || cell.Value >= (requirements.LegendTellsApart ? rule.Threshold : 1));

    private double[] Prices()
    {
        var least = double.PositiveInfinity;
        foreach (var v in Candidates) if (Cost[v] > 0) least = Math.Min(least, Cost[v]);
        var scale = 1.0;
        while (!double.IsPositiveInfinity(least) && least * scale < 4) scale *= 2;
        var price = new double[Cost.Length];
        for (var v = 0; v < price.Length; v++) price[v] = Math.Clamp(Math.Round(Cost[v] * scale), 1, 65536);
        return price;
    }
}

/// <summary>What a protected table must withstand. A policy file becomes one of these.</summary>
internal sealed record ProtectionRequirements
{
    /// <summary>The rules that find primary cells.</summary>
    public IReadOnlyList<PrimaryRule> Rules { get; init; } = [new FrequencyThreshold()];

    /// <summary>The legend tells primary from secondary marks, so that a reader knows 1 ≤ x ≤ T − 1 for the one and x ≥ T for the
    /// other.</summary>
    public bool LegendTellsApart { get; init; } = true;

    /// <summary>Guard against a contributor who is alone in a cell and therefore knows it.</summary>
    public bool GuardAgainstInsiders { get; init; } = true;

    /// <summary>The least distance between the attacker's bounds of a primary cell.</summary>
    public double MinimumWidth { get; init; } = 1;

    /// <summary>What a withheld cell costs.</summary>
    public SuppressionCost Cost { get; init; } = SuppressionCost.People;

    /// <summary>Effort of the exact method: the greatest number of cuts before the heuristic's pattern is kept. 0 turns it off.</summary>
    public int ExactCuts { get; init; } = 300;

    /// <summary>The exact method is tried on tables with at most this many cells that could be withheld.</summary>
    public int ExactCells { get; init; } = 400;

    /// <summary>The frequency rule, if there is one.</summary>
    public FrequencyThreshold? Frequency => Rules.OfType<FrequencyThreshold>().FirstOrDefault();

    /// <summary>The cost of withholding a cell.</summary>
    public double CostOf(TableCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.Cost ?? Cost switch
        {
            SuppressionCost.Cells => 1,
            SuppressionCost.Logarithm => Math.Log(1 + cell.Value),
            _ => cell.Value,
        };
    }

    /// <summary>Whether the reader knows that zeros are shown, so that what is withheld under one common mark is at least one.</summary>
    public bool ZerosAreShown { get; init; }

    /// <summary>The values that a reader who sees only that a cell is withheld can give to it: where zeros are shown, it is at least
    /// one.</summary>
    /// <param name="cell">The cell.</param>
    public (double Lower, double Upper) OutsideOf(TableCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        // Weighted counts may be below one; then nobody can say so.
        return (!cell.Hidden && ZerosAreShown && cell.Value >= 1 ? 1 : 0, double.PositiveInfinity);
    }

    /// <summary>The values that a reader of the legend can give to a withheld cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="status">Its status, or the one it would get.</param>
    public (double Lower, double Upper) LegendOf(TableCell cell, CellStatus status)
    {
        ArgumentNullException.ThrowIfNull(cell);
        var (low, high) = Legend(cell, status);
        return cell.Told is { } told ? (Math.Max(low, told.Lower), Math.Min(high, told.Upper)) : (low, high);
    }

    private (double Lower, double Upper) Legend(TableCell cell, CellStatus status)
    {
        if (cell.Hidden || Frequency is not { } rule) return (0, double.PositiveInfinity);
        if (!LegendTellsApart) return OutsideOf(cell);
        if (status == CellStatus.Primary)
        {
            // A rule that says nothing of the size (too few households) leaves what every reader knows.
            return cell.Protection is { } protection
                ? (Math.Max(protection.LegendLower, OutsideOf(cell).Lower), protection.LegendUpper)
                : (rule.ZerosAreSafe ? 1 : 0, rule.Threshold - 1);
        }
        return (rule.Threshold, double.PositiveInfinity);
    }
}

/// <summary>What one primary cell needs: room upwards, room downwards, and room in all.</summary>
/// <param name="Variable">The cell's variable.</param>
/// <param name="Up">UPL.</param>
/// <param name="Down">LPL, at most the value itself.</param>
/// <param name="Width">The least distance between the bounds.</param>
internal readonly record struct ProtectionNeed(int Variable, double Up, double Down, double Width);
