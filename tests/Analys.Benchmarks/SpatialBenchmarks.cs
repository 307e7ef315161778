using System.Diagnostics;
using System.Globalization;
using Analys.Measure.Inference;
using Analys.Measure.Segregation;
using Analys.Measure.Segregation.Spatial;
using Analys.Measure.Space;

namespace Analys.Benchmarks;

/// <summary>Whole jobs on generated cities, with wall clock, processor time (which a busy machine does not stretch) and allocated bytes:
/// <c>dotnet run -c Release -- spatial</c>.</summary>
public static class SpatialBenchmarks
{
    /// <summary>Runs them all, each three times; the best time counts.</summary>
    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var (x, y, table) = City(6000, 10, 24_000, clustered: false);
        CountTable Table() => new(table, 10);
        Quantity InEnvironments(Surroundings around) => EnvironmentIndices.InformationTheory(Table(), around.Sums(table, 10));
        Time("kernel H, 6000 x 10, triangular 2 km", 0.2,
            () => InEnvironments(new Surroundings(x, y, Kernel.Parse("triangular:2km"))));
        Time("kernel H, 6000 x 10, boxcar 2 km", 0.2,
            () => InEnvironments(new Surroundings(x, y, Kernel.Parse("boxcar:2km"))));
        Time("kernel H, 6000 x 10, gaussian 2 km (untruncated)", 0.2,
            () => InEnvironments(new Surroundings(x, y, Kernel.Parse("gaussian:2km"))));
        Time("kernel H, 6000 x 10, exp 2 km (untruncated)", 0.2,
            () => InEnvironments(new Surroundings(x, y, Kernel.Parse("exp:2km"))));
        Time("egocentric divergence, 6000 x 10", 0.82, () => Distortion.Formula(Table(), x, y, normalised: true));
        var (x4, y4, table4) = City(6000, 4, 24_000, clustered: true);
        Time("egocentric divergence, 6000 x 4, clustered", 0.82,
            () => Distortion.Formula(new CountTable(table4, 4), x4, y4, normalised: true));
        double[] ks = [.. Enumerable.Range(0, 9).Select(step => 200.0 * (1 << step))];
        foreach (var clustered in new[] { false, true })
        {
            var (px, py, counts) = City(100_000, 4, 100_000, clustered);
            Time($"k nearest people, 100000 points x 4, k 200 to 51200{(clustered ? ", clustered" : "")}", 10, () =>
            {
                var sums = new Surroundings(px, py, Kernel.Nearest(200)).NearestSums(counts, 4, ks);
                return EnvironmentIndices.InformationTheory(new CountTable(counts, 4), sums[^1]);
            });
        }

        void Time(string what, double budget, Func<Quantity> job)
        {
            double best = double.MaxValue, processor = double.MaxValue;
            long allocated = 0;
            Quantity value = default;
            for (var run = 0; run < 3; run++)
            {
                var before = GC.GetTotalAllocatedBytes(precise: true);
                var (watch, used) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
                value = job();
                best = Math.Min(best, watch.Elapsed.TotalSeconds);
                processor = Math.Min(processor, (Environment.CpuUsage.TotalTime - used).TotalSeconds);
                allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{what}: {best:0.000} s (at most {budget} s), {processor:0.00} s of processor, {allocated / 1e6:0} MB allocated, value "
                    + $"{value.Number:0.000000}"));
        }
    }

    // Persons by unit and group; clustered: most units lie in dense spots, as in a country.
    private static (double[] X, double[] Y, double[] Counts) City(int units, int groups, double metres, bool clustered)
    {
        var random = new RandomStream(2017, units);
        double[] x = new double[units], y = new double[units], counts = new double[units * groups];
        for (var i = 0; i < units; i++)
        {
            var (centre, spread) = (random.NextLong(40), Math.Pow(random.NextDouble(), 4));
            (x[i], y[i]) = clustered
                ? (metres * ((centre % 7 / 7.0) + (0.2 * spread * (random.NextDouble() - 0.5))),
                    metres * ((centre / 7 / 7.0) + (0.2 * spread * (random.NextDouble() - 0.5))))
                : (metres * random.NextDouble(), metres * random.NextDouble());
            for (var g = 0; g < groups; g++) counts[(i * groups) + g] = random.NextLong(1 + (60 / (g + 1)) + (long)(40 * x[i] / metres));
        }

        return (x, y, counts);
    }
}
