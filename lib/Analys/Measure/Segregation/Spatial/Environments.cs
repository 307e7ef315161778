namespace Analys.Measure.Segregation.Spatial;

/// <summary>Reardon and O'Sullivan's indices: units keep their persons, compositions are those of their environments.</summary>
/// <remarks>π̃_ig = Σ_j w_ij n_jg / Σ_j w_ij t_j is the composition around unit i, P_g that of everyone.</remarks>
internal static class EnvironmentIndices
{
    /// <summary>A kernel that ends nearer than a unit's own residents live from each other leaves it without environment.</summary>
    internal const string EmptyEnvironment = "the kernel reaches nobody around an inhabited unit";

    /// <summary>H̃ = 1 − Σ t_i Ẽ_i / (T E), E = −Σ P_g ln P_g.</summary>
    /// <param name="counts">Persons by unit and group.</param>
    /// <param name="around">The weighted sums around each unit by group.</param>
    public static Quantity InformationTheory(CountTable counts, ReadOnlySpan<double> around)
    {
        double whole = 0, within = 0;
        foreach (var total in counts.GroupTotals) whole -= Sums.PLogP(total / counts.Total);
        for (var i = 0; i < counts.Units; i++)
        {
            var near = around.Slice(i * counts.Groups, counts.Groups);
            var people = Sums.Of(near);
            if (counts.UnitTotals[i] <= 0) continue;
            if (people <= 0) return Quantity.Undefined(EmptyEnvironment);
            var entropy = 0.0;
            foreach (var n in near) entropy -= Sums.PLogP(n / people);
            within += counts.UnitTotals[i] / counts.Total * entropy;
        }

        return Quantity.Ratio(whole - within, whole, UndefinedReason.OneGroup);
    }

    /// <summary>D̃ = Σ_g Σ_i t_i |π̃_ig − P_g| / (2 T I), I = Σ P_g (1 − P_g).</summary>
    /// <param name="counts">Persons by unit and group.</param>
    /// <param name="around">The weighted sums around each unit by group.</param>
    public static Quantity Dissimilarity(CountTable counts, ReadOnlySpan<double> around)
    {
        var difference = 0.0;
        for (var i = 0; i < counts.Units; i++)
        {
            var near = around.Slice(i * counts.Groups, counts.Groups);
            var people = Sums.Of(near);
            if (counts.UnitTotals[i] <= 0) continue;
            if (people <= 0) return Quantity.Undefined(EmptyEnvironment);
            for (var g = 0; g < near.Length; g++)
            {
                difference += counts.UnitTotals[i] / counts.Total * Math.Abs((near[g] / people) - (counts.GroupTotals[g] / counts.Total));
            }
        }

        return Quantity.Ratio(difference, 2 * Interaction(counts.GroupTotals, counts.Total), UndefinedReason.OneGroup);
    }

    /// <summary>R̃ = 1 − Σ t_i Ĩ_i / (T I), I = Σ P_g (1 − P_g).</summary>
    /// <param name="counts">Persons by unit and group.</param>
    /// <param name="around">The weighted sums around each unit by group.</param>
    public static Quantity RelativeDiversity(CountTable counts, ReadOnlySpan<double> around)
    {
        double whole = Interaction(counts.GroupTotals, counts.Total), within = 0;
        for (var i = 0; i < counts.Units; i++)
        {
            var near = around.Slice(i * counts.Groups, counts.Groups);
            var people = Sums.Of(near);
            if (counts.UnitTotals[i] <= 0) continue;
            if (people <= 0) return Quantity.Undefined(EmptyEnvironment);
            within += counts.UnitTotals[i] / counts.Total * Interaction(near, people);
        }

        return Quantity.Ratio(whole - within, whole, UndefinedReason.OneGroup);
    }

    /// <summary>P̃ of a group with itself: Σ_i (n_ig / N_g) π̃_ig.</summary>
    /// <param name="counts">Persons by unit and group.</param>
    /// <param name="around">The weighted sums around each unit by group.</param>
    /// <param name="group">The group whose surroundings are described.</param>
    /// <param name="met">The group that it meets.</param>
    public static Quantity Exposure(CountTable counts, ReadOnlySpan<double> around, int group, int met)
    {
        var sum = 0.0;
        for (var i = 0; i < counts.Units; i++)
        {
            var members = counts.Unit(i)[group];
            var near = around.Slice(i * counts.Groups, counts.Groups);
            if (members <= 0) continue;
            var people = Sums.Of(near);
            if (people <= 0) return Quantity.Undefined(EmptyEnvironment);
            sum += members / counts.GroupTotals[group] * (near[met] / people);
        }

        return Quantity.Known(Math.Min(1, sum));
    }

    private static double Interaction(ReadOnlySpan<double> counts, double total)
    {
        var sum = 0.0;
        foreach (var count in counts) sum += count / total * (1 - (count / total));
        return sum;
    }
}

/// <summary>How much less diverse people's environments are than the whole.</summary>
/// <remarks>1 where every environment holds one group, 0 where every environment is like the whole; slightly below 0 where environments are
/// more diverse than the whole. Swedish: <i>rumsligt entropiindex</i>.</remarks>
internal static class SpatialInformationTheory
{
    private static readonly Definition Definition = new(
        "spatial-information-theory", "Spatial information theory index", "Rumsligt entropiindex",
        "H̃ = 1 − Σ t_i Ẽ_i / (T E), Ẽ_i the entropy of the environment of unit i",
        Units.Index, new ValueRange(double.NegativeInfinity, 1), "Reardon & O'Sullivan 2004, Sociological Methodology 34");

    /// <summary>The measure of all groups at once.</summary>
    public static MultigroupMeasure Measure { get; } =
        SpatialCall.MultigroupInEnvironments(Definition, EnvironmentIndices.InformationTheory);

    /// <summary>The measure of one group and another.</summary>
    public static TwoGroupMeasure TwoGroup { get; } = SpatialCall.TwoGroupInEnvironments(Definition, EnvironmentIndices.InformationTheory);
}

/// <summary>How far the composition of people's environments is from that of the whole.</summary>
/// <remarks>0 where every environment is like the whole. Swedish: <i>rumsligt dissimilaritetsindex</i>.</remarks>
internal static class SpatialDissimilarity
{
    private static readonly Definition Definition = new(
        "spatial-dissimilarity", "Spatial dissimilarity", "Rumsligt dissimilaritetsindex",
        "D̃ = Σ_g Σ_i t_i |π̃_ig − P_g| / (2 T I), I = Σ P_g (1 − P_g)",
        Units.Index, ValueRange.NonNegative, "Reardon & O'Sullivan 2004, Sociological Methodology 34");

    /// <summary>The measure of all groups at once.</summary>
    public static MultigroupMeasure Measure { get; } =
        SpatialCall.MultigroupInEnvironments(Definition, EnvironmentIndices.Dissimilarity);

    /// <summary>The measure of one group and another.</summary>
    public static TwoGroupMeasure TwoGroup { get; } = SpatialCall.TwoGroupInEnvironments(Definition, EnvironmentIndices.Dissimilarity);
}

/// <summary>How much less likely two people of an environment are to be of different groups than two people of the whole.</summary>
/// <remarks>1 where every environment holds one group, 0 where every environment is like the whole; below 0 where environments are more
/// diverse than the whole. Swedish: <i>rumslig relativ mångfald</i>.</remarks>
internal static class SpatialRelativeDiversity
{
    private static readonly Definition Definition = new(
        "spatial-relative-diversity", "Spatial relative diversity", "Rumslig relativ mångfald",
        "R̃ = 1 − Σ t_i Ĩ_i / (T I), I = Σ P_g (1 − P_g)",
        Units.Index, new ValueRange(double.NegativeInfinity, 1), "Reardon & O'Sullivan 2004, Sociological Methodology 34");

    /// <summary>The measure of all groups at once.</summary>
    public static MultigroupMeasure Measure { get; } =
        SpatialCall.MultigroupInEnvironments(Definition, EnvironmentIndices.RelativeDiversity);

    /// <summary>The measure of one group and another.</summary>
    public static TwoGroupMeasure TwoGroup { get; } = SpatialCall.TwoGroupInEnvironments(Definition, EnvironmentIndices.RelativeDiversity);
}
