using System.Collections.Immutable;
using System.Globalization;
using Analys.Domain;

namespace Analys.Measure.Poverty;

/// <summary>Finds the figures that are to be compared among those of a plan.</summary>
internal static class ComparisonPlan
{
    public static List<Derived> Of(StudyPlan plan)
    {
        var comparison = plan.Study.Comparison;
        var derived = new List<Derived>();
        if (comparison == Comparison.None) return derived;
        var index = new Dictionary<object, int>();
        for (var i = 0; i < plan.Estimates.Count; i++) index[Key(plan.Estimates[i], plan.Estimates[i].Domain)] = i;
        for (var i = 0; i < plan.Estimates.Count; i++)
        {
            var estimate = plan.Estimates[i];
            if (comparison.Reference is { } reference && estimate.Domain.Area is { } area && area != reference)
            {
                var other = estimate.Domain with { Area = reference == Comparison.Whole ? null : reference };
                if (index.TryGetValue(Key(estimate, other), out var j)) derived.AddRange(Gaps(plan, i, j, reference));
            }

            if (comparison.Change && estimate.Period > 0 && index.TryGetValue(Key(estimate with { Period = estimate.Period - 1 }, estimate.Domain), out var before))
            {
                var now = i;
                derived.Add(Make(plan, Comparison.ChangeOverTime, now, values => values[now] - values[before], before) with { Minus = before });
            }

            if (estimate.Measure.IsPoorShare && estimate.Domain.Area is null) derived.AddRange(OfAllAreas(plan, i));
        }

        return derived;
    }

    private static IEnumerable<Derived> Gaps(StudyPlan plan, int i, int j, string reference)
    {
        yield return Make(plan, Comparison.Difference, i, values => values[i] - values[j], j) with { Minus = j, Reference = reference };
        yield return Make(plan, Comparison.Ratio, i, values => values[j] == 0 ? double.NaN : values[i] / values[j], j) with { Reference = reference };
    }

    // Figures of the city that need the shares of all its areas.
    private static IEnumerable<Derived> OfAllAreas(StudyPlan plan, int whole)
    {
        var estimate = plan.Estimates[whole];
        var comparison = plan.Study.Comparison;
        var areas = Enumerable.Range(0, plan.Estimates.Count).Where(i => plan.Estimates[i] is var other
            && other.Period == estimate.Period && other.AgesIndex == estimate.AgesIndex && other.Line == estimate.Line && other.Measure == estimate.Measure
            && other.Domain.Area is not null && other.Domain.Population == estimate.Domain.Population && other.Sums.Count > 0).ToArray();
        if (areas.Length == 0) yield break;
        var smallest = areas.Select(i => Basis(plan, i)).Aggregate(Stricter);
        if (comparison.Reference is { } reference)
        {
            var named = Array.Find(areas, i => plan.Estimates[i].Domain.Area == reference);
            var fixedReference = areas.Any(i => plan.Estimates[i].Domain.Area == reference);
            yield return new Derived(Comparison.AttributableShare, whole, values =>
                {
                    var low = fixedReference ? values[named] : areas.Select(i => values[i]).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
                    return values[whole] > 0 ? (values[whole] - low) / values[whole] : double.NaN;
                })
            { Basis = smallest, OfWhole = true, Reference = fixedReference ? reference : "lowest", Parameters = Named(plan, whole) };
        }

        foreach (var k in comparison.Poorest)
        {
            yield return new Derived(Comparison.PoorestAreas, whole, values =>
                {
                    // A replicate has its own shares; the areas' sizes are those of the data.
                    var poor = areas.Where(i => double.IsFinite(values[i])).Select(i => (Share: values[i], Poor: values[i] * plan.Estimates[i].Sums.Weight)).ToArray();
                    var all = poor.Sum(area => area.Poor);
                    return all > 0 ? poor.OrderByDescending(area => area.Share).Take(k).Sum(area => area.Poor) / all : double.NaN;
                })
            { Basis = smallest, OfWhole = true, Parameters = Named(plan, whole).Add("k", k.ToString(CultureInfo.InvariantCulture)) };
        }
    }

    private static Derived Make(StudyPlan plan, Definition definition, int i, Func<double[], double> value, int other) =>
        new(definition, i, value) { Basis = Stricter(Basis(plan, i), Basis(plan, other)), Parameters = Named(plan, i) };

    private static ImmutableSortedDictionary<string, string> Named(StudyPlan plan, int i) =>
        StudyRecords.Parameters(plan, plan.Estimates[i]).SetItem("of", plan.Estimates[i].Measure.Definition.Id);

    internal static Basis Basis(StudyPlan plan, int i) => StudyRecords.Basis(plan, plan.Estimates[i]);

    // A figure made of two is as safe as the less safe of them.
    private static Basis Stricter(Basis a, Basis b) => Smallest(a) <= Smallest(b) ? a : b;

    private static double Smallest(Basis basis)
    {
        double[] counts = [basis.Denominator, basis.Numerator ?? basis.Denominator, basis.Complement ?? basis.Denominator, basis.Contributors ?? basis.Denominator];
        return counts.Where(count => count > 0).DefaultIfEmpty(0).Min();
    }

    private static object Key(Estimate estimate, Persons.Domain domain) =>
        (estimate.Period, estimate.AgesIndex, estimate.Ages, estimate.Line, estimate.Measure, domain);
}
