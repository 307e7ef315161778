using System.Collections.Immutable;
using System.Globalization;
using Analys.Measure.Space;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>A call of a spatial measure: the geography of its units in the order of the counts, and the options as they are read, which go
/// into the records.</summary>
internal sealed class SpatialCall
{
    private readonly MeasureArguments arguments;
    private readonly ImmutableSortedDictionary<string, string>.Builder parameters = ImmutableSortedDictionary.CreateBuilder<string,
        string>();

    public SpatialCall(string id, MeasureArguments arguments, GroupCounts counts)
    {
        var geography = arguments.Geography
            ?? throw new MeasureOptionException(
                $"{id} needs to know where the units lie: give --geometry FILE --id FIELD, columns (--x, --y, --area), or --adjacency "
                    + "FILE.");
        for (var unit = 0; unit < counts.Units.Length; unit++)
        {
            if (counts.Totals[unit] > 0 && geography.IndexOf(counts.Units[unit]) < 0)
            {
                throw new CountException("A unit where somebody lives is not in the geography: check the codes of both.");
            }
        }

        this.arguments = arguments;
        Geography = geography.Of(counts.Units);
        Counts = counts;
    }

    public UnitGeography Geography { get; }

    public GroupCounts Counts { get; }

    public ImmutableSortedDictionary<string, string> Parameters => parameters.ToImmutable();

    /// <summary>Why something needs a part of the geography that is not known; null where it is known.</summary>
    public string? Lacks(bool points = false, bool areas = false, bool perimeters = false, bool neighbours = false, bool lengths = false) =>
        points && Geography.X.Length == 0 ? "needs the coordinates of units"
        : areas && Geography.Areas.Length == 0 ? "needs the areas of units"
        : perimeters && Geography.Perimeters.Length == 0 ? "needs the perimeters of units"
        : (neighbours || lengths) && Geography.Adjacency is null ? "needs to know which units touch"
        : lengths && !Geography.Adjacency!.LengthsKnown ? "needs the lengths of common borders"
        : null;

    public string Word(string name, params ReadOnlySpan<string> words) => parameters[name] = arguments.Word(name, words);

    public double Number(string name, double byDefault, Func<double, bool> valid, string what)
    {
        var number = arguments.Number(name, byDefault);
        if (!valid(number)) throw new MeasureOptionException($"The option {name} must be {what}.");
        parameters[name] = MeasureArguments.Text(number);
        return number;
    }

    public string? Given(string name) => arguments.Options.GetValueOrDefault(name);

    public double[]? Numbers(string name) => arguments.Numbers(name);

    public Kernel Kernel(string name, Kernel byDefault)
    {
        var kernel = Read(Given(name), Analys.Measure.Space.Kernel.Parse) ?? byDefault;
        parameters[name] = kernel.ToString();
        return kernel;
    }

    public NearestTies Ties() =>
        Word(SpatialOptions.Ties.Name, "south-west", "together") == "together" ? NearestTies.Together : NearestTies.SouthWest;

    public Contiguity Contiguity(Contiguity byDefault) => (byDefault == Analys.Measure.Space.Contiguity.Rook
        ? Word(SpatialOptions.Contiguity.Name, "rook", "queen")
        : Word(SpatialOptions.Contiguity.Name, "queen", "rook")) == "rook" ? Analys.Measure.Space.Contiguity.Rook
        : Analys.Measure.Space.Contiguity.Queen;

    public SelfDistance SelfDistance(SelfDistance byDefault)
    {
        var kind = Given(SpatialOptions.SelfDistance.Name) is { } text
            ? Read<SelfDistance?>(text, word => SelfDistances.Parse(word))!.Value : byDefault;
        parameters[SpatialOptions.SelfDistance.Name] = kind.Name();
        return kind;
    }

    /// <summary>The environments by a kernel; the reason why there are none otherwise.</summary>
    public (Surroundings? Surroundings, string? Lack) Surroundings(Kernel kernel, SelfDistance byDefault)
    {
        if (Geography.Distances is { } distances) return ByDistances(distances, kernel, byDefault);
        if (Lacks(points: true) is { } lack) return (null, lack);
        if (kernel.Shape == KernelShape.NearestPeople) return (new Surroundings(Geography.X, Geography.Y, kernel, ties: Ties()), null);
        var self = SelfDistance(byDefault);
        if (self == Analys.Measure.Space.SelfDistance.Zero) return (new Surroundings(Geography.X, Geography.Y, kernel), null);
        if (Lacks(areas: true) is not null) return (null, "needs the areas of units, or a self-distance of zero");
        return (new Surroundings(Geography.X, Geography.Y, kernel, Array.ConvertAll(Geography.Areas, area => self.Metres(area))), null);
    }

    private (Surroundings? Surroundings, string? Lack) ByDistances(DistanceMatrix distances, Kernel kernel, SelfDistance byDefault)
    {
        for (var unit = 0; unit < Counts.Units.Length; unit++)
        {
            if (Counts.Totals[unit] > 0 && !distances.Reaches(unit))
                throw new MeasureOptionException($"The file of distances has none from or to the inhabited unit {Counts.Units[unit]}.");
        }

        parameters["distance"] = "matrix";
        if (kernel.Shape == KernelShape.NearestPeople)
        {
            parameters[SpatialOptions.Ties.Name] = "together";
            return (new Surroundings(distances, kernel), null);
        }

        var self = SelfDistance(byDefault);
        if (self == Analys.Measure.Space.SelfDistance.Zero) return (new Surroundings(distances, kernel), null);
        return Lacks(areas: true) is not null ? (null, "needs the areas of units, or a self-distance of zero")
            : (new Surroundings(distances, kernel, Array.ConvertAll(Geography.Areas, area => self.Metres(area))), null);
    }

    /// <summary>The decay of Massey and Denton's measures: --decay, else the length of an exponential --kernel, else exp(−d), d in
    /// kilometres.</summary>
    public (Surroundings? Surroundings, string? Lack) Decay()
    {
        var environments = Read(Given(SpatialOptions.Kernel.Name), Analys.Measure.Space.Kernel.Parse);
        var decay = Kernel(SpatialOptions.Decay.Name, environments is { Shape: KernelShape.Exponential } ? environments
            : Analys.Measure.Space.Kernel.MasseyDenton);
        if (decay.Shape == KernelShape.NearestPeople)
            throw new MeasureOptionException("A decay is a kernel of distance, not the nearest people.");
        return Surroundings(decay, Analys.Measure.Space.SelfDistance.MasseyDenton);
    }

    /// <summary>The environments by the option kernel; a unit is in its own at distance 0 unless a self-distance is chosen.</summary>
    public (Surroundings? Surroundings, string? Lack) Environments() =>
        Surroundings(Kernel(SpatialOptions.Kernel.Name, Analys.Measure.Space.Kernel.MasseyDenton), Analys.Measure.Space.SelfDistance.Zero);

    /// <summary>Two columns as rows of two.</summary>
    public static double[] SideBySide(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var rows = new double[2 * x.Length];
        for (var i = 0; i < x.Length; i++) (rows[2 * i], rows[(2 * i) + 1]) = (x[i], y[i]);
        return rows;
    }

    /// <summary>The land of the units that the option land counts; null where areas are not known.</summary>
    public double[]? Land()
    {
        var inhabited = Word(SpatialOptions.Land.Name, "inhabited", "all") == "inhabited";
        if (Geography.Areas.Length == 0) return null;
        var land = new double[Geography.Areas.Length];
        for (var i = 0; i < land.Length; i++)
        {
            if (double.IsFinite(Geography.Areas[i]) && (!inhabited || Counts.Totals[i] > 0)) land[i] = Geography.Areas[i];
        }

        return land;
    }

    /// <summary>The units from the centre outwards.</summary>
    public CentralOrder Central()
    {
        var text = Given(SpatialOptions.Centre.Name) ?? "mean";
        parameters[SpatialOptions.Centre.Name] = text;
        var (x, y) = (Geography.X, Geography.Y);
        if (text is not ("mean" or "population")) return CentralOrder.Around(x, y, Centres(text));
        double weights = 0, sumX = 0, sumY = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var weight = Counts.Totals[i] == 0 || !double.IsFinite(x[i]) ? 0 : text == "mean" ? 1 : Counts.Totals[i];
            if (weight == 0) continue;
            (weights, sumX, sumY) = (weights + weight, sumX + (weight * x[i]), sumY + (weight * y[i]));
        }

        return CentralOrder.Around(x, y, weights > 0 ? [(sumX / weights, sumY / weights)] : [(0, 0)]);
    }

    private static List<(double X, double Y)> Centres(string text)
    {
        const string written = "The option centre must be mean, population, or points X,Y;X,Y in metres.";
        var centres = new List<(double, double)>();
        foreach (var centre in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (centre.Split(',') is not [var east, var north]
                || !double.TryParse(east, NumberStyles.Float, CultureInfo.InvariantCulture, out var x) || !double.IsFinite(x)
                || !double.TryParse(north, NumberStyles.Float, CultureInfo.InvariantCulture, out var y) || !double.IsFinite(y))
            {
                throw new MeasureOptionException(written);
            }

            centres.Add((x, y));
        }

        return centres.Count > 0 ? centres : throw new MeasureOptionException(written);
    }

    public static T? Read<T>(string? text, Func<string, T> parse)
    {
        try
        {
            return text is null ? default : parse(text);
        }
        catch (FormatException e)
        {
            throw new MeasureOptionException(e.Message);
        }
    }

    /// <summary>A measure of one group against another that reads the geography when it is made ready; a lack makes it undefined.</summary>
    /// <param name="definition">What it is.</param>
    /// <param name="options">Its options.</param>
    /// <param name="ready">Reads options and geography and returns the formula, or why there is none.</param>
    public static TwoGroupMeasure TwoGroup(Definition definition, ImmutableArray<MeasureOption> options, Func<SpatialCall,
        (TwoGroupFormula? Formula, string? Lack)> ready)
    {
        var measure = new TwoGroupMeasure(definition,
            (_, _) => throw new MeasureOptionException($"{definition.Id} needs geography."))
        { NeedsGeography = true, Options = options };
        return measure with
        {
            Configure = (arguments, counts) =>
            {
                var call = new SpatialCall(definition.Id, arguments, counts);
                var (formula, lack) = ready(call);
                return measure with { Formula = formula ?? ((_, _) => Quantity.Undefined(lack!)), Parameters = call.Parameters };
            },
        };
    }

    /// <summary>A measure of one group against another in their environments.</summary>
    public static TwoGroupMeasure TwoGroupInEnvironments(Definition definition, EnvironmentFormula formula)
    {
        var measure = new TwoGroupMeasure(definition,
            (_, _) => throw new MeasureOptionException($"{definition.Id} needs geography."))
        { NeedsGeography = true, Options = [SpatialOptions.Kernel, SpatialOptions.SelfDistance, SpatialOptions.Ties] };
        return measure with
        {
            Configure = (arguments, counts) =>
            {
                var call = new SpatialCall(definition.Id, arguments, counts);
                var (around, lack) = call.Environments();
                return measure with
                {
                    Formula = around is null ? (_, _) => Quantity.Undefined(lack!)
                        : (x, y) =>
                        {
                            var pair = SideBySide(x, y);
                            return formula(new CountTable(pair, 2), around.Sums(pair, 2));
                        },
                    Environment = around is null ? null : new EnvironmentMeasure(around, formula),
                    Parameters = call.Parameters,
                };
            },
        };
    }

    /// <summary>As <see cref="TwoGroupInEnvironments"/>, for all groups at once.</summary>
    public static MultigroupMeasure MultigroupInEnvironments(Definition definition, EnvironmentFormula formula) => Multigroup(
        definition, [SpatialOptions.Kernel, SpatialOptions.SelfDistance, SpatialOptions.Ties],
        call =>
        {
            var (around, lack) = call.Environments();
            return around is null ? (null, lack) : (table => formula(table, around.Sums(table.Counts, table.Groups)), null);
        });

    /// <summary>As <see cref="TwoGroup"/>, for all groups at once.</summary>
    public static MultigroupMeasure Multigroup(Definition definition, ImmutableArray<MeasureOption> options, Func<SpatialCall,
        (MultigroupFormula? Formula, string? Lack)> ready)
    {
        var measure = new MultigroupMeasure(definition,
            _ => throw new MeasureOptionException($"{definition.Id} needs geography."))
        { NeedsGeography = true, Options = options };
        return measure with
        {
            Configure = (arguments, counts) =>
            {
                var call = new SpatialCall(definition.Id, arguments, counts);
                var (formula, lack) = ready(call);
                return measure with { Formula = formula ?? (_ => Quantity.Undefined(lack!)), Parameters = call.Parameters };
            },
        };
    }
}

/// <summary>The options that several spatial measures have, each described once.</summary>
internal static class SpatialOptions
{
    public static MeasureOption Kernel { get; } = new(
        "kernel", "exp:1km",
        "Environments: exp:L, boxcar:r, gaussian:s, triangular:r, biweight:r with lengths such as 800m or 2km, or knn:K for the K nearest "
            + "people");

    public static MeasureOption Decay { get; } = new(
        "decay", "exp:1km", "Clustering and distance-decay measures: the kernel of their decay, exp(-d) with d in km by default");

    public static MeasureOption SelfDistance { get; } = new(
        "self-distance", null,
        "Distance within a unit: massey-denton sqrt(0.6 a), white 0.6 sqrt(a), or zero; clustering and distance-decay measures take "
            + "massey-denton by default, environments zero");

    public static MeasureOption Ties { get; } = new(
        "ties", "south-west",
        "Nearest people, units at one distance: south-west (southern, then western first) or together (each with the same part)");

    public static MeasureOption Contiguity { get; } = new(
        "contiguity", null,
        "Neighbours: rook (a common border) or queen (a corner is enough); dissimilarity-adjacency takes rook by default, "
            + "spatial-proximity-profile queen");

    public static MeasureOption Land { get; } = new(
        "land", "inhabited", "Delta, concentration, centralization: the land of the inhabited units, or of all units");

    public static MeasureOption Centre { get; } = new(
        "centre", "mean",
        "Centralization: mean (of the units' points), population (mean weighted by persons), or centres as X,Y;X,Y in metres");
}
