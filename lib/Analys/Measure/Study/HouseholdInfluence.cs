using System.Collections.Immutable;
using Analys.Measure.Income;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Source;

namespace Analys.Measure.Study;

/// <summary>How far one household moves each figure of a plan: what disclosure control rounds by.</summary>
/// <remarks>
/// <para>An amount is computed again without each household, and with the household's income at zero; in large domains only for the
/// households
/// that its influence function puts first and for those with the highest and the lowest incomes. A position (a quantile) is as far from
/// others as
/// the households round it: for k = 1, 2, … the distance within which k households stand on each side. An estimated line moves with its own
/// quantile, and the figure with it.</para>
/// <para>This is of rows in memory; a database or a stream is asked for the largest total of influence that a household has.</para>
/// <para>The source must still be open when its figures are released.</para>
/// <para>Source: own; the leave-one-out influence generalises the (n, k) and p % rules of the Handbook on Statistical Disclosure Control,
/// 2nd
/// ed., ch. 4.</para>
/// </remarks>
internal sealed class HouseholdInfluence(StudyPlan plan)
{
    // Entries times households up to which every household is left out.
    private const long Exhaustive = 100_000;
    private const long Work = 300_000;
    private const int Fewest = 8;
    private const int Neighbours = 25;
    private const int Shown = 5;
    private readonly Dictionary<(int, IncomeConcept, int, int, int), Domain> domains = [];
    private readonly Dictionary<(int, IncomeConcept, int), double> lines = [];

    /// <summary>The basis of an estimate with how far a household moves its value.</summary>
    public Basis Of(Estimate estimate, double value, Basis basis)
    {
        var measure = estimate.Measure;
        var context = plan.Context(plan.Line(estimate.Period, measure, estimate.Line));
        if (measure.OfWhole) return basis with { Near = [.. LineNear(estimate).Select(near => near)] };
        var domain = DomainOf(estimate);
        if (domain.Slices.Incomes.Length == 0) return basis;
        var incomes = domain.Weighted;
        var byLine = measure.Slope is { } slope ? Math.Abs(slope(incomes, context)) * LineMove(estimate) : 0;
        if (measure.Positions is { } positions)
        {
            var near = new double[Neighbours];
            foreach (var position in positions(incomes, context))
            {
                var some = position.OfPoor ? incomes.Poor(context.Line, context.Poor) : incomes;
                var own = domain.Near(some.Incomes, position.At, Neighbours, position.Side);
                for (var k = 0; k < near.Length; k++) near[k] += Math.Abs(position.Slope) * own[k];
            }

            return basis with { Near = [.. near.Select(distance => distance + byLine)] };
        }

        var (largest, total) = domain.Contributions(measure, context);
        return basis with { Influence = domain.Largest(measure, context, value) + byLine, Largest = largest, Total = total };
    }

    // How far the line itself is open, and how far one household moves it.
    private double[] LineNear(Estimate estimate)
    {
        var (period, concept, factor) = LineOf(estimate);
        var line = plan.Study.Lines[estimate.Line];
        if (line.Kind == LineKind.Fixed) return new double[Neighbours];
        var whole = DomainOf(period, concept, 0, null, 0, 0);
        var share = factor * line.Number / 100;
        if (line.Kind == LineKind.Median)
        {
            var median = whole.Weighted.Quantile(0.5, plan.Study.Quantiles);
            return [.. whole.Near(whole.Weighted.Incomes, median, Neighbours).Select(distance => share * distance)];
        }

        var mean = whole.Weighted.Sum() / whole.Weighted.Total;
        var move = share * whole.Households().Max(household => Math.Abs(household.Income - (household.Weight * mean))
            / Math.Max(whole.Weighted.Total - household.Weight, double.Epsilon));
        return [.. Enumerable.Repeat(move, Neighbours)];
    }

    private double LineMove(Estimate estimate)
    {
        if (estimate.Measure.OwnLine is not null || !estimate.Measure.Choices.HasFlag(Choices.Line)) return 0;
        var (period, concept, _) = LineOf(estimate);
        if (!lines.TryGetValue((period, concept, estimate.Line), out var move))
            lines[(period, concept, estimate.Line)] = move = LineNear(estimate)[0] is var near && double.IsFinite(near) ? near : 0;
        return move;
    }

    private (int Period, IncomeConcept Concept, double Factor) LineOf(Estimate estimate) => estimate.Measure.IsAnchored
        ? (plan.AnchorPeriod, IncomeConcept.Disposable, plan.Study.Anchor!.Factor(plan.Periods[estimate.Period].Period))
        : (estimate.Period, plan.LineConcept(estimate.Measure.Concept), estimate.Measure.LineFactor);

    private Domain DomainOf(Estimate estimate) => DomainOf(estimate.Period, estimate.Measure.Concept, estimate.AgesIndex, estimate.Ages,
        estimate.Cut, estimate.DomainIndex);

    private Domain DomainOf(int period, IncomeConcept concept, int agesIndex, AgeSpan? ages, int cut, int index)
    {
        var key = (period, concept, ages is null ? -1 : agesIndex, cut, index);
        if (domains.TryGetValue(key, out var known)) return known;
        var persons = plan.Rows.Concept(period, concept);
        return domains[key] = new Domain(persons.Table, persons.Slices(agesIndex, ages, cut), index, concept);
    }

    /// <summary>The entries of one domain, gathered by household.</summary>
    private sealed class Domain
    {
        private readonly int from;
        private readonly int length;
        private readonly int[] owners;
        private readonly double[] beside;
        private readonly int[] starts;
        private readonly int[] entries;

        public Domain(PersonTable table, DomainSlices slices, int index, IncomeConcept concept)
        {
            Slices = slices;
            var range = slices[index];
            beside = BesideColumn.IsJoint(concept) ? slices.Beside(table, BesideColumn.PlaceOf(concept)!.Value)[range] : [];
            (from, length) = range.GetOffsetAndLength(slices.Incomes.Length);
            owners = new int[length];
            var known = new Dictionary<int, int>();
            var households = table.Households.Span;
            for (var i = 0; i < length; i++)
            {
                var key = households.IsEmpty ? i : households[slices.Rows[from + i]];
                if (!known.TryGetValue(key, out var owner)) known.Add(key, owner = known.Count);
                owners[i] = owner;
            }

            starts = new int[known.Count + 1];
            foreach (var owner in owners) starts[owner + 1]++;
            for (var i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
            entries = new int[length];
            var next = starts.ToArray();
            for (var i = 0; i < length; i++) entries[next[owners[i]]++] = i;
        }

        public DomainSlices Slices { get; }

        public WeightedIncomes Weighted =>
            new WeightedIncomes(Slices.Incomes.AsSpan(from, length), Slices.Weights.AsSpan(from, length)).With(beside);

        private int Count => starts.Length - 1;

        /// <summary>Each household's weight and weighted income.</summary>
        public IEnumerable<(double Weight, double Income)> Households()
        {
            for (var household = 0; household < Count; household++)
            {
                double weight = 0, income = 0;
                foreach (var entry in Entries(household))
                {
                    weight += Slices.Weights[from + entry];
                    income += Slices.Weights[from + entry] * Slices.Incomes[from + entry];
                }

                yield return (weight, income);
            }
        }

        /// <summary>For k = 1, 2, … the distance within which k households stand on each side of a position, those on it counted on
        /// both.</summary>
        /// <param name="incomes">The first incomes of the domain: all, or the poor.</param>
        /// <param name="at">The position.</param>
        /// <param name="most">How many k.</param>
        /// <param name="side">Of whom; null for all.</param>
        public double[] Near(ReadOnlySpan<double> incomes, double at, int most, double? side = null)
        {
            var owners = this.owners;
            if (side is { } number)
            {
                int[] those = [.. Enumerable.Range(0, length).Where(i => beside[i] == number)];
                owners = [.. those.Select(i => this.owners[i])];
                incomes = those.Select(i => Slices.Incomes[from + i]).ToArray();
            }

            int low = 0, high = incomes.Length;
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (incomes[middle] < at) low = middle + 1;
                else high = middle;
            }

            var on = new HashSet<int>();
            var end = low;
            while (end < incomes.Length && incomes[end] == at) on.Add(owners[end++]);
            var (below, above) = (Side(incomes, owners, low - 1, -1, at, on, most), Side(incomes, owners, end, 1, at, on, most));
            return [.. below.Zip(above, Math.Max)];
        }

        private static double[] Side(ReadOnlySpan<double> incomes, int[] owners, int start, int step, double at, HashSet<int> on, int most)
        {
            var near = new double[most];
            var found = Math.Min(on.Count, most);
            var seen = new HashSet<int>(on);
            for (var i = start; found < most && i >= 0 && i < incomes.Length; i += step)
            {
                if (seen.Add(owners[i])) near[found++] = Math.Abs(incomes[i] - at);
            }

            Array.Fill(near, double.PositiveInfinity, found, most - found);
            return near;
        }

        /// <summary>What each household contributes to the amount: its income, or what it lacks to the line.</summary>
        public (ImmutableArray<double> Largest, double Total) Contributions(IncomeMeasure measure, MeasureContext context)
        {
            var poor = measure.Choices.HasFlag(Choices.Line);
            var all = new double[Count];
            for (var i = 0; i < length; i++)
            {
                var y = Slices.Incomes[from + i];
                all[owners[i]] += Slices.Weights[from + i] * (poor ? Math.Max(0, context.Line - y) : Math.Abs(y));
            }

            Array.Sort(all, (a, b) => b.CompareTo(a));
            return ([.. all.Take(Shown)], all.Sum());
        }

        /// <summary>The largest change of a figure when one household is left out, or comes without its money.</summary>
        public double Largest(IncomeMeasure measure, MeasureContext context, double value)
        {
            var chosen = (long)length * Count <= Exhaustive ? [.. Enumerable.Range(0, Count)] : Candidates(measure, context);
            var weights = Slices.Weights.AsSpan(from, length).ToArray();
            var incomes = Slices.Incomes.AsSpan(from, length);
            var largest = 0.0;
            foreach (var household in chosen)
            {
                foreach (var entry in Entries(household)) weights[entry] = 0;
                Look(measure.Of(new WeightedIncomes(incomes, weights).With(beside), context));
                foreach (var entry in Entries(household)) weights[entry] = Slices.Weights[from + entry];
                Look(WithoutMoney(measure, context, household));
            }

            return largest;

            // Where the figure no longer exists without the household, it is that household's own.
            void Look(Quantity other) =>
                largest = Math.Max(largest, other.HasNumber ? Math.Abs(other.Number - value) : Math.Abs(value));
        }

        private Quantity WithoutMoney(IncomeMeasure measure, MeasureContext context, int household)
        {
            double[] incomes = new double[length], weights = new double[length], others = new double[beside.Length];
            var at = 0;
            var placed = false;
            for (var i = 0; i < length; i++)
            {
                if (!placed && Slices.Incomes[from + i] >= 0) Place();
                if (owners[i] == household) continue;
                Put(Slices.Incomes[from + i], i);
            }

            if (!placed) Place();
            return measure.Of(new WeightedIncomes(incomes, weights).With(others), context);

            void Place()
            {
                placed = true;
                foreach (var entry in Entries(household)) Put(0, entry);
            }

            void Put(double income, int entry)
            {
                (incomes[at], weights[at]) = (income, Slices.Weights[from + entry]);
                if (others.Length > 0) others[at] = beside[entry];
                at++;
            }
        }

        private int[] Candidates(IncomeMeasure measure, MeasureContext context)
        {
            var wanted = (int)Math.Clamp(Work / length, Fewest, Count);
            var chosen = new HashSet<int>();
            if (measure.Influence is { } of)
            {
                var own = new double[length];
                of(Weighted, context, own);
                var all = new double[Count];
                for (var i = 0; i < length; i++) all[owners[i]] += Slices.Weights[from + i] * own[i];
                chosen.UnionWith(Enumerable.Range(0, Count).OrderByDescending(household => Math.Abs(all[household])).Take(wanted));
            }

            // The richest and the poorest, and the largest families.
            for (var i = 0; i < Fewest / 2; i++) chosen.UnionWith([owners[length - 1 - i], owners[i]]);
            chosen.UnionWith(Households().Select((household, i) => (Math.Abs(household.Income), i)).OrderByDescending(pair => pair.Item1)
                .Take(Fewest / 2).Select(pair => pair.i));
            return [.. chosen.Order()];
        }

        private ArraySegment<int> Entries(int household) => new(entries, starts[household], starts[household + 1] - starts[household]);
    }
}
