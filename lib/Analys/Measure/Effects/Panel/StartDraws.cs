using Analys.Measure.Effects.Draws;

namespace Analys.Measure.Effects.Panel;

/// <summary>Randomisation inference: what the estimates would have been, had the starts been given to other clusters (Fisher 1935; Young 2019).</summary>
/// <remarks>
/// Each assignment's own cohort sizes are used. The statistics use no covariates: under the null hypothesis that the measure does nothing to anyone
/// every statistic gives a valid p. For the pre-trend the statistic is Σ cohort size·ATT(g, t)² over t &lt; g.
/// </remarks>
internal sealed class StartDraws
{
    private readonly PanelData panel;
    private readonly int cohorts;
    private readonly int[] labels;
    private readonly double[] sizes;
    private readonly double[][] sums;
    private readonly double[][] rests;
    private readonly (int Cohort, int Period, int Base, int[] Others)[] cells;
    private readonly Estimate[] targets;
    private readonly int[][] parts;

    /// <summary>Prepares the statistics.</summary>
    /// <param name="panel">The panel; every cluster has one start.</param>
    /// <param name="comparison">Who is compared.</param>
    /// <param name="targets">The estimates to test; those whose statistic is not known here are left out.</param>
    public StartDraws(PanelData panel, ComparisonGroup comparison, IEnumerable<Estimate> targets)
    {
        this.panel = panel;
        cohorts = panel.Cohorts.Length;
        var clusters = panel.ClusterOrUnit;
        var periods = panel.Periods.Length;
        // Label 0 is never, 1 the first cohort.
        labels = new int[panel.ClusterCount];
        Array.Fill(labels, -1);
        sizes = new double[labels.Length];
        sums = [.. labels.Select(_ => new double[periods])];
        rests = [.. labels.Select(_ => new double[periods])];
        var within = TwoWay.Within(panel, (unit, period) => panel.Outcomes[unit][period]);
        for (var unit = 0; unit < panel.Units; unit++)
        {
            var c = clusters[unit];
            if (labels[c] >= 0 && labels[c] != panel.CohortOf[unit] + 1)
            {
                throw new EffectException("Units of one cluster start at different times: randomisation gives starts to clusters. Give a cluster whose units start together, or none.");
            }

            labels[c] = panel.CohortOf[unit] + 1;
            sizes[c] += panel.Weights[unit];
            for (var t = 0; t < periods; t++)
            {
                sums[c][t] += panel.Weights[unit] * panel.Outcomes[unit][t];
                rests[c][t] += panel.Weights[unit] * within[unit][t];
            }
        }

        cells =
        [
            .. from cohort in Enumerable.Range(0, cohorts)
               from period in Enumerable.Range(1, periods - 1)
               let others = Enumerable.Range(-1, cohorts + 1).Where(other => Present(other) && GroupTime.Compares(panel, comparison, cohort, period, other)).Select(other => other + 1).ToArray()
               where others.Length > 0
               select (cohort, period, GroupTime.Base(panel.First[cohort], period), others),
        ];
        this.targets = [.. targets.Where(one => one.Value is not null && Known(one.Id))];
        parts = Array.ConvertAll(this.targets, Parts);
    }

    /// <summary>The p values.</summary>
    public IReadOnlyList<Estimate> Records(int? replicates, long seed)
    {
        if (targets.Length == 0) return [];
        var assignments = new Assignments(labels);
        var plan = DrawPlan.For(assignments.Possible, replicates, seed);
        var observed = new double[targets.Length];
        new Statistics(this).Of(labels, observed);
        var reach = Array.ConvertAll(observed, DrawPlan.Reach);
        var counts = assignments.Count(plan, targets.Length, () =>
        {
            var statistics = new Statistics(this);
            var values = new double[targets.Length];
            return (assignment, tally) =>
            {
                statistics.Of(assignment, values);
                for (var k = 0; k < values.Length; k++)
                {
                    if (Math.Abs(values[k]) >= reach[k]) tally[k]++;
                }
            };
        });
        return [.. targets.Select((one, k) => plan.Record(one, counts[k], "randomisation"))];
    }

    /// <summary>The first target's statistic under other assignments, for the smallest effect that would be found.</summary>
    public double[] Values(int? replicates, long seed)
    {
        if (targets.Length == 0) return [];
        var assignments = new Assignments(labels);
        var plan = DrawPlan.For(assignments.Possible, replicates, seed);
        return assignments.Values<double>(plan, () =>
        {
            var statistics = new Statistics(this);
            var values = new double[targets.Length];
            return assignment =>
            {
                statistics.Of(assignment, values);
                return values[0];
            };
        });
    }

    private static bool Known(string id) => id is "att-simple" or "att-group" or "att-dynamic" or "att-calendar" or "att-event" or "att-group-time" or "pretrend-test" or "twfe";

    private bool Present(int other) => labels.Contains(other + 1);

    // The numbers of the cells that an estimate is made of.
    private int[] Parts(Estimate target)
    {
        bool Match(string parameter, double value) => !target.Parameters.TryGetValue(parameter, out var text) || text == PanelData.Text(value);
        return
        [
            .. Enumerable.Range(0, cells.Length).Where(k =>
            {
                var (cohort, period, _, _) = cells[k];
                var after = period >= panel.First[cohort];
                return target.Id switch
                {
                    "pretrend-test" => !after,
                    "att-event" => Match("event", panel.Periods[period] - panel.Cohorts[cohort]),
                    "att-group-time" => Match("cohort", panel.Cohorts[cohort]) && Match("time", panel.Periods[period]),
                    _ => after && Match("cohort", panel.Cohorts[cohort]) && Match("time", panel.Periods[period]),
                };
            }),
        ];
    }

    private sealed class Statistics(StartDraws draws)
    {
        private readonly double[] weight = new double[draws.cohorts + 1];
        private readonly double[][] sum = [.. Enumerable.Range(0, draws.cohorts + 1).Select(_ => new double[draws.panel.Periods.Length])];
        private readonly double[][] rest = [.. Enumerable.Range(0, draws.cohorts + 1).Select(_ => new double[draws.panel.Periods.Length])];
        private readonly double[] effect = new double[draws.cells.Length];
        private readonly Dictionary<double, (double Sum, double Weight)> groups = [];

        public void Of(int[] assignment, double[] values)
        {
            Array.Clear(weight);
            foreach (var row in sum) Array.Clear(row);
            foreach (var row in rest) Array.Clear(row);
            for (var c = 0; c < assignment.Length; c++)
            {
                var label = assignment[c];
                weight[label] += draws.sizes[c];
                double[] from = draws.sums[c], to = sum[label], fromRest = draws.rests[c], toRest = rest[label];
                for (var t = 0; t < to.Length; t++)
                {
                    to[t] += from[t];
                    toRest[t] += fromRest[t];
                }
            }

            for (var k = 0; k < effect.Length; k++)
            {
                var (cohort, period, before, others) = draws.cells[k];
                double change = 0, size = 0;
                foreach (var other in others)
                {
                    change += sum[other][period] - sum[other][before];
                    size += weight[other];
                }

                effect[k] = ((sum[cohort + 1][period] - sum[cohort + 1][before]) / weight[cohort + 1]) - (change / size);
            }

            for (var k = 0; k < values.Length; k++) values[k] = Value(draws.targets[k], draws.parts[k]);
        }

        private double Value(Estimate target, int[] parts)
        {
            switch (target.Id)
            {
                case "twfe":
                    return TwoWayCoefficient();
                case "pretrend-test":
                    double squares = 0;
                    foreach (var k in parts) squares += weight[draws.cells[k].Cohort + 1] * effect[k] * effect[k];
                    return squares;
                case "att-group" when !target.Parameters.ContainsKey("cohort"):
                    return Grouped(parts, static (draws, cell) => cell.Cohort, withinPlain: true);
                case "att-dynamic":
                    return Grouped(parts, static (draws, cell) => draws.panel.Periods[cell.Period] - draws.panel.Cohorts[cell.Cohort], withinPlain: false);
                case "att-calendar" when !target.Parameters.ContainsKey("time"):
                    return Grouped(parts, static (draws, cell) => cell.Period, withinPlain: false);
                default:
                    double total = 0, size = 0;
                    foreach (var k in parts)
                    {
                        total += weight[draws.cells[k].Cohort + 1] * effect[k];
                        size += weight[draws.cells[k].Cohort + 1];
                    }

                    return total / size;
            }
        }

        // Cohorts: plain means within, weighted over them. Events and periods: weighted within, plain over them.
        private double Grouped(int[] parts, Func<StartDraws, (int Cohort, int Period, int Base, int[] Others), double> key, bool withinPlain)
        {
            groups.Clear();
            foreach (var k in parts)
            {
                var size = withinPlain ? 1 : weight[draws.cells[k].Cohort + 1];
                var at = key(draws, draws.cells[k]);
                var (sumSoFar, sizeSoFar) = groups.GetValueOrDefault(at);
                groups[at] = (sumSoFar + (size * effect[k]), sizeSoFar + size);
            }

            double total = 0, weights = 0;
            foreach (var (at, (sumOf, sizeOf)) in groups)
            {
                var share = withinPlain ? weight[(int)at + 1] : 1;
                total += share * sumOf / sizeOf;
                weights += share;
            }

            return total / weights;
        }

        private double TwoWayCoefficient()
        {
            var panel = draws.panel;
            var periods = panel.Periods.Length;
            double above = 0, below = 0, all = 0, overall = 0;
            for (var label = 0; label < weight.Length; label++) all += weight[label];
            for (var label = 1; label < weight.Length; label++) overall += weight[label] * (periods - panel.First[label - 1]) / (periods * all);
            for (var t = 0; t < periods; t++)
            {
                double share = 0;
                for (var label = 1; label < weight.Length; label++)
                {
                    if (t < panel.First[label - 1]) continue;
                    share += weight[label] / all;
                    above += rest[label][t];
                }

                for (var label = 0; label < weight.Length; label++)
                {
                    var first = label == 0 ? periods : panel.First[label - 1];
                    var design = (t >= first ? 1 : 0) - ((periods - first) / (double)periods) - share + overall;
                    below += weight[label] * design * design;
                }
            }

            return above / below;
        }
    }
}
