namespace Analys.Disclosure;

/// <summary>Attacks a rounded table: the counts that each cell can be, given every rounded cell and every sum of the true ones.</summary>
/// <remarks>
/// The attacker knows how was rounded. Rounded each by itself to the nearest multiple of b, a count lies within (b − 1)/2 of what is shown; rounded so
/// that totals stay sums, below b of it; by the city's practice 0 stands for 0–2, 5 for 3–5, and every other count is itself. Totals narrow their parts and parts
/// their totals: bounds are found in whole numbers as for withheld cells, in large tables sum by sum. Swedish: <i>röjandekontroll av avrundning</i>.
/// </remarks>
internal static class RoundingAudit
{
    private const int Exact = 450;

    /// <summary>Audits a table.</summary>
    /// <param name="table">The true table; its primary cells are those that rules protect.</param>
    /// <param name="ranges">What each shown figure allows, by cell.</param>
    /// <param name="minimumWidth">The least distance between the bounds of a primary cell.</param>
    /// <exception cref="TableModelException">A true count lies outside what is shown of it.</exception>
    public static TableAudit Of(ProtectionTable table, IReadOnlyList<(double Low, double High)> ranges, double minimumWidth)
    {
        var bounds = ranges.ToArray();
        for (var i = 0; i < bounds.Length; i++)
            if (table.Cells[i].Value < bounds[i].Low || table.Cells[i].Value > bounds[i].High) throw new TableModelException("A count lies outside what its rounding tells the reader.", table.Cells[i].Id);
        Narrow(table, bounds);
        if (bounds.Count(one => one.High > one.Low) <= Exact) Attack(table, bounds);
        var all = new List<CellBounds>();
        var failures = new List<AuditFailure>();
        for (var i = 0; i < bounds.Length; i++)
        {
            var (cell, (low, high)) = (table.Cells[i], bounds[i]);
            all.Add(new CellBounds(cell.Id, cell.Status, low, high, low, high, Proven: true));
            if (cell.Status == CellStatus.Primary && high - low < minimumWidth) failures.Add(new AuditFailure(cell.Id, Attacker.Outsider, high == low ? AuditReason.Exact : AuditReason.TooNarrow));
        }

        return new TableAudit(all, failures);
    }

    // What one sum says of its total and of each part, until no sum says more.
    private static void Narrow(ProtectionTable table, (double Low, double High)[] bounds)
    {
        for (var (again, round) = (true, 0); again && round < 100; round++)
        {
            again = false;
            foreach (var equation in table.Equations)
            {
                if (equation.Tolerance > 0) continue;
                var (low, high) = (equation.Parts.Sum(part => bounds[part].Low), equation.Parts.Sum(part => bounds[part].High));
                var total = bounds[equation.Total];
                again |= Cut(ref bounds[equation.Total], low, high);
                foreach (var part in equation.Parts)
                {
                    var (least, most) = (low - bounds[part].Low, high - bounds[part].High);
                    // Of two endless parts neither limits the other.
                    again |= Cut(ref bounds[part], double.IsPositiveInfinity(high) ? double.IsPositiveInfinity(bounds[part].High) ? total.Low - equation.Parts.Where(other => other != part).Sum(other => bounds[other].High) : double.NegativeInfinity : total.Low - most, total.High - least);
                    (low, high) = (equation.Parts.Sum(other => bounds[other].Low), equation.Parts.Sum(other => bounds[other].High));
                }
            }
        }
    }

    private static bool Cut(ref (double Low, double High) bound, double low, double high)
    {
        var next = (Math.Max(bound.Low, low), Math.Min(bound.High, high));
        var changed = next != bound;
        bound = next;
        return changed;
    }

    private static void Attack(ProtectionTable table, (double Low, double High)[] bounds)
    {
        var open = Enumerable.Range(0, bounds.Length).Where(i => bounds[i].High > bounds[i].Low).Select(i => table.Cells[i].Id).ToHashSet(StringComparer.Ordinal);
        var attack = AttackSystem.Of(table, cell => open.Contains(cell.Id));
        double[] Room(Func<int, double> edge, double[] slack) => [.. attack.CellOf.Select(cell => edge(cell) - table.Cells[cell].Value), .. slack];
        var integer = Enumerable.Range(0, attack.Variables).Select(v => v < attack.Cells && table.IsInteger).ToArray();
        var search = new IntegerExtremes(
            attack.System, BoundedSimplexSolver.Instance.Load(attack.System), integer, Room(cell => bounds[cell].Low, attack.SlackLower), Room(cell => bounds[cell].High, attack.SlackUpper));
        for (var v = 0; v < attack.Cells; v++)
        {
            var (cell, value) = (attack.CellOf[v], table.Cells[attack.CellOf[v]].Value);
            var up = search.Find(v, 1);
            var high = search.Proven ? value + up : bounds[cell].High;
            var down = search.Find(v, -1);
            bounds[cell] = (search.Proven ? value - down : bounds[cell].Low, high);
        }
    }
}
