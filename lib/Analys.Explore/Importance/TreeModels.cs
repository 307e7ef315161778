using Analys.Explore.Regression;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Analys.Explore.Importance;

/// <summary>A model that tells an outcome from columns.</summary>
internal enum DriverModel
{
    Linear,
    Forest,
    Additive,
}

/// <summary>Fits the models of ML.NET (and least squares beside them) and asks them; one thread, so that a seed gives the same answer
/// everywhere.</summary>
internal sealed class TreeModels(long seed)
{
    private const int Trees = 200;

    // 9 500 passes are the package's own choice: on a few hundred areas they follow the noise and take seconds.
    private const int AdditivePasses = 1_500;
    private const int AdditiveBins = 24;

    /// <summary>Fits a model; what comes back tells the outcome of other rows.</summary>
    public Func<double[][], double[]> Fit(DriverModel kind, double[][] rows, double[] outcome)
    {
        if (kind == DriverModel.Linear) return Linear(rows, outcome);
        var context = new MLContext(unchecked((int)seed));
        var shape = Shape(rows[0].Length);
        var data = context.Data.LoadFromEnumerable(rows.Select((row, i) => Row(row, outcome[i])), shape);
        ITransformer model = kind == DriverModel.Forest
            ? context.Regression.Trainers.FastForest(new FastForestRegressionTrainer.Options
            {
                NumberOfTrees = Trees,
                NumberOfThreads = 1,
                Seed = unchecked((int)seed),
                MinimumExampleCountPerLeaf = Math.Clamp(rows.Length / 40, 2, 10),
                FeatureFraction = 0.7,
                LabelColumnName = nameof(Case.Outcome),
                FeatureColumnName = nameof(Case.Values),
            }).Fit(data)
            : context.Regression.Trainers.Gam(new GamRegressionTrainer.Options
            {
                NumberOfIterations = AdditivePasses,
                NumberOfThreads = 1,
                Seed = unchecked((int)seed),
                MaximumBinCountPerFeature = AdditiveBins,
                MinimumExampleCountPerLeaf = Math.Clamp(rows.Length / 25, 3, 15),
                LabelColumnName = nameof(Case.Outcome),
                FeatureColumnName = nameof(Case.Values),
            }).Fit(data);
        return others => others.Length == 0 ? [] :
            [.. model.Transform(context.Data.LoadFromEnumerable(others.Select(row => Row(row, 0)), shape)).GetColumn<float>("Score")
                .Select(score => (double)score)];
    }

    private static Func<double[][], double[]> Linear(double[][] rows, double[] outcome)
    {
        var x = Matrix<double>.Build.Dense(rows.Length, rows[0].Length + 1, (i, j) => j == 0 ? 1 : rows[i][j - 1]);
        var ones = Vector<double>.Build.Dense(rows.Length, 1);
        // A column that follows from others adds nothing to what is told; it only takes away the single answer.
        var redundant = DesignMatrix.Redundant(x, ones);
        int[] kept = [.. Enumerable.Range(0, x.ColumnCount).Except(redundant)];
        var fit = RegressionFit.Of(RegressionKind.Linear, Matrix<double>.Build.DenseOfColumnVectors(kept.Select(x.Column)),
            Vector<double>.Build.Dense(outcome), ones, ones * 0);
        return others => [.. others.Select(row => kept.Select((j, i) => fit.Coefficients[i] * (j == 0 ? 1 : row[j - 1])).Sum())];
    }

    private static SchemaDefinition Shape(int width)
    {
        var shape = SchemaDefinition.Create(typeof(Case));
        shape[nameof(Case.Values)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        return shape;
    }

    private static Case Row(double[] row, double outcome) =>
        new() { Values = [.. row.Select(value => (float)value)], Outcome = (float)outcome };

    private sealed class Case
    {
        public float[] Values { get; set; } = [];

        public float Outcome { get; set; }
    }
}
