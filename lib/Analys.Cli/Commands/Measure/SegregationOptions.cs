using System.CommandLine;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Geo;
using Analys.Measure;
using Analys.Measure.Segregation;
using Analys.Measure.Space;

namespace Analys.Cli.Commands.Measure;

/// <summary>The options of <c>analys segregation</c> that say where the units lie.</summary>
internal sealed class SegregationGeography
{
    private readonly Option<string?> geometry =
        new("--geometry")
        {
            Description =
        "A GeoJSON, GeoPackage or shapefile with the units' polygons or points; boundaries:sdo11 (sdo13, sdo14, stadsdel117) for those "
            + "shipped"
        };
    private readonly Option<string?> id = new("--id")
    {
        Description =
        "The property of the features that holds the units' codes; by default that of the unit's column, else id"
    };
    private readonly Option<string?> crs =
        new("--crs")
        {
            Description =
            "The plane to work in, EPSG:3006 or EPSG:3011: degrees are projected to it; for a file that names none, the plane of its "
                + "coordinates"
        };
    private readonly Option<string?> adjacency =
        new("--adjacency")
        {
            Description =
            "A CSV file of neighbours: unit, neighbour, and the length of their border in metres if it is known"
        };
    private readonly Option<string?> distances =
        new("--distances")
        {
            Description =
            "A CSV file of distances along a network: from, to, distance in metres; environments, clustering and nearest people then go by "
                + "them, and pairs that are not in it are out of reach"
        };
    private readonly Option<string?> x = new("--x") { Description = "The column of the units' east coordinate in metres" };
    private readonly Option<string?> y = new("--y") { Description = "The column of the units' north coordinate in metres" };
    private readonly Option<string?> area = new("--area") { Description = "The column of the units' area in square metres" };
    private readonly Option<string?> perimeter = new("--perimeter") { Description = "The column of the units' perimeter in metres" };
    private readonly Option<bool> repair = new("--repair")
    {
        Description =
        "Mend areas whose border crosses itself, and take features of one area together; without it they are refused"
    };
    private (Extract Of, UnitGeography Geography)? read;

    /// <summary>What was mended, for whoever made the call; null for nothing.</summary>
    public string? Said { get; private set; }

    /// <summary>The options.</summary>
    public IEnumerable<Option> Options => [geometry, id, crs, adjacency, distances, x, y, area, perimeter, repair];

    /// <summary>Whether the call says where the units lie.</summary>
    public bool IsGiven(ParseResult call) =>
        new Option[] { geometry, adjacency, distances, x, y, area, perimeter }.Any(option => call.GetResult(option) is { Implicit: false });

    /// <summary>The arguments with the geography of the call's units, which is read once.</summary>
    public MeasureArguments AddTo(MeasureArguments arguments, ParseResult call, Extract extract, GroupCounts counts) =>
        IsGiven(call) ? arguments with { Geography = Read(call, extract, counts) } : arguments;

    /// <summary>No figures, but the files that the geography was read from.</summary>
    public Results Sources(ParseResult call, Extract extract, GroupCounts counts) =>
        new([], counts.Confidentiality, IsGiven(call) ? Read(call, extract, counts).Provenance : Provenance.None);

    private UnitGeography Read(ParseResult call, Extract extract, GroupCounts counts)
    {
        if (read is { } known && known.Of == extract) return known.Geography;
        var unit = call.GetValue<string>("--unit")!;
        var geography = call.GetValue(geometry) is { } file ? FromFile(call, file, unit, counts) : FromColumns(call, extract, unit, counts);
        if (call.GetValue(adjacency) is { } pairs) geography = GeographyReader.WithAdjacency(geography, Extract.Load(pairs));
        if (call.GetValue(distances) is { } network) geography = DistanceMatrix.AddTo(geography, Extract.Load(network));
        read = (extract, geography);
        return geography;
    }

    private UnitGeography FromFile(ParseResult call, string path, string unit, GroupCounts counts)
    {
        if (new[] { x, y, area, perimeter }.Any(option => call.GetValue(option) is not null))
            throw new CallException("Give --geometry or columns (--x, --y, --area, --perimeter), not both.");
        var file = GeometryOption.Load(path);
        var field = call.GetValue(id) ?? GeometryOption.Field(file, unit, counts.Units);
        var faults = file.Faults(field, counts.Units);
        if (call.GetValue(repair))
        {
            var mended =
                faults.Where(fault => fault.Fault is "several features" or "a border that crosses itself").Select(fault =>
                fault.Area).ToHashSet(StringComparer.Ordinal);
            if (mended.Count > 0) Said = $"analys: mended: {string.Join(", ", mended)}";
            file = file.Repaired(field, mended);
            faults = file.Faults(field, counts.Units);
        }

        if (faults.Count > 0)
        {
            var said = faults.Take(20).Select(fault => $"{fault.Area} ({fault.Fault})");
            throw new GeometryException(
                $"{Path.GetFileName(path)}: areas without a geometry that can be measured: "
                    + $"{string.Join(", ", said)}{(faults.Count > 20 ? $" and {faults.Count - 20} more" : "")}. "
                    + "Leave them out of the table, mend the file, or use --repair for borders that cross themselves and areas on "
                        + "several features.");
        }

        return GeographyReader.FromGeoJson(file, field, Reference(call));
    }

    private UnitGeography FromColumns(ParseResult call, Extract extract, string unit, GroupCounts counts)
    {
        if ((call.GetValue(x) is null) != (call.GetValue(y) is null)) throw new CallException("--x and --y belong together.");
        if (call.GetValue(id) is not null) throw new CallException("--id belongs to --geometry.");
        if (Reference(call) is { IsGeographic: true })
            throw new CallException("Columns of coordinates must be metres in a plane, not degrees.");
        if (new[] { x, area, perimeter }.All(option => call.GetValue(option) is null))
            return new UnitGeography(counts.Units, [], [], [], [], null, Provenance.None);
        return GeographyReader.FromColumns(extract, unit, call.GetValue(x), call.GetValue(y), call.GetValue(area),
            call.GetValue(perimeter));
    }

    private CoordinateReference? Reference(ParseResult call)
    {
        try
        {
            return call.GetValue(crs) is { } name ? CoordinateReference.Parse(name) : null;
        }
        catch (FormatException e)
        {
            throw new CallException(e.Message);
        }
    }
}

/// <summary>What <c>--geometry</c> names.</summary>
internal static class GeometryOption
{
    /// <summary>A GeoPackage, a GeoJSON or shapefile, or the shipped boundaries of a division (<c>boundaries:sdo13</c>).</summary>
    public static GeoFile Load(string path) =>
        Path.GetExtension(path).Equals(".gpkg", StringComparison.OrdinalIgnoreCase) ? Analys.Database.GeoPackage.Load(path)
            : path.StartsWith("boundaries:", StringComparison.Ordinal) ? Shipped(path["boundaries:".Length..]) : GeoFile.Load(path);

    /// <summary>The property with the areas' codes where the call names none: that of the table's column, else <c>id</c>, else the one that
    /// has all of the areas.</summary>
    public static string Field(GeoFile file, string column, IEnumerable<string> areas)
    {
        bool Has(string property) => file.Features.Any(feature => feature.Code(property) is not null);
        if (Has(column)) return column;
        if (Has("id")) return "id";
        string[] wanted = [.. areas.Distinct(StringComparer.Ordinal)];
        return file.Features.SelectMany(feature => feature.Properties.Keys).Distinct(StringComparer.Ordinal).FirstOrDefault(property =>
        {
            var there = file.Features.Select(feature => feature.Code(property)).ToHashSet(StringComparer.Ordinal);
            return wanted.All(there.Contains);
        }) ?? "id";
    }

    private static GeoFile Shipped(string division)
    {
        try
        {
            return StockholmAreas.Boundaries(division);
        }
        catch (ArgumentException e)
        {
            throw new CallException(e.Message);
        }
    }
}

/// <summary>The options of <c>analys segregation</c> that say where the counts stand.</summary>
internal sealed class SegregationInput
{
    private readonly Option<string> unit = new("--unit") { Description = "The column of the unit (area, school)", Required = true };
    private readonly Option<string?> group = new("--group") { Description = "Long table: the column of the group" };
    private readonly Option<string?> count = new("--count") { Description = "Long table: the column of the count" };
    private readonly Option<string[]> groups =
        CommonOptions.List("--groups", "Wide table: the columns of the groups, comma-separated; each is measured against the rest");
    private readonly Option<string?> total =
        new("--total") { Description = "Wide table: the column of all persons; without it the sum of the groups" };
    private readonly Option<string[]> within =
        CommonOptions.List("--within",
            "Columns of the areas that units lie in, the largest first: each area its own reference, and M and H within and between");

    private readonly Option<string[]> order =
        CommonOptions.List("--group-order",
            "Long table: the groups in their order, for the ordinal measures; by default the schema's categories, numbers in theirs, else "
                + "as the file first has them (of a database: alphabetical)");

    private readonly Option<string?> crosswalk =
        new("--crosswalk")
        {
            Description =
            "A CSV table that carries the counts over to another division first: from, to, and the persons (or part) by which an old area "
                + "is shared out, as DeSO 2018 to DeSO 2025"
        };
    private readonly Option<string?> activity =
        new("--activity")
        {
            Description =
            "The column of another place where the same persons spend their days (school): segregation in home and that place at once"
        };
    private readonly Option<double> homeTime = CommonOptions.Number("--home-time", "With --activity: the share of time at home, 0 to 1",
        0.5);

    public IEnumerable<Option> Options => [unit, group, count, groups, total, within, order, crosswalk, activity, homeTime];

    public string UnitOf(ParseResult call) => call.GetRequiredValue(unit);

    /// <summary>What a call says of the columns.</summary>
    public SegregationChoices Of(ParseResult call) => new()
    {
        Group = call.GetValue(group),
        Count = call.GetValue(count),
        Groups = call.GetValue(groups) ?? [],
        Total = call.GetValue(total),
        Within = call.GetValue(within) ?? [],
        GroupOrder = call.GetValue(order) ?? [],
        Crosswalk = call.GetValue(crosswalk) is { } key ? Extract.Load(key) : null,
        Activity = call.GetValue(activity),
        HomeTime = call.GetValue(homeTime),
    };
}

/// <summary>The options of <c>analys segregation</c> that ask for intervals and tests.</summary>
internal sealed class SegregationResampling
{
    private readonly Option<int?> replicates =
        new("--replicates") { Description = "Bootstrap replicates: standard error, interval and bias (999 where only --null is given)" };
    private readonly Option<long> seed = CommonOptions.Seed("The seed of every random procedure");
    private readonly Option<double> level = CommonOptions.Level("The coverage of intervals");
    private readonly Option<string> interval =
        new("--interval") { Description = "basic (freed from the bias of resampling) or percentile", DefaultValueFactory = _ => "basic" };
    private readonly Option<string?> model =
        new("--null")
        {
            Description =
            "Test against independence (both margins fixed), persons (the same, by shuffled persons), allocation (group sizes fixed, each "
                + "member in a unit by chance, the larger the likelier) or geographic (units shuffled over positions)"
        };
    private readonly Option<string?> tail =
        new("--tail") { Description = "greater, less or two-sided; by default what the measure itself says" };

    public SegregationResampling()
    {
        interval.AcceptOnlyFromAmong("basic", "percentile");
        model.AcceptOnlyFromAmong("independence", "persons", "allocation", "geographic");
        tail.AcceptOnlyFromAmong("greater", "less", "two-sided");
    }

    public IEnumerable<Option> Options => [replicates, seed, level, interval, model, tail];

    /// <summary>What a call asks for, beside what is already chosen.</summary>
    public SegregationChoices AddTo(SegregationChoices choices, ParseResult call) => choices with
    {
        Replicates = call.GetValue(replicates),
        Seed = call.GetValue(seed),
        Level = call.GetValue(level),
        Interval = call.GetValue(interval)!,
        Null = call.GetValue(model),
        Tail = call.GetValue(tail),
    };
}
