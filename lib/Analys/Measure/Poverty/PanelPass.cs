using Analys.Domain;
using Analys.Measure.Persons;

namespace Analys.Measure.Poverty;

/// <summary>Adds up a panel measure over the rows, by period and domain.</summary>
/// <param name="panel">The panel.</param>
/// <param name="poor">For each row whether the person is poor by the line of its period.</param>
/// <param name="weights">The weights of the rows.</param>
internal sealed class PanelPass(PanelTable panel, bool[] poor, double[] weights) : IPanelSums
{
    private const int NotCounted = -1;

    public PovertySums[] Of(PanelKind kind, Cut cut, AgeSpan? ages)
    {
        var persons = panel.Persons;
        var sums = new PovertySums[panel.PeriodCount * cut.Domains.Length];
        var open = new (int Cluster, int With, int Without, double Weight)[sums.Length];
        open.AsSpan().Fill((-1, -1, -1, 0));
        var clusters = persons.ClustersInForce.Span;
        var apart = new HouseholdCount();
        for (var row = 0; row < persons.Count; row++)
        {
            if (Place(row, cut, ages) is not { } domain) continue;
            var (period, has) = Classify(kind, row);
            if (period == NotCounted) continue;
            var at = (period * cut.Domains.Length) + domain;
            ref var sum = ref sums[at];
            ref var now = ref open[at];
            sum.Count++;
            sum.Weight += weights[row];
            if (has)
            {
                sum.PoorCount++;
                sum.PoorWeight += weights[row];
            }

            var cluster = clusters.IsEmpty ? row : clusters[row];
            if (cluster != now.Cluster)
            {
                sum.SquaredClusterWeights += now.Weight * now.Weight;
                (now.Cluster, now.Weight) = (cluster, 0);
            }

            now.Weight += weights[row];
            if (persons.Households.IsEmpty) continue;
            var household = persons.Households.Span[row];
            if (persons.HouseholdsScattered)
            {
                apart.Add(ref sum, at, household, has);
                continue;
            }

            if (has && household != now.With) (now.With, sum.PoorHouseholds) = (household, sum.PoorHouseholds + 1);
            if (!has && household != now.Without) (now.Without, sum.OtherHouseholds) = (household, sum.OtherHouseholds + 1);
        }

        for (var i = 0; i < sums.Length; i++) sums[i].SquaredClusterWeights += open[i].Weight * open[i].Weight;
        return sums;
    }

    public (double[] AtRisk, double[] Ended) Spells(Cut cut, AgeSpan? ages)
    {
        var atRisk = new double[cut.Domains.Length * panel.PeriodCount];
        var ended = new double[atRisk.Length];
        for (var row = 0; row < panel.Persons.Count; row++)
        {
            if (Place(row, cut, ages) is not { } domain || Classify(PanelKind.Spell, row).Period == NotCounted) continue;
            var (length, over) = Spell(row);
            for (var k = 1; k <= length; k++)
            {
                if (k < length || over) atRisk[(domain * panel.PeriodCount) + k - 1] += weights[row];
            }

            if (over) ended[(domain * panel.PeriodCount) + length - 1] += weights[row];
        }

        return (atRisk, ended);
    }

    // The period that a row counts in, and whether it has the property.
    private (int Period, bool Has) Classify(PanelKind kind, int row)
    {
        var (person, period) = (panel.Persons.Persons.Span[row], panel.Persons.Periods.Span[row]);
        if (period < 0) return (NotCounted, false);
        var back = panel.Years.Before(period, 1);
        var before = panel.Row(person, back);
        switch (kind)
        {
            case PanelKind.Persistent:
                int two = panel.Row(person, panel.Years.Before(period, 2)), three = panel.Row(person, panel.Years.Before(period, 3));
                if (before < 0 || two < 0 || three < 0) return (NotCounted, false);
                return (period, poor[row] && (poor[before] ? 1 : 0) + (poor[two] ? 1 : 0) + (poor[three] ? 1 : 0) >= 2);
            case PanelKind.Entry:
                return before < 0 || poor[before] ? (NotCounted, false) : (period, poor[row]);
            case PanelKind.Exit:
                return before < 0 || !poor[before] ? (NotCounted, false) : (period, !poor[row]);
            case PanelKind.Spell:
                return before < 0 || poor[before] || !poor[row] ? (NotCounted, false) : (period, true);
            case PanelKind.Left:
                var next = panel.Years.Before(period, -1);
                return next < 0 ? (NotCounted, false) : (next, panel.Row(person, next) < 0);
            default:
                return back < 0 ? (NotCounted, false) : (period, before < 0 == (kind == PanelKind.Entered));
        }
    }

    // How many years a spell lasted, and whether its end was seen; the year in which it ended is not counted.
    private (int Length, bool Over) Spell(int row)
    {
        var (person, period) = (panel.Persons.Persons.Span[row], panel.Persons.Periods.Span[row]);
        for (var length = 1; ; length++)
        {
            var next = panel.Row(person, panel.Years.Before(period, -length));
            if (next < 0) return (length, false);
            if (!poor[next]) return (length, true);
        }
    }

    private int? Place(int row, Cut cut, AgeSpan? ages)
    {
        if (ages is { } span && !span.Contains(panel.Persons.Ages.Span[row])) return null;
        var domain = cut.DomainOf.IsEmpty ? 0 : cut.DomainOf.Span[row];
        return domain >= 0 ? domain : null;
    }
}
