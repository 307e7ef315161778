using System.Globalization;
using Analys.Attack.Tests.Inputs;
using Analys.Attack.Tests.Play;

namespace Analys.Attack.Tests.Counts;

/// <summary>Reads shares of persons, turns them into counts, and solves for those that are small: of the poor, of the others, and of
/// those between two counts that contain each other.</summary>
/// <remarks>
/// Areas and categories are learned from the labels, whatever stands in them: rows are told apart by their true N, which is better than
/// any reader can.
/// </remarks>
internal abstract class MeasureAttacker : Adversary
{
    /// <summary>The call, the counts in it from the innermost outwards (each a test of rows), and who is in their base.</summary>
    protected sealed record Question(string[] Call, (string Name, Func<Row, bool> IsOf, Func<Person, bool> Base)[] Counts, (int Inner,
        int Outer)[] Nested);

    protected abstract Question Ask(Game game, PersonRegister register);

    protected virtual PersonRegister Draw(Random random) => PersonRegister.Draw(random, random.Next(1, 4), random.Next(1, 4), few: true);

    public override async Task<IReadOnlyList<Claim>?> Play(Game game)
    {
        var register = Draw(game.Random);
        var question = Ask(game, register);
        if (await game.Rows(question.Call) is not { } rows) return null;
        var truth = (await Game.Truth(question.Call)).GroupBy(Key).ToDictionary(group => group.Key, group => group.First());
        var solver = new Solver(game, register, question, rows, truth);
        return solver.Claims();
    }

    private static string Key(Row row) => string.Join('\u0001', row.Measure, row.Area, row.Period, row.Population, row.Group,
        row.Reference, string.Join('\u0002', row.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal)));

    private sealed class Solver(Game game, PersonRegister register, Question question, IReadOnlyList<Row> rows, Dictionary<string,
        Row> truth)
    {
        private readonly IntegerSystem system = new();
        private readonly Dictionary<(int Count, (int, int) Cell), (int Counted, int Others, int All, double TrueCounted,
            double TrueAll)> unknowns = [];
        private readonly List<(string Target, int Variable, double Truth)> targets = [];

        public IReadOnlyList<Claim> Claims()
        {
            var complement = Policy.Load(game.Policy).Complement;
            for (var count = 0; count < question.Counts.Length; count++)
            {
                var (name, isOf, inBase) = question.Counts[count];
                foreach (var cell in register.Cells)
                {
                    double all = register.CountOf(cell, inBase);
                    if (truth.Values.FirstOrDefault(row => isOf(row) && row.N == all) is not { } row) continue;
                    var counted = Math.Round(row.Value!.Value * all);
                    var (k, m, n) = (system.Add(hint: counted), system.Add(hint: all - counted), system.Add(hint: all));
                    system.Sum(n, [k, m]);
                    unknowns[(count, cell)] = (k, m, n, counted, all);
                    targets.Add(($"{name} in {Name(cell)}", k, counted));
                    if (complement) targets.Add(($"not {name} in {Name(cell)}", m, all - counted));
                    targets.Add(($"all of {name} in {Name(cell)}", n, all));
                    foreach (var seen in rows.Where(one => Key(one) == Key(row))) See(seen, k, n);
                }

                SumUp(count);
            }

            // The same persons are the base of several counts.
            foreach (var group in unknowns.GroupBy(pair => (pair.Key.Cell, pair.Value.TrueAll)))
                foreach (var pair in group.Skip(1)) system.Sum(pair.Value.All, [group.First().Value.All]);
            foreach (var (inner, outer) in question.Nested)
            {
                foreach (var cell in register.Cells)
                {
                    if (!unknowns.TryGetValue((inner, cell), out var small) || !unknowns.TryGetValue((outer, cell),
                        out var large)) continue;
                    var between = system.Add(hint: large.TrueCounted - small.TrueCounted);
                    system.Sum(large.Counted, [small.Counted, between]);
                    targets.Add(($"{question.Counts[outer].Name} but not {question.Counts[inner].Name} in {Name(cell)}", between,
                        large.TrueCounted - small.TrueCounted));
                    if (large.TrueAll == small.TrueAll) continue;
                    var bases = system.Add(hint: large.TrueAll - small.TrueAll);
                    system.Sum(large.All, [small.All, bases]);
                    targets.Add(($"between the bases in {Name(cell)}", bases, large.TrueAll - small.TrueAll));
                }
            }

            return [.. targets.Where(target => target.Truth > 0 && target.Truth < game.Threshold).Select(Attack)];
        }

        private Claim Attack((string Target, int Variable, double Truth) target)
        {
            var (low, high) = system.Prove(target.Variable, target.Truth);
            return new Claim(target.Target, low, high, target.Truth, IsIncome: false);
        }

        private void See(Row row, int counted, int all)
        {
            if (game.Rounding != CountRounding.None)
            {
                if (row.N is { } about) Round(all, about);
                if (row is { N: { } some, Value: { } share }) Round(counted, Math.Round(share * some));
                return;
            }

            if (row.N is { } n) system.Bound(all, n, n);
            if (row.Value is null) return;
            var (low, high) = row.Interval;
            system.Relate([(counted, 1), (all, -low)], 0, double.PositiveInfinity);
            system.Relate([(counted, 1), (all, -high)], double.NegativeInfinity, 0);
        }

        // Rounding goes to one of the neighbouring multiples; the city's practice changes only what is below five, and sums.
        private void Round(int variable, double shown)
        {
            if (game.Rounding == CountRounding.City) system.Bound(variable, shown - (2 * register.Cells.Count()),
                shown + (2 * register.Cells.Count()));
            else system.Bound(variable, shown - 4, shown + 4);
        }

        private void SumUp(int count)
        {
            foreach (var cell in register.Cells)
            {
                if (!unknowns.TryGetValue((count, cell), out var total)) continue;
                if (cell.Area < 0) Sum(Enumerable.Range(0, register.Areas.Length).Select(area => (area, cell.Kind)));
                if (cell.Kind < 0) Sum(Enumerable.Range(0, register.Kinds.Length).Select(kind => (cell.Area, kind)));

                void Sum(IEnumerable<(int, int)> cells)
                {
                    var parts = cells.ToList();
                    if (!parts.TrueForAll(part => unknowns.ContainsKey((count, part)))) return;
                    system.Sum(total.Counted, parts.Select(part => unknowns[(count, part)].Counted));
                    system.Sum(total.All, parts.Select(part => unknowns[(count, part)].All));
                }
            }
        }

        private string Name((int Area, int Kind) cell) =>
            string.Create(CultureInfo.InvariantCulture,
                $"{(cell.Area < 0 ? "*" : register.Areas[cell.Area])}|{(cell.Kind < 0 ? "*" : register.Kinds[cell.Kind])}");
    }
}

/// <summary>One rate by area and category under strange labels: are siblings known for siblings?</summary>
internal sealed class LabelAttacker : MeasureAttacker
{
    public override string Name => "labels";

    protected override PersonRegister Draw(Random random) => PersonRegister.Draw(random, random.Next(1, 3), random.Next(2, 6), few: true);

    protected override Question Ask(Game game, PersonRegister register) => new(
        ["poverty", game.Write("r.csv", register.Csv()), .. PersonRegister.Columns, "--by", game.Random.Next(2) == 0 ? "stadsdel,typ"
            : "typ,area", "--line", "fixed:100000", "--measures", "at-risk-of-poverty-rate"],
        [("poor", row => row.Measure == "at-risk-of-poverty-rate", _ => true)],
        []);
}

/// <summary>Two lines of one call: who is below one and not below the other?</summary>
internal sealed class LineAttacker : MeasureAttacker
{
    public override string Name => "lines";

    protected override Question Ask(Game game, PersonRegister register) => new(
        ["poverty", game.Write("r.csv", register.Csv()),
            .. PersonRegister.Columns, "--by", "area,typ", "--line", "fixed:100000,fixed:150000", "--measures", game.Random.Next(2) == 0
            ? "at-risk-of-poverty-rate" : "poverty-headcount"],
        [("below 100000", row => row.Of("line") == "fixed:100000", _ => true), ("below 150000", row => row.Of("line") == "fixed:150000",
            _ => true)],
        [(0, 1)]);
}

/// <summary>Two spans of ages: who is seventeen?</summary>
internal sealed class AgeAttacker : MeasureAttacker
{
    public override string Name => "ages";

    protected override Question Ask(Game game, PersonRegister register) => new(
        ["poverty", game.Write("r.csv", register.Csv()),
            .. PersonRegister.Columns, "--by", "area", "--ages", "0-16,0-17", "--line", "fixed:100000", "--measures",
                "at-risk-of-poverty-rate"],
        [("poor 0-16", row => row.Population?.Contains("0-16", StringComparison.Ordinal) == true, person => person.Age <= 16),
            ("poor 0-17", row => row.Population?.Contains("0-17", StringComparison.Ordinal) == true, _ => true)],
        [(0, 1)]);

    protected override PersonRegister Draw(Random random) => PersonRegister.Draw(random, random.Next(1, 5), 1, few: true);
}

/// <summary>Measures of which one counts some of the other's: before and after transfers, after housing costs, a month and ten months of
/// support.</summary>
internal sealed class NestedAttacker : MeasureAttacker
{
    public override string Name => "nested measures";

    protected override Question Ask(Game game, PersonRegister register)
    {
        var (inner, outer) = game.Random.Next(3) switch
        {
            0 => ("at-risk-of-poverty-rate", "poverty-before-transfers"),
            1 => ("at-risk-of-poverty-rate", "poverty-after-housing-costs"),
            _ => ("long-term-income-support-share", "income-support-share"),
        };
        return new(
            ["poverty", game.Write("r.csv", register.Csv()),
                .. PersonRegister.Columns, "--by", "area,typ", "--line", "fixed:100000", "--measures", $"{inner},{outer}"],
            [(inner, row => row.Measure == inner, _ => true), (outer, row => row.Measure == outer, _ => true)],
            [(0, 1)]);
    }
}

/// <summary>A panel: who is poor this year and was not poor long enough, or not by the line of the base year?</summary>
internal sealed class YearAttacker : MeasureAttacker
{
    public override string Name => "years";

    protected override Question Ask(Game game, PersonRegister register)
    {
        string[] columns = ["--income", "inkomst", "--area", "stadsdel", "--household", "hushall", "--person", "person", "--period",
            "ar", "--interval", "none"];
        var anchored = game.Random.Next(2) == 0;
        string[] measures = anchored
            ? ["--anchor", "2014", "--prices", "2014=100,2015=70,2016=70,2017=70", "--measures",
                "anchored-at-risk-of-poverty-rate,at-risk-of-poverty-rate"]
            : ["--measures", "persistent-at-risk-of-poverty-rate,at-risk-of-poverty-rate"];
        var inner = anchored ? "anchored-at-risk-of-poverty-rate" : "persistent-at-risk-of-poverty-rate";
        return new(
            ["poverty", game.Write("r.csv", register.Panel()), .. columns, "--by", "area,typ", .. measures],
            [(inner, row => row.Measure == inner && row.Period == "2017", _ => true), ("poor", row =>
                row.Measure == "at-risk-of-poverty-rate" && row.Period == "2017", _ => true)],
            [(0, 1)]);
    }
}
