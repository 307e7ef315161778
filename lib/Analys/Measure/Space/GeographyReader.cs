using Analys.Load;
using Analys.Load.Geo;
using NetTopologySuite.Geometries;

namespace Analys.Measure.Space;

/// <summary>Takes the geography of units from GeoJSON, from columns, and from a file of neighbours.</summary>
internal static class GeographyReader
{
    /// <summary>From a GeoJSON file: centroids, areas, perimeters and common borders, in a plane in metres.</summary>
    /// <param name="file">The file.</param>
    /// <param name="field">The property that holds the units' codes; features with one code make one unit.</param>
    /// <param name="crs">
    /// The plane to work in: degrees and coordinates of another plane are projected to it, and a file that states no system and holds no
    /// degrees is taken to be in it. Null for the plane that the file states.
    /// </param>
    /// <exception cref="MeasureOptionException">Coordinates are degrees and no plane is given, or no feature has the property.</exception>
    public static UnitGeography FromGeoJson(GeoFile file, string field, CoordinateReference? crs = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        var from = SystemOf(file, crs);
        var plane = crs is { IsGeographic: false } ? crs : from;
        if (plane.IsGeographic)
        {
            throw new MeasureOptionException(
                $"The coordinates of {file.Source.File} are degrees, between which there are no distances: --crs EPSG:3006 (or EPSG:3011) "
                    + "projects them.");
        }

        var units = new List<string>();
        var parts = new Dictionary<string, List<Geometry>>(StringComparer.Ordinal);
        foreach (var feature in file.Features)
        {
            if (feature.Code(field) is not { } code) continue;
            if (!parts.TryGetValue(code, out var list))
            {
                parts[code] = list = [];
                units.Add(code);
            }

            list.Add(feature.Geometry.To(from, plane));
        }

        if (units.Count == 0) throw new MeasureOptionException($"No feature of {file.Source.File} has the property {field}.");
        var shapes = units.Select(unit => parts[unit] is [var one] ? one : new GeometryFactory().BuildGeometry(parts[unit])).ToArray();
        return FromShapes(units, shapes, new Provenance { Sources = [file.Source] });
    }

    /// <summary>From shapes in a plane in metres.</summary>
    /// <param name="units">The units' names.</param>
    /// <param name="shapes">Their polygons or points.</param>
    /// <param name="provenance">Where they came from.</param>
    public static UnitGeography FromShapes(IReadOnlyList<string> units, IReadOnlyList<Geometry> shapes, Provenance provenance)
    {
        ArgumentNullException.ThrowIfNull(units);
        var centres = shapes.Select(shape => shape.Centroid).ToArray();
        double[] x = [.. centres.Select(centre => centre.IsEmpty ? double.NaN : centre.X)],
            y = [.. centres.Select(centre => centre.IsEmpty ? double.NaN : centre.Y)];
        if (!shapes.Any(shape => shape.Dimension == Dimension.Surface)) return new UnitGeography(units, x, y, [], [], null, provenance);
        return new UnitGeography(
            units, x, y, [.. shapes.Select(shape => shape.Area)], [.. shapes.Select(shape => shape.Length)],
            () => new Adjacency(units.Count, CommonBorders.Of(shapes)), provenance);
    }

    /// <summary>From columns of a table, such as the table of counts itself.</summary>
    /// <param name="extract">The table. Where a unit has several rows, the first counts.</param>
    /// <param name="unit">The column of the unit.</param>
    /// <param name="x">The column of the east coordinate in metres; null where there is none.</param>
    /// <param name="y">The column of the north coordinate in metres.</param>
    /// <param name="area">The column of the area in square metres; null where there is none.</param>
    /// <param name="perimeter">The column of the perimeter in metres; null where there is none.</param>
    /// <exception cref="MeasureOptionException">The coordinates look like degrees.</exception>
    public static UnitGeography FromColumns(Extract extract, string unit, string? x, string? y, string? area = null,
        string? perimeter = null)
    {
        ArgumentNullException.ThrowIfNull(extract);
        var keys = UnitKeys.Of(extract[unit]);
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < keys.Length; row++)
        {
            if (keys[row] is { } key) first.TryAdd(key, row);
        }

        double[] Column(string? name)
        {
            if (name is null) return [];
            var column = extract.Number(name);
            return [.. first.Values.Select(row => column.Values[row])];
        }

        var (east, north) = (Column(x), Column(y));
        if (east.Length > 1 && LooksGeographic(east, north))
            throw new MeasureOptionException("The columns of coordinates look like degrees; distances need metres in a plane.");
        return new UnitGeography(first.Keys, east, north, Column(area), Column(perimeter), null, extract.Provenance);
    }

    /// <summary>From a file of neighbours: a unit's code, its neighbour's code and, where it has a third column, the length of their border
    /// in metres.</summary>
    /// <param name="geography">The geography whose units they are.</param>
    /// <param name="pairs">The file.</param>
    public static UnitGeography WithAdjacency(UnitGeography geography, Extract pairs)
    {
        ArgumentNullException.ThrowIfNull(geography);
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Columns.Count < 2)
            throw new MeasureOptionException(
                "A file of neighbours has two columns of units and, if it is known, the length of their border.");
        var (first, second) = (UnitKeys.Of(pairs.Columns[0]), UnitKeys.Of(pairs.Columns[1]));
        var length = pairs.Columns.Count > 2 ? pairs.Columns[2] as NumberColumn : null;
        var borders = new List<Border>();
        for (var row = 0; row < first.Length; row++)
        {
            if (first[row] is not { } one || second[row] is not { } other) continue;
            var (i, j) = (geography.IndexOf(one), geography.IndexOf(other));
            if (i >= 0 && j >= 0) borders.Add(new Border(i, j, length is null ? double.NaN : length.Values[row]));
        }

        if (borders.Count == 0) throw new MeasureOptionException("No pair of the file of neighbours is among the units.");
        return geography.With(new Adjacency(geography.Units.Length, borders), pairs.Provenance);
    }

    // RFC 7946: without a crs member coordinates are degrees; many planes are written so all the same.
    private static CoordinateReference SystemOf(GeoFile file, CoordinateReference? crs)
    {
        // As metres they would be a city of forty by twenty metres, as degrees a place in the Arabian Sea.
        if (file.AreSwedishDegreesExchanged)
        {
            throw new MeasureOptionException(
                $"The coordinates of {file.Source.File} are degrees with latitude before longitude: GeoJSON has "
                    + "longitude before latitude. Exchange them.");
        }

        if (file.StatedReference is { } stated)
        {
            if (stated.IsGeographic && !file.CouldBeDegrees)
                throw new MeasureOptionException($"{file.Source.File} states degrees, but its coordinates are none.");
            if (stated.IsGeographic && crs is { IsGeographic: false } && !file.AreSwedishDegrees)
                throw new MeasureOptionException($"The coordinates of {file.Source.File} lie outside Sweden, for which {crs} holds.");
            if (!stated.IsGeographic && file.AreSwedishDegrees)
                throw new MeasureOptionException($"{file.Source.File} states {stated}, but its coordinates are degrees.");
            return stated;
        }

        if (crs is { IsGeographic: false }) return file.AreSwedishDegrees ? CoordinateReference.Wgs84 : crs;
        return file.CouldBeDegrees
            ? CoordinateReference.Wgs84
            : throw new MeasureOptionException(
                $"{file.Source.File} does not say which system its coordinates are in, and they are not degrees: give --crs EPSG:3006 or "
                    + "EPSG:3011.");
    }

    private static bool LooksGeographic(double[] x, double[] y)
    {
        // Degrees of Sweden: a made-up plane with small whole numbers is not taken for them.
        for (var i = 0; i < x.Length; i++)
        {
            if (double.IsFinite(x[i]) && double.IsFinite(y[i]) && !(x[i] is > 10 and < 25 && y[i] is > 55 and < 70)) return false;
        }

        return true;
    }
}
