using Analys.Database.Pushed;
using Analys.Measure.Income;
using Analys.Measure.Source;
using Analys.Measure.Study;

namespace Analys.Tests.Database;

/// <summary>Whether a source gives the records that rows in memory give: every field alike, numbers to 1e-9.</summary>
internal static class Agreement
{
    public const double Tolerance = 1e-9;

    /// <summary>Every measure that claims push-down, with its arguments.</summary>
    public static IReadOnlyList<IncomeMeasure> Measures(bool anchored, bool oneOrder = true)
    {
        string[] more = ["fgt:1.5", "fgt:0", "generalised-entropy:1.5", "generalised-entropy:0", "generalised-entropy:-1", "atkinson:1",
            "atkinson:2", "quantile-ratio:0.8:0.2", "lorenz:0.33"];
        var catalogue = new MeasureCatalogue();
        return
        [
            .. IncomeMeasures.Definitions.Select(definition => definition.Id).Concat(more)
                .Where(id => anchored || id != "anchored-at-risk-of-poverty-rate")
                .SelectMany(id => catalogue.Find(id)!)
                .Where(measure => measure.Aggregate is { } form && (oneOrder || form.Maxima == MaximaOf.None)),
        ];
    }

    public static void Check(Extract extract, IAggregateSource source, PersonColumns columns, Func<IncomeStudy, IncomeStudy> options,
        IReadOnlyList<IncomeMeasure> measures)
    {
        var expected = options(new IncomeStudy { Persons = PersonTableReader.Read(extract, columns) }).Run(measures);
        var pushed = new PushedStudy(source, columns);
        var actual = pushed.Run(options(new IncomeStudy { Persons = pushed.Persons }), measures);
        Same(expected, actual);
    }

    public static void CheckPanel(Extract extract, IAggregateSource source, PersonColumns columns, Func<IncomeStudy, IncomeStudy> options)
    {
        var expected =
            PanelStudy.Run(options(new IncomeStudy { Persons = PersonTableReader.Read(extract, columns) }), PanelMeasures.All);
        var pushed = new PushedStudy(source, columns);
        Same(expected, pushed.RunPanel(options(new IncomeStudy { Persons = pushed.Persons }), PanelMeasures.All));
    }

    public static void CheckDecompositions(Extract extract, IAggregateSource source, PersonColumns columns, Func<IncomeStudy,
        IncomeStudy> options, bool oneOrder = true)
    {
        var study = options(new IncomeStudy { Persons = PersonTableReader.Read(extract, columns) });
        var pushed = new PushedStudy(source, columns);
        var there = options(new IncomeStudy { Persons = pushed.Persons });
        // How groups overlap needs the rows; Gini's index of each, all incomes in one order.
        var parts = SubgroupDecomposition.Of(study, 1.5);
        Same(new Results(parts.Where(row => row.Measure.Id != "overlapping-index"
            && row.Parameters.GetValueOrDefault("method") != "yitzhaki"
                && (oneOrder || (row.Measure.Id != "gini" && row.Parameters.GetValueOrDefault("of") != "gini"))),
            parts.Confidentiality, parts.Provenance), pushed.Decompose(there, 1.5));
        Same(ShapleyChange.Of(study, [0, 1, 1.5]), pushed.Shapley(there, [0, 1, 1.5]));
    }

    public static void Same(Results expected, Results actual)
    {
        Assert.Equal(expected.Confidentiality, actual.Confidentiality);
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            var (a, b) = (expected[i], actual[i]);
            var what =
                $"{a.Measure.Id} {a.Area} {a.Period} {a.Population} "
                    + $"{string.Join(' ', a.Parameters.Select(pair => $"{pair.Key}={pair.Value}"))}";
            Assert.True(
                (a.Measure.Id, a.Area, a.Period, a.Population, a.Reference, a.Unit) == (b.Measure.Id, b.Area, b.Period, b.Population,
                    b.Reference, b.Unit), what);
            Assert.True(a.Parameters.SequenceEqual(b.Parameters), what);
            Assert.True(a.Value.Status == b.Value.Status && a.Value.Reason == b.Value.Reason,
                $"{what}: {a.Value.Status} {a.Value.Reason}, {b.Value.Status} {b.Value.Reason}");
            Assert.True(a.N == b.N, $"{what}: n {a.N} {b.N}");
            Assert.True(a.Basis == b.Basis, $"{what}: {a.Basis} {b.Basis}");
            if (a.Value.HasNumber) Close(a.Value.Number, b.Value.Number, what);
            // A standard error is the root of a difference of sums: where it is zero, its last digits are compared as a variance.
            if (!(a.StandardError * a.StandardError <= Tolerance * Tolerance * 100 && b.StandardError * b.StandardError <= Tolerance
                * Tolerance * 100)) Close(a.StandardError, b.StandardError, what + " s.e.");
            else Assert.True(a.StandardError.HasValue == b.StandardError.HasValue, what);
            Close(a.Lower, b.Lower, what + " lower");
            Close(a.Upper, b.Upper, what + " upper");
        }
    }

    private static void Close(double? a, double? b, string what)
    {
        Assert.True(a.HasValue == b.HasValue, what);
        if (a is { } x && b is { } y) Assert.True(Math.Abs(x - y) <= Tolerance * Math.Max(1, Math.Abs(x)), $"{what}: {x:R} and {y:R}");
    }
}
