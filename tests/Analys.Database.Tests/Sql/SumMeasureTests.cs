using Analys.Database.Tests.Pushed;
using Analys.Measure.Income;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;
using Analys.Measure.Source;
using Analys.Measure.Study;
using Analys.Tests.Database;
using static Analys.Measure.Source.IncomeFunction;

namespace Analys.Database.Tests.Sql;

/// <summary>A new measure that is a sum states its sums and its function, and nothing else: figure, error, push-down and what the gate
/// needs
/// follow.</summary>
public class SumMeasureTests
{
    // What a newcomer would write in one file.
    private static readonly IncomeMeasure CubedGap = SumMeasure.Of(
        new Definition("cubed-gap", "Cubed poverty gap", "Kuberat fattigdomsgap", "Σ w ((z − y) / z)³ [poor] / Σ w", Units.Index,
            ValueRange.NonNegative, "Foster, Greer & Thorbecke 1984"),
        [new(Power((Line - Own) / Line, 3), Among.Poor)],
        sums => Quantity.Known(sums[0] / sums.Weight));

    private static readonly IncomeMeasure Poor = SumMeasure.Of(
        new Definition("poor", "Poor", "Fattiga", "Σ w [poor] / Σ w", Units.Index, ValueRange.Unit, "test"),
        [new(1, Among.Poor)],
        sums => Quantity.Known(sums[0] / sums.Weight));

    private static readonly IncomeMeasure Theil = SumMeasure.Of(
        new Definition("theil-again", "Theil", "Theil", "T", Units.Index, ValueRange.NonNegative, "test"),
        [new(Own * Log(Own), Among.Positive), new(Own, Among.Positive), new(1, Among.Positive)],
        sums => sums[1] > 0 ? Quantity.Known((sums[0] / sums[1]) - Math.Log(sums[1] / sums[2])) : Quantity.Undefined("no income"));

    private static readonly IncomeMeasure Kolm = SumMeasure.Of(
        new Definition("kolm-like", "Kolm", "Kolm", "ln Σ w exp(−y / 10⁵) / W + μ / 10⁵", Units.Index, ValueRange.NonNegative, "test"),
        [new(Exp(-1e-5 * Own)), new(Own)],
        sums => Quantity.Known(Math.Log(sums[0] / sums.Weight) + (1e-5 * sums[1] / sums.Weight)));

    private static readonly PersonColumns ByArea = new() { By = ["area"], Transfers = "transfers", HousingCost = "rent" };

    [Fact]
    public void The_figure_its_error_and_its_slope_are_those_of_the_measure_written_by_hand()
    {
        using var people = new RandomPeople(400, seed: 5);
        var study = new IncomeStudy
        {
            Persons = PersonTableReader.Read(people.Extract(), ByArea),
            Uncertainty = new(IntervalMethod.Linearised)
        };
        foreach (var (sum, hand) in ((IncomeMeasure, IncomeMeasure)[])[(CubedGap, Fgt.Of(3)), (Poor, Fgt.Headcount),
            (Theil, Analys.Measure.Income.Inequality.GeneralisedEntropy.Theil)])
        {
            var (a, b) = (study.Run([sum]), study.Run([hand]));
            for (var i = 0; i < a.Count; i++)
            {
                Assert.Equal(b[i].Value.Number, a[i].Value.Number, 1e-12);
                Assert.Equal(b[i].StandardError!.Value, a[i].StandardError!.Value, 1e-8 * b[i].StandardError!.Value);
            }
        }
    }

    [Theory]
    [InlineData("stream")]
    [InlineData("sqlite")]
    public void It_is_pushed_down_with_its_error_and_the_gate_knows_it(string kind)
    {
        using var people = new RandomPeople(300, seed: 7);
        using var source = AgreementTests.Open(people, kind);
        IncomeMeasure[] measures = [CubedGap, Poor, Theil, Kolm];
        Agreement.Check(people.Extract(), source, ByArea, study => study with { Uncertainty = new(IntervalMethod.Linearised) }, measures);
        var pushed = new Analys.Database.Pushed.PushedStudy(source, ByArea);
        var released = pushed.Run(new IncomeStudy { Persons = pushed.Persons }, measures);
        Assert.All(released, result => Assert.Equal(Tells.Amount, result.Basis!.Tells));
        Assert.All(released.Where(result => result.Value.HasNumber && result.Basis!.Denominator > 50),
            result => Assert.True(result.Basis!.Complete.Influence > 0));
    }
}
