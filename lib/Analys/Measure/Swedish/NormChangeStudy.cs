using System.Collections.Immutable;
using System.Globalization;
using Analys.Domain;
using Analys.Load.Schema;

namespace Analys.Measure.Swedish;

/// <summary>What a change of the norm does to the households of a register: who is below it, who is entitled, what it costs, who
/// gains.</summary>
/// <remarks>
/// Static and first round, as <see cref="WhatIf"/>: nobody changes behaviour. Below the norm: income (raised by the norm's change in the
/// months with support, where the norm acts on it) is less than the need. Entitled: income as it is, is less than the need. Cost: the
/// norm's change in the months with support. Each in a price part and a child part that add up.
/// </remarks>
internal sealed class NormChangeStudy
{
    private static readonly string[] Parts = ["price", "child", "total"];

    private readonly RegisterHouseholds households;
    private readonly NormChange change;
    private readonly IncomeStandard[] standards;
    private readonly NormActs acts;
    private readonly AgeSpan ages;
    private readonly ImmutableSortedDictionary<string, string> parameters;

    /// <summary>The question's ground.</summary>
    /// <param name="households">The persons in their households.</param>
    /// <param name="change">The change of the norm.</param>
    /// <param name="terms">What is added to the norm; its own norm is not used.</param>
    /// <param name="lunch">Whether free lunch lowers it.</param>
    /// <param name="acts">Where the change acts.</param>
    /// <param name="ages">Who is counted.</param>
    public NormChangeStudy(
        RegisterHouseholds households, NormChange change, IncomeStandard terms, LunchRule lunch, NormActs acts, AgeSpan ages)
    {
        (this.households, this.change, this.acts, this.ages) = (households, change, acts, ages);
        if (acts != NormActs.Line && !households.HasSupport)
        {
            throw new ColumnNotFoundException(
                "Where the norm acts on income support, a column of the role IncomeSupportMonths is needed; or --norm-acts line.");
        }

        standards = [.. new[] { change.From, change.Priced, change.To }.Select(table => terms with { Norm = new Riksnorm(table, lunch) })];
        parameters = standards[0].Parameters.Add("effects", "static-first-round").Add("norm-acts", acts.ToString().ToLowerInvariant())
            .Add("uprate", change.Uprate.ToString("0.####%", CultureInfo.InvariantCulture));
    }

    /// <summary>The norms of standard households, which tell of no person.</summary>
    /// <param name="change">The change.</param>
    /// <param name="lunch">Whether free lunch lowers the norm.</param>
    /// <param name="shown">The households.</param>
    public static IEnumerable<Result> Norms(NormChange change, LunchRule lunch, IEnumerable<HouseholdComposition> shown)
    {
        Riksnorm[] norms = [.. new[] { change.From, change.Priced, change.To }.Select(table => new Riksnorm(table, lunch))];
        foreach (var household in shown)
        {
            var oldest = household.ChildAges.DefaultIfEmpty(0).Max();
            if (norms.Any(norm => norm.OldestChild < oldest)) continue;
            double[] amounts = [.. norms.Select(norm => norm.Of(household))];
            var name = ImmutableSortedDictionary<string, string>.Empty.Add("household", NormChange.Name(household));
            yield return Record(NormChangeMeasures.Norm, amounts[0], name.Add("scenario", "from"));
            yield return Record(NormChangeMeasures.Norm, amounts[2], name.Add("scenario", "to"));
            double[] parts = [amounts[1] - amounts[0], amounts[2] - amounts[1], amounts[2] - amounts[0]];
            for (var k = 0; k < Parts.Length; k++)
                yield return Record(NormChangeMeasures.NormDifference, parts[k], name.Add("part", Parts[k]));
        }

        static Result Record(Definition measure, double value, ImmutableSortedDictionary<string, string> with) => new()
        {
            Measure = measure,
            Parameters = with,
            Value = Quantity.Known(value),
        };
    }

    /// <summary>The norms of standard households beside figures of a register: they tell of nobody, and stand on everybody.</summary>
    public static Results NormsBeside(
        RegisterHouseholds households, NormChange change, LunchRule lunch, IEnumerable<HouseholdComposition> shown)
    {
        var everyone = new Basis(null, households.Rows, households.Count) { Tells = Tells.Counts, Exchange = 0 };
        return new Results(
            Norms(change, lunch, shown).Select(row => row with { Basis = everyone }), households.Extract.Confidentiality,
            households.Extract.Provenance);
    }

    /// <summary>The results by period, for the whole, each district and each family type.</summary>
    public Results Run()
    {
        var extract = households.Extract;
        var weights = RegisterHouseholds.Numbers(extract, Role.Weight);
        var areas = RowKeys.Of(extract.Find(Role.Area), households.Rows);
        var hasAreas = extract.Find(Role.Area) is not null;
        var families = extract.Find(Role.FamilyType) is { } column ? RowKeys.Of(column, households.Rows) : null;
        var cells = new Dictionary<(string? Period, string? Area, string? Family), Cell>();
        for (var household = 0; household < households.Count; household++)
        {
            var rows = households.Members(household);
            var weight = weights is null ? 1 : weights[rows[0]];
            if (!(weight > 0) || households.Period.Codes[rows[0]] < 0) continue;
            if (Judge(household, weight) is not { } judged) continue;
            var period = households.Period.Names[households.Period.Codes[rows[0]]];
            var area = hasAreas && areas.Codes[rows[0]] >= 0 ? areas.Names[areas.Codes[rows[0]]] : null;
            var family = families is null ? Family(household) : families.Codes[rows[0]] >= 0 ? families.Names[families.Codes[rows[0]]]
                : null;
            var time = period.Length == 0 ? null : period;
            Add((time, null, null), judged);
            if (area is not null && !extract.Schema.Totals.Contains(area)) Add((time, area, null), judged);
            if (family is not null) Add((time, null, family), judged);
        }

        var ordered = cells.OrderBy(cell => cell.Key.Period, PeriodOrder.InTime).ThenBy(cell => cell.Key.Area is not null)
            .ThenBy(cell => cell.Key.Area, SwedishOrder.Comparer).ThenBy(cell => cell.Key.Family is not null)
            .ThenBy(cell => cell.Key.Family, SwedishOrder.Comparer);
        return new Results(
            ordered.SelectMany(cell => Records(cell.Key, cell.Value)), extract.Confidentiality,
            extract.Provenance.With("what if: static first round, no change of behaviour"));

        void Add((string?, string?, string?) key, Judged judged)
        {
            if (!cells.TryGetValue(key, out var cell)) cells[key] = cell = new Cell();
            cell.Add(judged);
        }
    }

    private string Family(int household)
    {
        int adults = 0, children = 0;
        foreach (var row in households.Members(household))
        {
            if (households.Ages[row] < 18) children++;
            else adults++;
        }

        var kind = adults == 1 ? "single" : households.IsCouple(household, adults) ? "couple" : "other";
        return children == 0 ? $"{kind}, no children" : children >= 3 ? $"{kind}, 3+ children"
            : string.Create(CultureInfo.InvariantCulture, $"{kind}, {children} {(children == 1 ? "child" : "children")}");
    }

    private Judged? Judge(int household, double weight)
    {
        var income = households.Income(household);
        Span<double> needs = [0, 0, 0];
        for (var k = 0; k < needs.Length; k++) needs[k] = HouseholdNeed.Of(households, household, standards[k]);
        if (double.IsNaN(income) || double.IsNaN(needs[0])) return null;
        var months = households.SupportMonths(household) is > 0 and var known ? known : 0;
        var counted = 0;
        foreach (var row in households.Members(household))
        {
            if (ages.Contains(households.Ages[row])) counted++;
        }

        var below = new bool[3];
        var entitled = new bool[3];
        for (var k = 0; k < below.Length; k++)
        {
            var raised = acts == NormActs.Line ? income : income + ((needs[k] - needs[0]) / 12 * months);
            below[k] = raised < (acts == NormActs.Support ? needs[0] : needs[k]);
            entitled[k] = income < needs[k];
        }

        return new Judged(
            weight, counted, below, entitled, weight * months * (needs[1] - needs[0]) / 12, weight * months * (needs[2] - needs[1]) / 12,
            months > 0 && needs[2] - needs[1] > 0.5);
    }

    private IEnumerable<Result> Records((string? Period, string? Area, string? Family) key, Cell cell)
    {
        // Who stands behind a difference is those who move, too: none of the groups may be few.
        var (persons, homes) = (cell.PersonsBelow, cell.HouseholdsEntitled);
        for (var k = 0; k < 3; k += 2)
        {
            var scenario = k == 0 ? "baseline" : "changed";
            yield return Record(WhatIf.Poor, cell.Below[k], persons[k], cell.Persons, "scenario", scenario, Movers(persons, k));
            yield return Record(NormChangeMeasures.Entitled, cell.Entitled[k], homes[k], cell.Households, "scenario", scenario,
                Movers(homes, k));
        }

        double[] below = [cell.Below[1] - cell.Below[0], cell.Below[2] - cell.Below[1], cell.Below[2] - cell.Below[0]];
        double[] entitled = [cell.Entitled[1] - cell.Entitled[0], cell.Entitled[2] - cell.Entitled[1], cell.Entitled[2] - cell.Entitled[0]];
        double[] cost = [cell.Price, cell.Child, cell.Price + cell.Child];
        for (var k = 0; k < Parts.Length; k++)
        {
            yield return Changed(WhatIf.Change, below[k], persons, cell.Persons, Parts[k]);
            yield return Changed(NormChangeMeasures.EntitledChange, entitled[k], homes, cell.Households, Parts[k]);
            if (!households.HasSupport) continue;
            var (largest, total) = cell.Contributions(k);
            var paid = Record(NormChangeMeasures.Cost, cost[k], cell.Supported, cell.Households, "part", Parts[k]);
            yield return paid with
            {
                Basis = paid.Basis! with
                {
                    Tells = Tells.Amount,
                    Influence = largest.FirstOrDefault(),
                    Largest = [.. largest],
                    Total = total
                },
            };
        }

        if (households.HasSupport)
            yield return Record(NormChangeMeasures.Winners, cell.Winners, cell.WinnerPersons, cell.Persons, "part", "child");

        Result Changed(Definition measure, double value, long[] with, long of, string part)
        {
            var change = Record(measure, value, with[2], of, "part", part, [with[0], of - with[0], .. Movers(with, 2)]);
            return change with { Basis = change.Basis! with { IsComparison = true } };
        }

        Result Record(Definition measure, double value, long behind, long of, string name, string word,
            ImmutableArray<double> parts = default) => new()
            {
                Measure = measure,
                Area = key.Area,
                Period = key.Period,
                Population = key.Family is { } family ? Population.Of(ages).With("family", family) : Population.Of(ages),
                Parameters = parameters.Add(name, word),
                Value = Quantity.Known(value),
                N = of,
                Basis = new Basis(behind, of, cell.Households) { Tells = Tells.Counts, Parts = parts.IsDefault ? [] : parts },
            };
    }

    // Those whom prices move and those whom the child part moves; nobody has moved at first.
    private static ImmutableArray<double> Movers(long[] with, int k) => k == 0 ? []
        : [.. new double[] { Math.Abs(with[1] - with[0]), Math.Abs(with[2] - with[1]) }.Where(count => count > 0)];

    private sealed record Judged(
        double Weight, int Persons, bool[] Below, bool[] Entitled, double Price, double Child, bool Wins);

    private sealed class Cell
    {
        public long Persons { get; private set; }

        public long Households { get; private set; }

        public long Supported { get; private set; }

        public long WinnerPersons { get; private set; }

        public long[] PersonsBelow { get; } = new long[3];

        public long[] HouseholdsEntitled { get; } = new long[3];

        public double[] Below { get; } = new double[3];

        public double[] Entitled { get; } = new double[3];

        public double Price { get; private set; }

        public double Child { get; private set; }

        public double Winners { get; private set; }

        // The three largest contributions of households to each part of the cost, and the sum of all.
        private readonly double[][] largest = [[0, 0, 0], [0, 0, 0], [0, 0, 0]];
        private readonly double[] sums = new double[3];

        public (IEnumerable<double> Largest, double Total) Contributions(int part) => (largest[part].Where(value => value > 0), sums[part]);

        public void Add(Judged judged)
        {
            double[] parts = [Math.Abs(judged.Price), Math.Abs(judged.Child), Math.Abs(judged.Price + judged.Child)];
            for (var k = 0; k < parts.Length; k++)
            {
                sums[k] += parts[k];
                var moving = parts[k];
                for (var place = 0; place < 3; place++)
                {
                    if (moving > largest[k][place]) (moving, largest[k][place]) = (largest[k][place], moving);
                }
            }

            Persons += judged.Persons;
            Households++;
            Price += judged.Price;
            Child += judged.Child;
            if (judged.Price != 0 || judged.Child != 0) Supported++;
            for (var k = 0; k < 3; k++)
            {
                if (judged.Below[k]) (PersonsBelow[k], Below[k]) =
                    (PersonsBelow[k] + judged.Persons, Below[k] + (judged.Weight * judged.Persons));
                if (judged.Entitled[k]) (HouseholdsEntitled[k], Entitled[k]) = (HouseholdsEntitled[k] + 1, Entitled[k] + judged.Weight);
            }

            if (!judged.Wins) return;
            WinnerPersons += judged.Persons;
            Winners += judged.Weight * judged.Persons;
        }
    }
}
