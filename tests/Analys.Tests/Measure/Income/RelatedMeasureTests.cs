using Analys.Measure;
using Analys.Measure.Income;
using Analys.Measure.Income.Inequality;
using Analys.Measure.Income.Inequality.Curves;
using Analys.Measure.Income.Inequality.Joint;
using FsCheck;
using FsCheck.Fluent;

namespace Analys.Tests.Measure.Income;

/// <summary>Measures against numbers of an independent code (numpy: the papers' integrals over two million ranks, double sums over pairs,
/// copies of
/// persons for weights), their identities, and their influence functions against differences.</summary>
public class RelatedMeasureTests
{
    private static readonly double[] Incomes = [1, 2, 3, 5, 9, 14];
    private static readonly double[] Weights = [1, 2, 1, 3, 1, 2];

    [Theory]
    [InlineData("s-gini:3", 0.558)]
    [InlineData("s-gini:2", 0.40333333333333)]
    [InlineData("bonferroni", 0.53595785)]
    [InlineData("zenga", 0.7387397)]
    [InlineData("amato", 1.502509539683978)]
    [InlineData("j-divergence", 0.5857877159677768)]
    [InlineData("renyi:2", 0.45249004675302734)]
    [InlineData("renyi:0.5", 0.14762384347711666)]
    [InlineData("renyi:1", 0.2728842091054256)]
    [InlineData("kolm:0.1", 0.8958640994235336)]
    [InlineData("quantile-share", 0.46666666666666667)]
    [InlineData("quantile-share:0:0.5", 0.21666666666666667)]
    [InlineData("generalised-lorenz:0.3", 0.5)]
    [InlineData("wolfson", 0.392)]
    [InlineData("takayama", 0.16875)]
    [InlineData("kakwani-poverty:0", 0.2)]
    [InlineData("kakwani-poverty:1", 0.2375)]
    [InlineData("kakwani-poverty:2", 0.25625)]
    [InlineData("thon", 0.32272727272727275)]
    [InlineData("tip:0.1", 0.075)]
    [InlineData("tip:0.2", 0.125)]
    [InlineData("tip:0.5", 0.2)]
    [InlineData("median-of-poor", 2)]
    public void Numbers_of_an_independent_code(string id, double expected) =>
        Assert.Equal(expected, Value(id), id is "bonferroni" or "zenga" ? 2e-6 : 1e-11);

    // Equal incomes; one household of four alone; three persons: by the sums of Eurostat 0, 0 and 0.
    [Theory]
    [InlineData("income-quintile-share-ratio", new[] { 2.0, 2, 2, 2, 2 }, 1.0)]
    [InlineData("palma", new[] { 2.0, 2, 2, 2, 2 }, 0.25)]
    [InlineData("income-quintile-share-ratio", new[] { 100.0, 250, 300 }, 3.0)]
    [InlineData("palma", new[] { 100.0, 250, 300 }, 0.6)]
    public void Fifths_of_few_or_tied_incomes_share_those_on_a_cut(string id, double[] incomes, double expected) =>
        Assert.Equal(expected, One(id).Of(new WeightedIncomes(incomes, [.. incomes.Select(_ => 1.0)]), new()).Number, 1e-12);

    [Fact]
    public void Richness_by_hand()
    {
        double Rich(string id) => One(id).Of(new WeightedIncomes(Incomes, Weights), new MeasureContext(8)).Number;
        Assert.Equal(0.3, Rich("richness-headcount"), 1e-12);
        Assert.Equal(0.034381536349159046, Rich("richness-concave"), 1e-12);
        Assert.Equal(0.1140625, Rich("richness-convex"), 1e-12);
    }

    [Fact]
    public void With_negative_incomes_the_normalised_gini_stays_below_one()
    {
        double[] incomes = [-20, -10, 5, 10, 20], ones = [1, 1, 1, 1, 1];
        Assert.Equal(8, Gini.Measure.Of(new WeightedIncomes(incomes, ones), new()).Number, 1e-12);
        Assert.Equal(8 / 13.0, One("normalised-gini").Of(new WeightedIncomes(incomes, ones), new()).Number, 1e-12);
        Assert.Equal(Value("gini"), Value("normalised-gini"), 1e-14);
    }

    [Fact]
    public void A_Pareto_tail_is_found_again_and_one_wild_income_moves_only_Hills()
    {
        // Quantiles of a Pareto distribution with θ = 3 above a flat body.
        double[] incomes = [.. Enumerable.Range(0, 19_000).Select(i => 50 + (i / 380.0)),
            .. Enumerable.Range(0, 1000).Select(i => 100 * Math.Pow((i + 0.5) / 1000, -1 / 3.0)).Order()];
        double[] ones = [.. incomes.Select(_ => 1.0)];
        foreach (var id in (string[])["pareto-hill", "pareto-pdc", "pareto-ptse"])
            Assert.Equal(3, One(id).Of(new WeightedIncomes(incomes, ones), new()).Number, 0.1);
        double Robust() => One("robust-gini").Of(new WeightedIncomes(incomes, ones), new()).Number;
        double Hill() => One("pareto-hill").Of(new WeightedIncomes(incomes, ones), new()).Number;
        double Pdc() => One("pareto-pdc").Of(new WeightedIncomes(incomes, ones), new()).Number;
        var (gini, hill, pdc) = (Robust(), Hill(), Pdc());
        Assert.Equal(Gini.Measure.Of(new WeightedIncomes(incomes, ones), new()).Number, gini, 0.01);
        for (var i = 1; i <= 10; i++) incomes[^i] = 1e9 * (11 - i);
        Assert.True(Gini.Measure.Of(new WeightedIncomes(incomes, ones), new()).Number > 0.9);
        Assert.Equal(gini, Robust(), 0.01);
        Assert.True(Math.Abs(Pdc() - pdc) < 0.3 * Math.Abs(Hill() - hill));
    }

    // Numpy from the papers' formulas, every pair and every kernel written out; the roots by scipy's brentq.
    [Fact]
    public void Tails_and_polarisation_agree_with_numpy()
    {
        var (incomes, weights) = QuantileTests.Sort(
            [182, 95, 210, 143, 310, 88, 176, 255, 129, 164, 201, 118, 390, 152, 97, 224, 1480, 171, 138, 266, 820, 109, 193, 610],
            [1, 2, 1, 3, 1, 2, 2, 1, 1, 2, 1, 3, 1, 1, 2, 1, 1, 2, 1, 1, 2, 1, 1, 1]);
        void Agrees(string id, double expected) =>
            Assert.Equal(expected, One(id).Of(new WeightedIncomes(incomes, weights), new()).Number, 1e-10);
        Agrees("pareto-hill:0.2", 1.2435081030224704);
        Agrees("pareto-pdc:0.2", 1.1438265130253036);
        Agrees("pareto-ptse:0.2", 1.0818766698878093);
        Agrees("robust-gini:0.2", 0.7235841523293535);
        Agrees("duclos-esteban-ray:0.25", 0.6718560812341509);
        Agrees("duclos-esteban-ray:0.5", 0.5793725383899948);
        Agrees("duclos-esteban-ray:1", 0.5109019615302871);
    }

    [Fact]
    public void Identities_hold_whatever_the_persons()
    {
        Prop.ForAll(InequalityTests.Populations(), people =>
        {
            var (incomes, weights) = QuantileTests.Sort([.. people.Select(person => (double)person.Item1)],
                [.. people.Select(person => (double)person.Item2)]);
            double Of(string id) => One(id).Of(new WeightedIncomes(incomes, weights), new MeasureContext(120)) is { HasNumber: true } value
                ? value.Number : double.NaN;
            bool Same(double a, double b) => Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Abs(b));
            double[] richer = [.. incomes.Select(income => income + 1000)];
            return Same(Of("s-gini:2"), Of("gini")) && Same(Of("normalised-gini"), Of("gini")) && Same(Of("renyi:1"), Of("theil"))
                && Same(Of("j-divergence"), Of("theil") + Of("mean-log-deviation"))
                && Same(Of("renyi:2"), Math.Log(1 + (2 * Of("generalised-entropy:2"))))
                && Same(Of("kakwani-poverty:0"), Of("poverty-gap")) && Same(Of("kakwani-poverty:1"), Of("sen"))
                && Same(Of("thon"), ((weights.Sum() * Of("sen-shorrocks-thon")) + Of("poverty-gap")) / (weights.Sum() + 1))
                && Same(Of("tip:1"), Of("poverty-gap")) && Same(Of("generalised-lorenz:0.4"), Of("lorenz:0.4") * Of("mean"))
                && Same(Of("quantile-share:0.2:0.8"), Of("lorenz:0.8") - Of("lorenz:0.2")) && Of("income-quintile-share-ratio") >= 1
                && Of("palma") >= 0.25 && Of("bonferroni") >= Of("gini") - 1e-9 && Of("zenga") >= Of("bonferroni") - 1e-9
                && Of("amato") >= Math.Sqrt(2) && Of("wolfson") >= 0
                && Same(One("kolm:0.001").Of(new WeightedIncomes(richer, weights), new()).Number, Of("kolm:0.001"));
        }).QuickCheckThrowOnFailure();
    }

    public static TheoryData<string> Smooth { get; } =
        ["s-gini:3", "bonferroni", "zenga", "amato", "j-divergence", "renyi:2", "renyi:1", "kolm:0.01", "normalised-gini",
            "quantile-share:0.33:0.8",
            "generalised-lorenz:0.33", "takayama", "kakwani-poverty:2", "thon", "tip:0.07", "tip:0.9", "richness-concave:2",
                "richness-convex:2",
            "pareto-hill:0.6", "pareto-pdc:0.6", "pareto-ptse:0.6", "robust-gini:0.6"];

    [Theory]
    [MemberData(nameof(Smooth))]
    public void Influence_is_the_derivative_by_the_weight(string id)
    {
        // Weights so that no cut of a curve or tail stands at the end of a person.
        double[] incomes = [4, 12, 30, 31, 59, 60, 75, 80, 90, 140], weights = [1.1, 2, 1, 3, 2, 4.3, 1, 2, 5, 1];
        var (measure, context) = (One(id), new MeasureContext(61));
        var influence = new double[incomes.Length];
        measure.Influence!(new WeightedIncomes(incomes, weights), context, influence);
        for (var i = 0; i < incomes.Length; i++)
        {
            const double Step = 1e-5;
            double[] more = [.. weights], less = [.. weights];
            more[i] += Step;
            less[i] -= Step;
            var difference = (measure.Of(new WeightedIncomes(incomes, more), context).Number
                - measure.Of(new WeightedIncomes(incomes, less), context).Number) / (2 * Step);
            Assert.True(Math.Abs(difference - influence[i]) < 2e-6 * Math.Max(1, Math.Abs(difference)),
                $"{id} {i}: {difference:R} {influence[i]:R}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e7)]
    [InlineData(1e12)]
    public void Polarisation_is_the_sum_over_all_pairs_however_far_one_income_lies(double far)
    {
        // The density is added up in a window that moves along; here every pair is looked at.
        var random = new Random(21);
        double[] incomes = [.. Enumerable.Range(0, 90)
            .Select(i => Math.Exp(5 + random.NextDouble() + (i % 3)) * (i < 2 ? far : 1)).Order()];
        double[] weights = [.. incomes.Select(_ => 0.3 + random.NextDouble())];
        var own = new WeightedIncomes(incomes, weights);
        double total = weights.Sum(), mean = incomes.Zip(weights, (y, w) => y * w).Sum() / total;
        var spread = (own.Quantile(0.75, QuantileRule.Average) - own.Quantile(0.25, QuantileRule.Average)) / 1.34;
        var deviation = Math.Sqrt(incomes.Zip(weights, (y, w) => w * (y - mean) * (y - mean)).Sum() / total);
        var width = 2.34 * Math.Min(deviation, spread) * Math.Pow(incomes.Length, -0.2);
        var sum = 0.0;
        for (var i = 0; i < incomes.Length; i++)
        {
            double density = 0, apart = 0;
            for (var j = 0; j < incomes.Length; j++)
            {
                var u = (incomes[j] - incomes[i]) / width;
                if (Math.Abs(u) < 1) density += weights[j] * 0.75 * (1 - (u * u)) / (total * width);
                apart += weights[j] * Math.Abs(incomes[j] - incomes[i]) / total;
            }

            sum += weights[i] * Math.Sqrt(density) * apart / total;
        }

        var value = DuclosEstebanRay.Measure.Formula(own, default).Number;
        Assert.Equal(1, value * Math.Sqrt(mean) / sum, 1e-11);
    }

    [Fact]
    public void Polarisation_rises_as_two_camps_form_and_is_twice_the_gini_where_nobody_identifies()
    {
        double[] ones = [.. Enumerable.Repeat(1.0, 400)];
        double Der(IEnumerable<double> incomes, string id = "duclos-esteban-ray:1") => One(id)
            .Of(new WeightedIncomes([.. incomes.Order()], ones), new()).Number;
        var even = Enumerable.Range(0, 400).Select(i => 100 + (i * 0.5)).ToArray();
        var camps = even.Select((income, i) => i < 200 ? 150 + ((income - 150) / 4) : 250 + ((income - 250) / 4)).ToArray();
        Assert.True(Der(camps) > Der(even) * 1.2);
        Assert.Equal(Der(even), Der(even.Select(income => income * 7)), 1e-9);
        // f of a uniform distribution of width d is 1/d nearly everywhere: P(α) = 2 G μ^α d^(−α).
        Assert.Equal(2 * Gini.Measure.Of(new WeightedIncomes(even, ones), new()).Number * Math.Pow(200 / 200.0, 0.5),
            Der(even, "duclos-esteban-ray:0.5"), 0.03);
    }

    [Fact]
    public void Concentration_of_income_itself_is_the_gini_and_sources_add_up()
    {
        Prop.ForAll(InequalityTests.Populations(), people =>
        {
            double[] wages = [.. people.Select(person => (double)(person.Item1 * 7 % 83) + 1)],
                rest = [.. people.Select(person => (double)person.Item1)];
            var order = IncomeOrder.Of([.. wages.Zip(rest, (a, b) => a + b)]);
            double[] incomes = [.. order.Select(i => wages[i] + rest[i])], weights = [.. order.Select(i => (double)people[i].Item2)];
            double Of(IncomeMeasure measure, double[] beside, double[] w) =>
                measure.Of(new WeightedIncomes(incomes, w).With(beside), new()) is { HasNumber: true } value ? value.Number : 0;
            var gini = Gini.Measure.Of(new WeightedIncomes(incomes, weights), new()).Number;
            double[] first = [.. order.Select(i => wages[i])], second = [.. order.Select(i => rest[i])];
            var sum = Of(GiniBySource.Contribution, first, weights) + Of(GiniBySource.Contribution, second, weights);
            var effects = Of(GiniBySource.Effect, first, weights) + Of(GiniBySource.Effect, second, weights);
            var right = Math.Abs(Of(ConcentrationIndex.Measure, incomes, weights) - gini) < 1e-10
                && (gini < 1e-9 || (Math.Abs(sum - 1) < 1e-9 && Math.Abs(effects) < 1e-9));
            foreach (var measure in (IncomeMeasure[])[ConcentrationIndex.Measure, GiniBySource.Contribution, GiniBySource.Correlation])
            {
                if (gini < 1e-3 || Of(GiniBySource.Own, first, weights) < 1e-3) continue;
                var influence = new double[incomes.Length];
                measure.Influence!(new WeightedIncomes(incomes, weights).With(first), new(), influence);
                double[] more = [.. weights], less = [.. weights];
                more[0] += 1e-5;
                less[0] -= 1e-5;
                var difference = (Of(measure, first, more) - Of(measure, first, less)) / 2e-5;
                right &= Math.Abs(difference - influence[0]) < 1e-5 * Math.Max(1, Math.Abs(difference));
            }

            return right;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_gap_between_women_and_men_is_that_of_laeken()
    {
        // laeken 0.5.2: gpg(y, gender, weights) = −0.06060606.
        double[] incomes = [5, 1, 3, 3, 2, 9, 7, 4, 6, 8], weights = [2, 1, 3, 1, 1, 1, 2, 2, 1, 2], women = [0, 0, 1, 1, 0, 1, 0, 1, 0, 1];
        var order = IncomeOrder.Of(incomes);
        var sorted = new WeightedIncomes([.. order.Select(i => incomes[i])], order.Select(i => weights[i]).ToArray())
            .With(order.Select(i => women[i]).ToArray());
        Assert.Equal(-0.06060606, GenderPayGap.Measure.Of(sorted, new()).Number, 1e-7);
    }

    private static double Value(string id) => One(id).Of(new WeightedIncomes(Incomes, Weights), new MeasureContext(4)).Number;

    private static IncomeMeasure One(string id) => new MeasureCatalogue().Find(id)![0];
}
