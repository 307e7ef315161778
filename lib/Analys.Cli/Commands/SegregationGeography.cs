using System.CommandLine;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Geo;
using Analys.Measure.Segregation;
using Analys.Measure.Spatial;

namespace Analys.Cli.Commands;

/// <summary>The options of <c>analys segregation</c> that say where the units lie.</summary>
internal sealed class SegregationGeography
{
    private readonly Option<string?> geometry = new("--geometry") { Description = "A GeoJSON file with the units' polygons or points" };
    private readonly Option<string?> id = new("--id") { Description = "The property of the features that holds the units' codes; by default that of the unit's column, else id" };
    private readonly Option<string?> crs = new("--crs") { Description = "The plane to work in, EPSG:3006 or EPSG:3011: degrees are projected to it; for a file that names none, the plane of its coordinates" };
    private readonly Option<string?> adjacency = new("--adjacency") { Description = "A CSV file of neighbours: unit, neighbour, and the length of their border in metres if it is known" };
    private readonly Option<string?> x = new("--x") { Description = "The column of the units' east coordinate in metres" };
    private readonly Option<string?> y = new("--y") { Description = "The column of the units' north coordinate in metres" };
    private readonly Option<string?> area = new("--area") { Description = "The column of the units' area in square metres" };
    private readonly Option<string?> perimeter = new("--perimeter") { Description = "The column of the units' perimeter in metres" };
    private (Extract Of, UnitGeography Geography)? read;

    /// <summary>The options.</summary>
    public IEnumerable<Option> Options => [geometry, id, crs, adjacency, x, y, area, perimeter];

    /// <summary>Whether the call says where the units lie.</summary>
    public bool IsGiven(ParseResult call) =>
        new Option[] { geometry, adjacency, x, y, area, perimeter }.Any(option => call.GetResult(option) is { Implicit: false });

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
        var geography = call.GetValue(geometry) is { } file ? FromFile(call, file, unit) : FromColumns(call, extract, unit, counts);
        if (call.GetValue(adjacency) is { } pairs) geography = GeographyReader.WithAdjacency(geography, Extract.Load(pairs));
        read = (extract, geography);
        return geography;
    }

    private UnitGeography FromFile(ParseResult call, string path, string unit)
    {
        if (new[] { x, y, area, perimeter }.Any(option => call.GetValue(option) is not null)) throw new CallException("Give --geometry or columns (--x, --y, --area, --perimeter), not both.");
        var file = GeoFile.Load(path);
        var field = call.GetValue(id) ?? (file.Features.Any(feature => feature.Code(unit) is not null) ? unit : "id");
        return GeographyReader.FromGeoJson(file, field, Reference(call));
    }

    private UnitGeography FromColumns(ParseResult call, Extract extract, string unit, GroupCounts counts)
    {
        if ((call.GetValue(x) is null) != (call.GetValue(y) is null)) throw new CallException("--x and --y belong together.");
        if (call.GetValue(id) is not null) throw new CallException("--id belongs to --geometry.");
        if (Reference(call) is { IsGeographic: true }) throw new CallException("Columns of coordinates must be metres in a plane, not degrees.");
        if (new[] { x, area, perimeter }.All(option => call.GetValue(option) is null)) return new UnitGeography(counts.Units, [], [], [], [], null, Provenance.None);
        return GeographyReader.FromColumns(extract, unit, call.GetValue(x), call.GetValue(y), call.GetValue(area), call.GetValue(perimeter));
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
