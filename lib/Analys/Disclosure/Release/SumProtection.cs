namespace Analys.Disclosure;

/// <summary>Protects a large table sum by sum: in each sum, every withheld cell must keep room, whoever knows one of the others.</summary>
/// <remarks>
/// For one sum the attacker's bounds have a closed form, so thousands of districts take milliseconds. What follows from several sums together
/// is not looked at; a cell that one sum leaves without company is given it, in every sum that it stands in.
/// </remarks>
internal static class SumProtection
{
    /// <summary>Withholds the cheapest cells until every sum is safe by itself.</summary>
    public static (ProtectionTable Table, IReadOnlyList<string> Unprotected) Protect(ProtectionTable table, ProtectionRequirements requirements)
    {
        var withheld = table.Cells.Select(cell => cell.IsUnknown).ToArray();
        var unprotected = new HashSet<string>(StringComparer.Ordinal);
        var sums = table.Equations.Select(equation => (int[])[equation.Total, .. equation.Parts]).ToArray();
        for (var again = true; again;)
        {
            again = false;
            foreach (var sum in sums)
            {
                while (FirstExposed(table, requirements, withheld, sum) is { } exposed && !unprotected.Contains(table.Cells[exposed].Id))
                {
                    var next = Cheapest(table, requirements, withheld, sum);
                    if (next < 0)
                    {
                        unprotected.Add(table.Cells[exposed].Id);
                        break;
                    }

                    withheld[next] = again = true;
                }
            }
        }

        var secondary = Enumerable.Range(0, withheld.Length).Where(i => withheld[i] && !table.Cells[i].IsUnknown).Select(i => table.Cells[i].Id).ToHashSet(StringComparer.Ordinal);
        return (table.Select(cell => secondary.Contains(cell.Id) ? cell with { Status = CellStatus.Secondary } : cell), [.. unprotected]);
    }

    /// <summary>The bounds of every withheld cell that follow from the sums one by one.</summary>
    public static IReadOnlyList<CellBounds> Bounds(ProtectionTable table, ProtectionRequirements requirements)
    {
        var count = table.Cells.Count;
        var (low, high, legendLow, legendHigh) = (new double[count], new double[count], new double[count], new double[count]);
        Array.Fill(high, double.PositiveInfinity);
        Array.Fill(legendHigh, double.PositiveInfinity);
        var withheld = table.Cells.Select(cell => cell.IsUnknown).ToArray();
        foreach (var equation in table.Equations)
        {
            int[] sum = [equation.Total, .. equation.Parts];
            foreach (var legend in (ReadOnlySpan<bool>)[false, true])
            {
                foreach (var (cell, up, down) in Rooms(table, legend ? requirements : requirements with { LegendTellsApart = false }, withheld, sum, insider: false))
                {
                    var value = table.Cells[cell].Value;
                    ref var lower = ref (legend ? ref legendLow[cell] : ref low[cell]);
                    ref var upper = ref (legend ? ref legendHigh[cell] : ref high[cell]);
                    (lower, upper) = (Math.Max(lower, value - down), Math.Min(upper, value + up));
                }
            }
        }

        return [.. Enumerable.Range(0, count).Where(i => withheld[i]).Select(i =>
            new CellBounds(table.Cells[i].Id, table.Cells[i].Status, low[i], high[i], legendLow[i], legendHigh[i], Proven: false))];
    }

    private static int? FirstExposed(ProtectionTable table, ProtectionRequirements requirements, bool[] withheld, int[] sum)
    {
        foreach (var (cell, up, down) in Rooms(table, requirements, withheld, sum, requirements.GuardAgainstInsiders))
        {
            // A rest that is printed nowhere and is not small is no one's secret.
            if (table.Cells[cell] is { Hidden: true, Status: not CellStatus.Primary }) continue;
            if (up + down < requirements.MinimumWidth) return cell;
        }

        return null;
    }

    // How far each withheld cell of a sum can rise and fall, the others making up for it.
    private static List<(int Cell, double Up, double Down)> Rooms(ProtectionTable table, ProtectionRequirements requirements, bool[] withheld, int[] sum, bool insider)
    {
        var rooms = new List<(int Cell, double Plus, double Minus)>();
        var (allPlus, allMinus, knownPlus, knownMinus) = (0.0, 0.0, 0.0, 0.0);
        for (var k = 0; k < sum.Length; k++)
        {
            if (!withheld[sum[k]]) continue;
            var cell = table.Cells[sum[k]];
            var status = cell.Status == CellStatus.Primary ? CellStatus.Primary : CellStatus.Secondary;
            var (low, high) = requirements.LegendTellsApart ? requirements.LegendOf(cell, status) : (0, double.PositiveInfinity);
            // The total moves with its parts, each part against the others.
            var (plus, minus) = k == 0 ? (cell.Value - low, high - cell.Value) : (high - cell.Value, cell.Value - low);
            rooms.Add((sum[k], plus, minus));
            allPlus += plus;
            allMinus += minus;
            if (!cell.IsKnownToContributor) continue;
            (knownPlus, knownMinus) = (Math.Max(knownPlus, plus), Math.Max(knownMinus, minus));
        }

        if (!insider) (knownPlus, knownMinus) = (0, 0);
        return [.. rooms.Select(room =>
        {
            var rise = Math.Min(room.Plus, Without(allMinus, room.Minus, knownMinus, rooms, minus: true));
            var fall = Math.Min(room.Minus, Without(allPlus, room.Plus, knownPlus, rooms, minus: false));
            return room.Cell == sum[0] ? (room.Cell, fall, rise) : (room.Cell, rise, fall);
        })];
    }

    private static double Without(double all, double own, double known, List<(int Cell, double Plus, double Minus)> rooms, bool minus)
    {
        if (!double.IsPositiveInfinity(all)) return Math.Max(0, all - own - known);
        var endless = rooms.Count(room => double.IsPositiveInfinity(minus ? room.Minus : room.Plus));
        if (double.IsPositiveInfinity(own)) endless--;
        if (double.IsPositiveInfinity(known)) endless--;
        if (endless > 0) return double.PositiveInfinity;
        var finite = rooms.Select(room => minus ? room.Minus : room.Plus).Where(size => !double.IsPositiveInfinity(size)).Sum();
        return Math.Max(0, finite - (double.IsPositiveInfinity(own) ? 0 : own) - (double.IsPositiveInfinity(known) ? 0 : known));
    }

    private static int Cheapest(ProtectionTable table, ProtectionRequirements requirements, bool[] withheld, int[] sum)
    {
        var least = requirements is { LegendTellsApart: true, Frequency: { } rule } ? rule.Threshold : 1;
        return sum.Where(i => !withheld[i] && table.Cells[i] is { MustBePublished: false, Hidden: false } && table.Cells[i].Value >= least)
            .OrderBy(i => requirements.CostOf(table.Cells[i])).ThenBy(i => i).Append(-1).First();
    }
}
