using Analys.Measure.Effects.Draws;

namespace Analys.Measure.Effects.Panel;

/// <summary>
/// Randomisation inference: what the estimates would have been, had the starts been given to other clusters (Fisher 1935; Young 2019).
/// </summary>
/// <remarks>
/// Each assignment's own cohort sizes are used. The statistics use no covariates: under the null hypothesis that the measure does nothing
/// to anyone every statistic gives a valid p. For the pre-trend the statistic is Σ cohort size·ATT(g, t)² over t &lt; g.
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
    private readonly (int[] Cells, int[] Groups, int Count)[] parts;

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
                throw new EffectException("Units of one cluster start at different times: randomisation gives starts to clusters. Give a "
                    + "cluster whose units start together, or none.");
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
               let others = Enumerable.Range(-1, cohorts + 1)
                   .Where(other => Present(other) && GroupTime.Compares(panel, comparison, cohort, period, other))
                   .Select(other => other + 1).ToArray()
               where others.Length > 0
               select (cohort, period, GroupTime.Base(panel.First[cohort], period), others),
        ];
        this.targets = [.. targets.Where(one => one.Value is not null && Known(one.Id))];
        parts = Array.ConvertAll(this.targets, target => Grouped(target, Parts(target)));
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

    /// <summary>The observed start of each cluster: 0 for never, 1 for the first cohort.</summary>
    public ReadOnlySpan<int> Observed => labels;

    /// <summary>The estimates whose statistics are known here.</summary>
    public IReadOnlyList<Estimate> Targets => targets;

    /// <summary>Makes, for one thread, what gives the statistics of an assignment.</summary>
    public Action<int[], double[]> NewStatistics() => new Statistics(this).Of;

    private static bool Known(string id) =>
        id is "att-simple" or "att-group" or "att-dynamic" or "att-calendar" or "att-event" or "att-group-time"
            or "pretrend-test" or "twfe";

    private bool Present(int other) => labels.Contains(other + 1);

    // The numbers of the cells that an estimate is made of.
    private int[] Parts(Estimate target)
    {
        bool Match(string parameter, double value) =>
            !target.Parameters.TryGetValue(parameter, out var text)
                || text == (parameter == "event" ? PanelData.Text(value) : panel.Name(value));
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

    // The group of each cell: cohorts of att-group, events of att-dynamic, periods of att-calendar; one for all else.
    private (int[] Cells, int[] Groups, int Count) Grouped(Estimate target, int[] members)
    {
        double Key(int k) => target.Id switch
        {
            "att-group" => cells[k].Cohort,
            "att-dynamic" => panel.Periods[cells[k].Period] - panel.Cohorts[cells[k].Cohort],
            "att-calendar" => cells[k].Period,
            _ => 0,
        };
        double[] keys = [.. members.Select(Key).Distinct()];
        return (members, Array.ConvertAll(members, k => Array.IndexOf(keys, Key(k))), keys.Length);
    }

    private sealed class Statistics(StartDraws draws)
    {
        private readonly double[] weight = new double[draws.cohorts + 1];
        private readonly double[][] sum = [.. Enumerable.Range(0, draws.cohorts + 1).Select(_ => new double[draws.panel.Periods.Length])];
        private readonly double[][] rest = [.. Enumerable.Range(0, draws.cohorts + 1).Select(_ => new double[draws.panel.Periods.Length])];
        private readonly double[] effect = new double[draws.cells.Length];
        private readonly double[] total = new double[draws.parts.Max(part => Math.Max(1, part.Count))];
        private readonly double[] size = new double[draws.parts.Max(part => Math.Max(1, part.Count))];
        private readonly double[] share = new double[draws.parts.Max(part => Math.Max(1, part.Count))];
        private readonly bool twoWay = draws.targets.Any(target => target.Id == "twfe");

        public void Of(int[] assignment, double[] values)
        {
            Array.Clear(weight);
            foreach (var row in sum) Array.Clear(row);
            foreach (var row in rest) Array.Clear(row);
            for (var c = 0; c < assignment.Length; c++)
            {
                var label = assignment[c];
                weight[label] += draws.sizes[c];
                double[] from = draws.sums[c], to = sum[label];
                for (var t = 0; t < to.Length; t++) to[t] += from[t];
                if (!twoWay) continue;
                (from, to) = (draws.rests[c], rest[label]);
                for (var t = 0; t < to.Length; t++) to[t] += from[t];
            }

            for (var k = 0; k < effect.Length; k++)
            {
                var (cohort, period, before, others) = draws.cells[k];
                double change = 0, compared = 0;
                foreach (var other in others)
                {
                    change += sum[other][period] - sum[other][before];
                    compared += weight[other];
                }

                effect[k] = ((sum[cohort + 1][period] - sum[cohort + 1][before]) / weight[cohort + 1]) - (change / compared);
            }

            for (var k = 0; k < values.Length; k++)
            {
                values[k] = draws.targets[k].Id switch
                {
                    "twfe" => TwoWayCoefficient(),
                    "pretrend-test" => Squares(draws.parts[k].Cells),
                    // Cohorts: plain means within, weighted over them. Events and periods: weighted within, plain over them.
                    var id => Mean(draws.parts[k], plainWithin: id == "att-group"),
                };
            }
        }

        private double Squares(int[] cells)
        {
            double squares = 0;
            foreach (var k in cells) squares += weight[draws.cells[k].Cohort + 1] * effect[k] * effect[k];
            return squares;
        }

        private double Mean((int[] Cells, int[] Groups, int Count) part, bool plainWithin)
        {
            Array.Clear(total, 0, part.Count);
            Array.Clear(size, 0, part.Count);
            for (var j = 0; j < part.Cells.Length; j++)
            {
                int k = part.Cells[j], group = part.Groups[j];
                var own = weight[draws.cells[k].Cohort + 1];
                var counts = plainWithin ? 1 : own;
                total[group] += counts * effect[k];
                size[group] += counts;
                share[group] = plainWithin ? own : 1;
            }

            double above = 0, below = 0;
            for (var group = 0; group < part.Count; group++)
            {
                above += share[group] * total[group] / size[group];
                below += share[group];
            }

            return above / below;
        }

        private double TwoWayCoefficient()
        {
            var panel = draws.panel;
            var periods = panel.Periods.Length;
            double above = 0, below = 0, all = 0, overall = 0;
            for (var label = 0; label < weight.Length; label++) all += weight[label];
            for (var label = 1; label < weight.Length; label++) overall += weight[label] * (periods - panel.First[label - 1])
                / (periods * all);
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
