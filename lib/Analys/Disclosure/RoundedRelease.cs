using Analys.Disclosure.Audit;
using Analys.Disclosure.Counts;
using Analys.Disclosure.Tables;

namespace Analys.Disclosure;

/// <summary>Releases results with rounded counts; shares follow from the rounded counts, and figures that cannot be rounded keep the
/// threshold.</summary>
internal static class RoundedRelease
{
    private const double Near = 1e-9;

    public static Released Of(Results results, Policy policy, Func<IEnumerable<Result>, Results, Policy, string, Released> make)
    {
        var counts = policy.Rounding == CountRounding.City ? CityTotals(results) : [];
        Check(results, policy, counts);
        var rows = results.Select(result => Round(result, policy, counts));
        return make(rows, results, policy, $"released under the policy {policy.Name}: counts {Name(policy.Rounding)}");
    }

    // Exact counts beside rounded ones, and sums of rounded ones, may still fix a small count: three who are not poor of a hundred.
    private static void Check(Results results, Policy policy, Dictionary<(Result, bool), double> totals)
    {
        var failed = new List<string>();
        foreach (var period in ReleaseRow.Of(results).GroupBy(row => row.Period))
        {
            ReleaseRow[] rows = [.. period];
            foreach (var row in rows) row.Rule = ReleaseRow.PrimaryRule(row.Basis, policy);
            var cells = ReleaseTable.Of(rows, policy, tellsApart: false);
            var ranges = Enumerable.Repeat((Low: 0.0, High: double.PositiveInfinity), cells.Cells.Count).ToArray();
            foreach (var row in rows.Where(row => row.Persons >= 0 && !ReleaseRow.IsFew(row.Basis, policy)))
            {
                Narrow(row.Persons, row.Basis.Denominator, totals.ContainsKey((row.Result, false)));
                if (row.Counted >= 0) Narrow(row.Counted, row.Basis.Numerator!.Value, totals.ContainsKey((row.Result, true)));
            }

            var table = cells.Table(new bool[ranges.Length]);
            if (table.IsInteger)
                failed.AddRange(RoundingAudit.Of(table, ranges, policy.MinimumWidth).Failures.Select(failure => failure.Cell));

            void Narrow(int cell, double count, bool isSum)
            {
                // A total that is added up from what is shown tells nothing by itself.
                if (isSum) return;
                var (low, high) = policy.Rounding switch
                {
                    CountRounding.Base3 => RoundingRule.BehindBase(RoundingRule.ToBase(count, 3), 3),
                    CountRounding.Base5 => RoundingRule.BehindBase(RoundingRule.ToBase(count, 5), 5),
                    _ => RoundingRule.BehindCityPractice(RoundingRule.CityPractice(count)),
                };
                ranges[cell] = (Math.Max(ranges[cell].Low, low), Math.Min(ranges[cell].High, high));
            }
        }

        if (failed.Count > 0)
            throw new ReleaseRefusedException("rounding", $"under the policy {policy.Name} these counts would follow from the rounded ones",
                failed);
    }

    private static string Name(CountRounding rounding) => rounding switch
    {
        CountRounding.Base3 => "to multiples of 3",
        CountRounding.Base5 => "to multiples of 5",
        _ => "1 and 2 to 0, 3 and 4 to 5",
    };

    private static Result Round(Result result, Policy policy, Dictionary<(Result, bool), double> totals)
    {
        var basis = result.Basis!;
        double Count(double count, bool numerator) =>
            totals.TryGetValue((result, numerator), out var sum) ? sum : One(count, policy.Rounding);
        var bare = result with { StandardError = null, Lower = null, Upper = null, Basis = null };
        double n = Count(basis.Denominator, false);
        double? x = basis.Numerator is { } some ? Count(some, true) : null;
        var shownN = result.N is { } own ? own == basis.Denominator ? n : One(own, policy.Rounding) : (double?)null;
        var rule = Name(policy.Rounding);
        if (!result.Value.HasNumber) return bare with { N = shownN };
        // Places order the true counts, of which the rounded ones tell the rest.
        if (basis.IsPlace) return Withheld(bare, "rounding");
        // Positions, amounts and summaries keep the threshold and come from true values, never from rounded counts.
        if (Telling.Kind(result, basis) is not (Tells.Counts or Tells.Unstated))
        {
            return ReleaseRow.PrimaryRule(basis, policy) is { } broken ? Withheld(bare, broken)
                : Telling.Of(result, policy) with { Basis = null, N = shownN };
        }

        var value = result.Value.Number;
        // Households and their figures cannot be rounded away: six siblings are a count of six.
        var few = ReleaseRow.IsFew(basis, policy);
        if (!few && basis.Numerator is { } poor && Same(value, poor))
            return bare with { Value = Quantity.Rounded(x!.Value, rule), N = shownN };
        if (!few && basis.Numerator is null && Same(value, basis.Denominator))
            return bare with { Value = Quantity.Rounded(n, rule), N = shownN };
        if (!few && result.Unit == Units.Share && basis.Numerator is { } counted && basis.Denominator > 0
            && Same(value, counted / basis.Denominator))
        {
            return n <= 0 ? Withheld(bare, "threshold")
                : bare with { Value = Quantity.Rounded(Math.Min(1, x!.Value / n), rule), N = shownN };
        }

        if (ReleaseRow.PrimaryRule(basis, policy) is { } primary) return Withheld(bare, primary);
        // A weighted share in steps of the base: as coarse as the counts behind it.
        if (result.Unit == Units.Share && basis.Numerator is not null && n > 0 && result.Reference is null)
        {
            var @base = policy.Rounding == CountRounding.Base3 ? 3 : 5;
            return bare with { Value = Quantity.Rounded(RoundingRule.ToBase(value * n, @base) / n, rule), N = shownN };
        }

        if (Telling.Kind(result, basis) == Tells.Unstated) return Withheld(bare, Telling.Unknown);
        // A gap or a ratio in full precision would tell the counts behind both its sides.
        if (result.Reference is not null || result.Parameters.ContainsKey("of"))
            return bare with { Value = Quantity.Rounded(Math.Round(value, 2), "two decimals"), N = shownN };
        if (result.Unit is Units.Persons or Units.Count)
            return bare with { Value = Quantity.Rounded(Math.Sign(value) * One(Math.Abs(value), policy.Rounding), rule), N = shownN };
        // What is neither a count nor a share, and of which nobody knows what a person does to it, would be told to the last digit; a
        // ratio or a p value of counts would tell those that are rounded beside it.
        return Telling.Of(result with { Basis = basis with { Tells = Tells.Summary, Influence = basis.Exchange } }, policy)
            with
        { Basis = null, N = shownN };
    }

    private static Result Withheld(Result bare, string rule) => bare with { Value = Quantity.Suppressed(rule), N = null };

    private static double One(double count, CountRounding rounding) => rounding switch
    {
        CountRounding.Base3 => RoundingRule.ToBase(count, 3),
        CountRounding.Base5 => RoundingRule.ToBase(count, 5),
        _ => RoundingRule.CityPractice(count),
    };

    private static bool Same(double a, double b) => Math.Abs(a - b) <= Near * Math.Max(1, Math.Abs(b));

    // An exact total would give a rounded part away: totals are moved by what the rounding of their finest parts moved.
    private static Dictionary<(Result, bool), double> CityTotals(Results results)
    {
        var totals = new Dictionary<(Result, bool), double>();
        foreach (var series in results.GroupBy(row =>
            (row.Measure.Id, row.Period, row.Population, row.Group, row.Reference, string.Join(';', row.Parameters))))
        {
            var byArea = new Dictionary<string, Result>(StringComparer.Ordinal);
            foreach (var row in series) byArea.TryAdd(AreaSums.Key(row.Area), row);
            var sums = AreaSums.Of(byArea.Keys.ToHashSet(StringComparer.Ordinal));
            foreach (var numerator in (ReadOnlySpan<bool>)[false, true])
            {
                foreach (var (total, parts) in sums.OrderBy(sum => sum.Total == TableCell.Total))
                {
                    if (!byArea.TryGetValue(total, out var whole) || totals.ContainsKey((whole, numerator))) continue;
                    var moved = parts.Select(part => byArea[part]).Sum(part => Moved(part, numerator, totals));
                    if (Of(whole, numerator) is { } exact)
                        totals[(whole, numerator)] = RoundingRule.CityPractice(Math.Max(0, exact + moved));
                }
            }
        }

        return totals;
    }

    private static double? Of(Result row, bool numerator) => numerator ? row.Basis!.Numerator : row.Basis!.Denominator;

    private static double Moved(Result part, bool numerator, Dictionary<(Result, bool), double> totals) =>
        Of(part, numerator) is not { } exact ? 0
        : (totals.TryGetValue((part, numerator), out var sum) ? sum : RoundingRule.CityPractice(exact)) - exact;
}

/// <summary>Attacks a rounded table: the counts that each cell can be, given every rounded cell and every sum of the true ones.</summary>
/// <remarks>
/// The attacker knows how was rounded. Rounded each by itself to the nearest multiple of b, a count lies within (b − 1)/2 of what is shown;
/// rounded so that totals stay sums, below b of it; by the city's practice 0 stands for 0–2, 5 for 3–5, and every other count is itself.
/// Totals narrow their parts and parts their totals: bounds are found in whole numbers as for withheld cells, in large tables sum by sum.
/// Swedish: <i>röjandekontroll av avrundning</i>.
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
            if (table.Cells[i].Value < bounds[i].Low || table.Cells[i].Value > bounds[i].High)
                throw new TableModelException("A count lies outside what its rounding tells the reader.", table.Cells[i].Id);
        Narrow(table, bounds);
        if (bounds.Count(one => one.High > one.Low) <= Exact) Attack(table, bounds);
        var all = new List<CellBounds>();
        var failures = new List<AuditFailure>();
        for (var i = 0; i < bounds.Length; i++)
        {
            var (cell, (low, high)) = (table.Cells[i], bounds[i]);
            all.Add(new CellBounds(cell.Id, cell.Status, low, high, low, high, Proven: true));
            if (cell.Status == CellStatus.Primary && high - low < minimumWidth)
                failures.Add(new AuditFailure(cell.Id, Attacker.Outsider, high == low ? AuditReason.Exact : AuditReason.TooNarrow));
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
                    again |= Cut(ref bounds[part], double.IsPositiveInfinity(high) ? double.IsPositiveInfinity(bounds[part].High)
                        ? total.Low - equation.Parts.Where(other => other != part).Sum(other => bounds[other].High)
                        : double.NegativeInfinity : total.Low - most, total.High - least);
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
        var open = Enumerable.Range(0, bounds.Length).Where(i => bounds[i].High > bounds[i].Low).Select(i => table.Cells[i].Id)
            .ToHashSet(StringComparer.Ordinal);
        var attack = AttackSystem.Of(table, cell => open.Contains(cell.Id));
        double[] Room(Func<int, double> edge, double[] slack) =>
            [.. attack.CellOf.Select(cell => edge(cell) - table.Cells[cell].Value), .. slack];
        var integer = Enumerable.Range(0, attack.Variables).Select(v => v < attack.Cells && table.IsInteger).ToArray();
        var search = new IntegerExtremes(
            attack.System, BoundedSimplexSolver.Instance.Load(attack.System), integer, Room(cell => bounds[cell].Low, attack.SlackLower),
            Room(cell => bounds[cell].High, attack.SlackUpper));
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
