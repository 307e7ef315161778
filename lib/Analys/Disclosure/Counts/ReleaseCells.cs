using Analys.Disclosure.Ledgers;
using Analys.Disclosure.Suppression;
using Analys.Disclosure.Tables;

namespace Analys.Disclosure.Counts;

/// <summary>The cells of a release in the making and the sums between them; what they hold is the attacker's aim, what he knows are the
/// sums.</summary>
internal sealed class ReleaseCells(Policy policy, bool tellsApart, string period)
{
    private const double Rounding = 1e-9;
    private readonly List<TableCell> cells = [];
    private readonly List<(int Total, int[] Parts)> sums = [];
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);

    public IReadOnlyList<TableCell> Cells => cells;

    public IReadOnlyList<(int Total, int[] Parts)> Sums => sums;

    /// <summary>Adds a printed count.</summary>
    public int Add(string id, double value, double cost, LedgerName name) =>
        Append(new TableCell { Id = Unique(id), Value = value, Cost = cost }, name);

    /// <summary>What a ledger calls a cell.</summary>
    public string NameOf(string id) => names[id];

    /// <summary>Adds a count that is printed nowhere but follows from others: a rest, a difference, a complement.</summary>
    public int AddHidden(string id, double value, LedgerName? name = null)
    {
        var cell = Append(new TableCell { Id = Unique(id), Value = value, Hidden = true }, name);
        if (policy.IsSmall(value)) MarkPrimary(cell, CellProtection.Silent("threshold"));
        return cell;
    }

    /// <summary>Adds total = Σ parts (+ a rest that is printed nowhere). Nothing is added when the parts are more than the total.</summary>
    /// <param name="total">The total's cell.</param>
    /// <param name="parts">The parts' cells.</param>
    /// <param name="rest">The rest's name.</param>
    /// <param name="evenWhenEmpty">Whether a reader cannot know that nobody is in the rest: it is a cell then, too.</param>
    /// <param name="name">What a ledger calls the rest.</param>
    /// <returns>The rest's cell; −1 where there is none.</returns>
    public int Sum(int total, IReadOnlyList<int> parts, string rest, bool evenWhenEmpty = false, LedgerName? name = null)
    {
        var difference = cells[total].Value;
        foreach (var part in parts) difference -= cells[part].Value;
        var tolerance = Rounding * Math.Max(1, cells[total].Value);
        if (difference < -tolerance) return -1;
        var hidden = difference > tolerance ? AddHidden(rest, difference, name) : evenWhenEmpty ? AddHidden(rest, 0, name) : -1;
        // What is left of one family's count is that family's: it learns nothing of others from it.
        if (hidden >= 0 && cells[total].IsKnownToContributor) Know(hidden, 1);
        sums.Add((total, hidden < 0 ? [.. parts] : [.. parts, hidden]));
        return hidden;
    }

    /// <summary>Adds total = Σ parts where it holds exactly: that follows from other sums, but says whose cell is whose.</summary>
    public void SumExactly(int total, IReadOnlyList<int> parts)
    {
        var difference = cells[total].Value - parts.Sum(part => cells[part].Value);
        if (Math.Abs(difference) <= Rounding * Math.Max(1, cells[total].Value)) sums.Add((total, [.. parts]));
    }

    /// <summary>Withholds a cell by a rule of the policy.</summary>
    public void MarkSmall(int cell, int? contributors)
    {
        // What the reader of the legend can conclude from a small count holds for whole counts only.
        var whole = cells[cell].Value == Math.Floor(cells[cell].Value);
        MarkPrimary(cell, whole && cells[cell].Value >= (policy.ZerosAreSafe ? 1 : 0)
            ? new CellProtection("threshold", 0, 0, policy.ZerosAreSafe ? 1 : 0, policy.Threshold - 1)
            : CellProtection.Silent("threshold"));
        Know(cell, contributors);
    }

    /// <summary>Withholds a cell by a rule that tells nothing of its size.</summary>
    public void MarkSilent(int cell, string rule, int? contributors = null)
    {
        MarkPrimary(cell, CellProtection.Silent(rule));
        Know(cell, contributors);
    }

    /// <summary>Withholds a cell since something else that its figure tells is small. A large one then says no more than that.</summary>
    public void Withhold(int cell)
    {
        if (cells[cell].Value < policy.Threshold) MarkSilent(cell, "threshold");
        else if (cells[cell].Status == CellStatus.Published) cells[cell] = cells[cell] with { Status = CellStatus.Secondary };
    }

    /// <summary>Whether any cell is withheld by a rule: without one there is nothing to protect.</summary>
    public bool HasPrimary => cells.Exists(cell => cell.Status == CellStatus.Primary);

    /// <summary>Takes in what earlier releases say: those printed are known, those withheld stay so, and earlier sums hold.</summary>
    public void Know(ReleaseLedger ledger, string source, ProtectionRequirements requirements)
    {
        var known = ledger.Known(Table(cells), NameOf, source, requirements.Frequency);
        for (var i = 0; i < known.Cells.Count; i++)
        {
            if (i < cells.Count)
            {
                cells[i] = known.Cells[i];
                continue;
            }

            // Of earlier releases, what this one adds up to.
            cells.Add(known.Cells[i]);
            names.Add(known.Cells[i].Id, known.Cells[i].Id);
        }

        for (var i = sums.Count; i < known.Equations.Count; i++) sums.Add((known.Equations[i].Total, [.. known.Equations[i].Parts]));
    }

    /// <summary>All cells and sums as one table.</summary>
    /// <param name="unknown">Which are withheld.</param>
    public ProtectionTable Table(bool[] unknown) =>
        Table(cells.Select((cell, i) => unknown[i] && cell.Status == CellStatus.Published && !cell.Hidden
            ? cell with { Status = CellStatus.Secondary } : cell));

    private ProtectionTable Table(IEnumerable<TableCell> all)
    {
        var builder = new ProtectionTableBuilder { IsInteger = cells.TrueForAll(cell => cell.Value == Math.Floor(cell.Value)) };
        foreach (var cell in all) builder.Add(cell);
        foreach (var (total, parts) in sums) builder.Equate(cells[total].Id, parts.Select(part => cells[part].Id));
        return builder.Build();
    }

    private void Know(int cell, int? contributors)
    {
        if (contributors is { } known) cells[cell] = cells[cell] with { Contributors = Math.Min(known, cells[cell].Contributors ?? known) };
    }

    private void MarkPrimary(int cell, CellProtection protection)
    {
        // Of two rules the legend tells only what both allow.
        if (cells[cell].Protection is { } known)
        {
            protection = protection with
            {
                LegendLower = Math.Min(known.LegendLower, protection.LegendLower),
                LegendUpper = Math.Max(known.LegendUpper, protection.LegendUpper)
            };
        }

        if (!tellsApart) protection = CellProtection.Silent(protection.Rule);
        cells[cell] = cells[cell] with { Status = CellStatus.Primary, Protection = protection };
    }

    private int Append(TableCell cell, LedgerName? name)
    {
        cells.Add(cell);
        names.Add(cell.Id, name?.ToString() ?? $"{period} {cell.Id}".Replace('\n', ' '));
        return cells.Count - 1;
    }

    private string Unique(string id)
    {
        var name = id;
        for (var i = 2; names.ContainsKey(name); i++) name = $"{id}#{i}";
        return name;
    }
}
