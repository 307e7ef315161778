using Analys.Explore.Frames;
using Analys.Explore.Importance;
using Analys.Measure.Inference;

namespace Analys;

/// <summary>Variables that go together closely, judged as one: alone none of them can be told from the others.</summary>
/// <param name="Variables">Their names.</param>
/// <param name="Importance">How much of the cross-validated R² is lost when the group's values are shuffled among the areas; near 0 or
/// below: nothing is lost.</param>
/// <param name="StandardDeviation">The spread of that loss over the shuffles.</param>
public sealed record DriverGroup(IReadOnlyList<string> Variables, double Importance, double StandardDeviation);

/// <summary>How the outcome goes with one variable where the others stand still, in the additive model.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="Values">Values of the variable, rising.</param>
/// <param name="Effects">The outcome's difference from its mean at each.</param>
/// <param name="Lower">The lower end of a 90 % band over draws of areas.</param>
/// <param name="Upper">The upper end.</param>
public sealed record PartialEffect(string Variable, IReadOnlyList<double> Values, IReadOnlyList<double> Effects,
    IReadOnlyList<double> Lower, IReadOnlyList<double> Upper);

/// <summary>What goes with an outcome across areas: a forest and an additive model of ML.NET beside a plain regression.</summary>
/// <remarks>
/// R² is cross-validated: told for areas that the model did not see. Importance by shuffling (Breiman 2001) on such areas, for groups of
/// variables whose correlation is 0.7 or more (single linkage): shuffled one by one, a variable without any effect can come second. Nothing
/// here tells a cause.
/// </remarks>
public sealed class Drivers
{
    private const double Close = 0.7;
    private const int Fewest = 40;
    private const int GridPoints = 20;

    private Drivers()
    {
    }

    /// <summary>The warning that stands under every table and figure of this kind, in Swedish.</summary>
    public const string WarningSwedish =
        "Detta visar vad som samvarierar mellan områden, inte vad som orsakar vad. Områden är inte personer: ett samband mellan områden "
            + "behöver inte gälla för dem som bor där.";

    /// <summary>The same in English.</summary>
    public const string WarningEnglish =
        "This shows what goes together across areas, not what causes what. Areas are not persons: what holds between areas need not hold "
            + "for those who live there.";

    /// <summary>The outcome's name.</summary>
    public required string Outcome { get; init; }

    /// <summary>The areas with a value in every column.</summary>
    public required int N { get; init; }

    /// <summary>The cross-validated R² of a plain regression; may be below 0: worse than the mean.</summary>
    public required double RSquaredLinear { get; init; }

    /// <summary>The cross-validated R² of the forest.</summary>
    public required double RSquaredForest { get; init; }

    /// <summary>The cross-validated R² of the additive model.</summary>
    public required double RSquaredAdditive { get; init; }

    /// <summary>The groups of variables, the most important first.</summary>
    public required IReadOnlyList<DriverGroup> Groups { get; init; }

    /// <summary>The partial effect of each variable in the additive model, in the order of the input.</summary>
    public required IReadOnlyList<PartialEffect> Effects { get; init; }

    /// <summary>Finds what goes with an outcome.</summary>
    /// <param name="outcome">The outcome's name.</param>
    /// <param name="values">Its value for each area; NaN where it is missing.</param>
    /// <param name="variables">The variables, each with a value for each area.</param>
    /// <param name="seed">The seed of folds, forests, shuffles and draws.</param>
    /// <param name="folds">Into how many parts the areas are split.</param>
    /// <param name="shuffles">How often each group is shuffled.</param>
    /// <param name="draws">How many draws of areas give the bands.</param>
    /// <exception cref="InvalidOperationException">The session has read confidential data, and was not declared secure.</exception>
    /// <exception cref="ModelException">Fewer than 40 areas have every value, or the outcome is the same everywhere.</exception>
    public static Drivers Find(
        string outcome, IReadOnlyList<double> values, IReadOnlyList<TypologyVariable> variables, long seed = 1, int folds = 10,
        int shuffles = 20, int draws = 20)
    {
        SecureSession.DemandOfNumbers();
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(variables);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(shuffles, 1);
        int[] used = [.. Enumerable.Range(0, values.Count)
            .Where(i => double.IsFinite(values[i]) && variables.All(variable => double.IsFinite(variable.Values[i])))];
        if (used.Length < Fewest)
            throw new ModelException(
                $"{used.Length} areas have a value in every column; a forest needs at least {Fewest}. Take a regression with few columns.");
        double[] y = [.. used.Select(i => values[i])];
        if (y.Max() <= y.Min()) throw new ModelException("The outcome is the same in every area: there is nothing to tell.");
        double[][] x = [.. used.Select(i => variables.Select(variable => variable.Values[i]).ToArray())];
        var fold = Folds(y.Length, folds, seed);
        var models = new TreeModels(seed);
        var forests = Held(models, DriverModel.Forest, x, y, fold, folds);
        return new()
        {
            Outcome = outcome,
            N = y.Length,
            RSquaredLinear = RSquared(y, Told(Held(models, DriverModel.Linear, x, y, fold, folds), x, fold)),
            RSquaredForest = RSquared(y, Told(forests, x, fold)),
            RSquaredAdditive = RSquared(y, Told(Held(models, DriverModel.Additive, x, y, fold, folds), x, fold)),
            Groups = [.. Together(x).Select((group, number) => Shuffled(group, number, variables, forests, x, y, fold, seed, shuffles))
                .OrderByDescending(group => group.Importance)],
            Effects = PartialEffects(models, variables, x, y, seed, draws),
        };
    }

    /// <summary>What was found, in a few plain sentences with the warning at the end.</summary>
    /// <param name="language"><c>sv</c> or <c>en</c>.</param>
    public string Summary(string language = "sv") => DriverSummary.Of(this, language);

    private static int[] Folds(int n, int folds, long seed)
    {
        int[] fold = [.. Enumerable.Range(0, n).Select(i => i % folds)];
        new RandomStream(seed, 2_000_000).Shuffle<int>(fold);
        return fold;
    }

    // One model for each part, fitted on the others.
    private static Func<double[][],
        double[]>[] Held(TreeModels models, DriverModel kind, double[][] x, double[] y, int[] fold, int folds) =>
        [.. Enumerable.Range(0, folds)
            .Select(f => models.Fit(kind, [.. x.Where((_, i) => fold[i] != f)], [.. y.Where((_, i) => fold[i] != f)]))];

    private static double[] Told(Func<double[][], double[]>[] held, double[][] x, int[] fold)
    {
        var told = new double[x.Length];
        for (var f = 0; f < held.Length; f++)
        {
            int[] mine = [.. Enumerable.Range(0, x.Length).Where(i => fold[i] == f)];
            var values = held[f]([.. mine.Select(i => x[i])]);
            for (var i = 0; i < mine.Length; i++) told[mine[i]] = values[i];
        }

        return told;
    }

    private static double RSquared(double[] y, double[] told)
    {
        var mean = y.Average();
        return 1 - (y.Zip(told, (a, b) => (a - b) * (a - b)).Sum() / y.Sum(a => (a - mean) * (a - mean)));
    }

    private static DriverGroup Shuffled(
        int[] group, int number, IReadOnlyList<TypologyVariable> variables, Func<double[][], double[]>[] forests, double[][] x, double[] y,
        int[] fold, long seed, int shuffles)
    {
        var whole = RSquared(y, Told(forests, x, fold));
        double[] losses = [.. Enumerable.Range(0, shuffles).Select(shuffle =>
        {
            int[] order = [.. Enumerable.Range(0, y.Length)];
            new RandomStream(seed, 3_000_000 + (number * 100_000L) + shuffle).Shuffle<int>(order);
            double[][] mixed = [.. x.Select((row, i) => row.Select((value, j) => group.Contains(j) ? x[order[i]][j] : value).ToArray())];
            return whole - RSquared(y, Told(forests, mixed, fold));
        })];
        var mean = losses.Average();
        return new([.. group.Select(j => variables[j].Name)], mean, shuffles < 2
            ? 0 : Math.Sqrt(losses.Sum(loss => (loss - mean) * (loss - mean)) / (shuffles - 1)));
    }

    private static IEnumerable<int[]> Together(double[][] x)
    {
        var width = x[0].Length;
        int[] of = [.. Enumerable.Range(0, width)];
        for (var a = 0; a < width; a++)
        {
            for (var b = a + 1; b < width; b++)
            {
                if (!(Math.Abs(Correlation(x, a, b)) >= Close) || of[a] == of[b]) continue;
                var (from, to) = (of[b], of[a]);
                for (var j = 0; j < width; j++) of[j] = of[j] == from ? to : of[j];
            }
        }

        return of.Select((group, j) => (group, j)).GroupBy(one => one.group, one => one.j).Select(group => group.ToArray());
    }

    private static double Correlation(double[][] x, int a, int b)
    {
        double meanA = x.Average(row => row[a]), meanB = x.Average(row => row[b]);
        double both = x.Sum(row => (row[a] - meanA) * (row[b] - meanB)), one = x.Sum(row => Math.Pow(row[a] - meanA, 2)),
            two = x.Sum(row => Math.Pow(row[b] - meanB, 2));
        return one > 0 && two > 0 ? both / Math.Sqrt(one * two) : 0;
    }

    private static PartialEffect[] PartialEffects(TreeModels models, IReadOnlyList<TypologyVariable> variables, double[][] x, double[] y,
        long seed, int draws)
    {
        double[][] grids = [.. Enumerable.Range(0, variables.Count).Select(j => Grid([.. x.Select(row => row[j]).Order()]))];
        var whole = Curves(models.Fit(DriverModel.Additive, x, y), x, grids);
        var drawn = Enumerable.Range(0, draws).Select(draw =>
        {
            var random = new RandomStream(seed, 4_000_000 + draw);
            int[] rows = [.. Enumerable.Range(0, y.Length).Select(_ => (int)random.NextLong(y.Length))];
            return Curves(models.Fit(DriverModel.Additive, [.. rows.Select(i => x[i])], [.. rows.Select(i => y[i])]), x, grids);
        }).ToArray();
        return [.. variables.Select((variable, j) => new PartialEffect(
            variable.Name, grids[j], whole[j],
            [.. grids[j].Select((_, point) => Quantile(drawn, j, point, 0.05) ?? whole[j][point])],
            [.. grids[j].Select((_, point) => Quantile(drawn, j, point, 0.95) ?? whole[j][point])]))];
    }

    // The model is a sum: what one variable does is the same wherever the others stand. Centred over the areas, so that curves of different
    // draws can be compared.
    private static double[][] Curves(Func<double[][], double[]> model, double[][] x, double[][] grids)
    {
        var middle = x[0];
        return [.. grids.Select((grid, j) =>
        {
            double[] At(IEnumerable<double> points) =>
                model([.. points.Select(point => middle.Select((value, i) => i == j ? point : value).ToArray())]);
            var mean = At(x.Select(row => row[j])).Average();
            return At(grid).Select(value => value - mean).ToArray();
        })];
    }

    private static double[] Grid(double[] sorted) =>
        [.. Enumerable.Range(0, GridPoints).Select(i => sorted[(int)Math.Round(i * (sorted.Length - 1.0) / (GridPoints - 1))]).Distinct()];

    private static double? Quantile(double[][][] drawn, int j, int point, double share)
    {
        if (drawn.Length == 0) return null;
        double[] values = [.. drawn.Select(draw => draw[j][point]).Order()];
        var place = share * (values.Length - 1);
        var low = (int)place;
        return low + 1 < values.Length ? values[low] + ((place - low) * (values[low + 1] - values[low])) : values[low];
    }
}
