using Analys.Explore.AreaTypes;
using Analys.Measure.Inference;

namespace Analys;

/// <summary>One type of areas.</summary>
/// <param name="Number">Its number, from 1: type 1 has the highest mean of the first variable.</param>
/// <param name="Areas">The areas of the type, in the order of the input.</param>
/// <param name="Means">The mean of each variable over its areas, in the variable's unit.</param>
/// <param name="Deviations">The same in standard deviations from the mean of all areas.</param>
/// <param name="Stability">How well the type comes back when other areas are drawn (Hennig 2007): the mean Jaccard similarity, 0 to 1; from 0.75 it is stable, below 0.6
/// it is not to be trusted. Null where it was not asked for.</param>
public sealed record AreaType(int Number, IReadOnlyList<string> Areas, IReadOnlyList<double> Means, IReadOnlyList<double> Deviations, double? Stability);

/// <summary>A variable of a typology.</summary>
/// <param name="Name">Its name, as it is printed in the profiles.</param>
/// <param name="Values">Its value for each area; NaN where it is missing.</param>
/// <param name="Weight">How much it counts: squared distances along it are multiplied by the weight. Above 0.</param>
public sealed record TypologyVariable(string Name, IReadOnlyList<double> Values, double Weight = 1);

/// <summary>Areas put into types by what they have in common: k-means on standardised variables.</summary>
/// <remarks>
/// Each variable is standardised (mean 0, deviation 1 over the areas), then weighted. The best of many seeded starts. An area with a missing value has no type.
/// The number of types: the k of 2…10 with the largest silhouette, the smallest of equals, where none is given.
/// Types are a way of seeing; the silhouette says how far they are in the data (above 0.5 clear, below 0.25 hardly).
/// </remarks>
public sealed class Typology
{
    private const int MostTypes = 10;
    private const int Starts = 50;
    private readonly double[][] points;
    private readonly int[] rows;
    private readonly int[] groups;

    private Typology(IReadOnlyList<string> areas, IReadOnlyList<TypologyVariable> variables, int[] rows, double[][] points, int[] groups, double[][] centres)
    {
        (Areas, Variables, this.rows, this.points, this.groups) = (areas, variables, rows, points, groups);
        Silhouette = GroupQuality.Silhouette(points, groups, centres.Length);
        DaviesBouldin = GroupQuality.DaviesBouldin(points, groups, centres);
        var types = new int?[areas.Count];
        for (var i = 0; i < rows.Length; i++) types[rows[i]] = groups[i] + 1;
        TypeOf = types;
    }

    /// <summary>The areas.</summary>
    public IReadOnlyList<string> Areas { get; }

    /// <summary>The variables.</summary>
    public IReadOnlyList<TypologyVariable> Variables { get; }

    /// <summary>The number of each area's type, from 1; null where a value is missing.</summary>
    public IReadOnlyList<int?> TypeOf { get; }

    /// <summary>The types, in order.</summary>
    public IReadOnlyList<AreaType> Types { get; private init; } = [];

    /// <summary>The mean silhouette (Rousseeuw 1987), −1 to 1: how much nearer areas lie to their own type than to the next.</summary>
    public double Silhouette { get; }

    /// <summary>Davies and Bouldin's index (1979), at least 0: small where types are tight and far apart.</summary>
    public double DaviesBouldin { get; }

    /// <summary>The silhouette of every number of types that was tried.</summary>
    public IReadOnlyDictionary<int, double> SilhouetteByCount { get; private init; } = new Dictionary<int, double>();

    /// <summary>Finds types of areas.</summary>
    /// <param name="areas">The areas' names, each once.</param>
    /// <param name="variables">The variables, at least one.</param>
    /// <param name="k">The number of types, at least 2; null lets the silhouette choose.</param>
    /// <param name="seed">The seed of the starts and of the bootstrap.</param>
    /// <param name="bootstrap">How many draws of areas tell the types' stability; 0 for none.</param>
    /// <exception cref="ModelException">There are too few areas, a variable does not differ, or a weight is not above 0.</exception>
    public static Typology Find(IReadOnlyList<string> areas, IReadOnlyList<TypologyVariable> variables, int? k = null, long seed = 1, int bootstrap = 100)
    {
        ArgumentNullException.ThrowIfNull(areas);
        ArgumentNullException.ThrowIfNull(variables);
        if (variables.Count == 0) throw new ModelException("A typology needs at least one variable.");
        foreach (var variable in variables)
        {
            if (variable.Values.Count != areas.Count) throw new ModelException($"The variable {variable.Name} has not one value for each area.");
            if (!(variable.Weight > 0) || !double.IsFinite(variable.Weight)) throw new ModelException($"The weight of {variable.Name} must be above 0.");
        }

        int[] rows = [.. Enumerable.Range(0, areas.Count).Where(row => variables.All(variable => double.IsFinite(variable.Values[row])))];
        var points = Standardised(variables, rows);
        var different = points.Distinct(PointComparer.Instance).Count();
        if (k is < 2) throw new ModelException("At least two types are needed.");
        if (different < (k ?? 2) || rows.Length < (k ?? 2) + 1)
        {
            throw new ModelException($"{rows.Length} areas have values in every variable, and {different} of them differ: too few for {k ?? 2} types.");
        }

        int[] counts = k is { } fixedCount ? [fixedCount] : [.. Enumerable.Range(2, MostTypes - 1).Where(count => count <= different && count < rows.Length)];
        var tried = counts.ToDictionary(count => count, count => KMeans.Best(points, count, seed, Starts)
            ?? throw new ModelException($"{count} types cannot be made of these areas: fewer of them differ."));
        var silhouettes = tried.ToDictionary(one => one.Key, one => GroupQuality.Silhouette(points, one.Value.Of, one.Key));
        var chosen = counts.Aggregate((best, next) => silhouettes[next] > silhouettes[best] + 1e-12 ? next : best);
        var (of, centres) = Numbered(tried[chosen], variables[0], rows);
        var stability = bootstrap > 0 ? Stability(points, of, centres, seed, bootstrap) : null;
        var typology = new Typology(areas, variables, rows, points, of, centres)
        {
            SilhouetteByCount = silhouettes,
            Types = [.. Enumerable.Range(0, chosen).Select(g => TypeFrom(g, areas, variables, rows, of, stability))],
        };
        return typology;
    }

    /// <summary>How well an area lies in its type, −1 to 1; null where it has none.</summary>
    /// <param name="area">The index of the area.</param>
    public double? SilhouetteOf(int area) =>
        Array.BinarySearch(rows, area) is >= 0 and var row ? GroupQuality.SilhouetteOf(points, groups, Types.Count, row) : null;

    /// <summary>Each type in a sentence: what it has more and less of than the mean of all areas.</summary>
    /// <param name="language"><c>sv</c> or <c>en</c>.</param>
    public IReadOnlyList<string> Profiles(string language = "sv") => [.. Types.Select(type => TypeProfile.Sentence(type, Variables, language))];

    // Numbered by the first variable, so that the same areas give the same numbers whatever start was best.
    private static (int[] Of, double[][] Centres) Numbered(KMeans.Groups groups, TypologyVariable first, int[] rows)
    {
        var k = groups.Centres.Length;
        double[] means = [.. Enumerable.Range(0, k).Select(g => rows.Where((_, i) => groups.Of[i] == g).Average(row => first.Values[row]))];
        int[] firstRow = [.. Enumerable.Range(0, k).Select(g => Array.IndexOf(groups.Of, g))];
        int[] order = [.. Enumerable.Range(0, k).OrderByDescending(g => means[g]).ThenBy(g => firstRow[g])];
        return ([.. groups.Of.Select(g => Array.IndexOf(order, g))], [.. order.Select(g => groups.Centres[g])]);
    }

    private static AreaType TypeFrom(int g, IReadOnlyList<string> areas, IReadOnlyList<TypologyVariable> variables, int[] rows, int[] of, double[]? stability)
    {
        int[] mine = [.. rows.Where((_, i) => of[i] == g)];
        double[] means = [.. variables.Select(variable => mine.Average(row => variable.Values[row]))];
        return new(g + 1, [.. mine.Select(row => areas[row])], means, [.. variables.Select((variable, j) =>
        {
            var (mean, deviation) = Spread(variable, rows);
            return (means[j] - mean) / deviation;
        })], stability?[g]);
    }

    private static double[][] Standardised(IReadOnlyList<TypologyVariable> variables, int[] rows)
    {
        if (rows.Length == 0) return [];
        var scales = variables.Select(variable => (Spread: Spread(variable, rows), Factor: Math.Sqrt(variable.Weight))).ToArray();
        return [.. rows.Select(row => variables.Select((variable, j) => (variable.Values[row] - scales[j].Spread.Mean) / scales[j].Spread.Deviation * scales[j].Factor).ToArray())];
    }

    private static (double Mean, double Deviation) Spread(TypologyVariable variable, int[] rows)
    {
        var mean = rows.Average(row => variable.Values[row]);
        var deviation = Math.Sqrt(rows.Average(row => (variable.Values[row] - mean) * (variable.Values[row] - mean)));
        return deviation > 1e-12 * Math.Max(Math.Abs(mean), double.Epsilon) ? (mean, deviation)
            : throw new ModelException($"The variable {variable.Name} is the same in every area: leave it out.");
    }

    private static double[] Stability(double[][] points, int[] of, double[][] centres, long seed, int draws)
    {
        var k = centres.Length;
        var sums = new double[k];
        for (var draw = 0; draw < draws; draw++)
        {
            // Streams of its own: the starts of k-means use the first numbers.
            var random = new RandomStream(seed, 1_000_000 + draw);
            int[] drawn = [.. Enumerable.Range(0, points.Length).Select(_ => (int)random.NextLong(points.Length))];
            double[][] sample = [.. drawn.Select(i => points[i])];
            var again = KMeans.Best(sample, k, seed + draw + 1, 5, outside: false);
            if (again is null) continue;
            for (var g = 0; g < k; g++) sums[g] += Jaccard(drawn, of, again.Of, g, k);
        }

        return [.. sums.Select(sum => sum / draws)];
    }

    // Over the areas that were drawn, each once.
    private static double Jaccard(int[] drawn, int[] of, int[] again, int g, int k)
    {
        var mine = drawn.Where(i => of[i] == g).ToHashSet();
        if (mine.Count == 0) return 0;
        var best = 0.0;
        for (var h = 0; h < k; h++)
        {
            var theirs = drawn.Where((_, i) => again[i] == h).ToHashSet();
            var both = theirs.Count(mine.Contains);
            best = Math.Max(best, both / (double)(mine.Count + theirs.Count - both));
        }

        return best;
    }

    private sealed class PointComparer : IEqualityComparer<double[]>
    {
        public static PointComparer Instance { get; } = new();

        public bool Equals(double[]? x, double[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(double[] obj) => obj.Aggregate(0, HashCode.Combine);
    }
}
