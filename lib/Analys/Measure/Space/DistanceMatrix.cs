using Analys.Load;

namespace Analys.Measure.Space;

/// <summary>Distances along a network between units, from a file; pairs that it does not name are out of reach.</summary>
/// <remarks>
/// Where only one direction of a pair is given it holds for both. A unit's distance to itself is 0, or the convention of the call, unless
/// the file has it. Memory is linear in the pairs. Swedish: <i>nätverksavstånd</i>.
/// </remarks>
internal sealed class DistanceMatrix
{
    private readonly int[] start;
    private readonly int[] to;
    private readonly double[] metres;

    /// <summary>Distances between units.</summary>
    /// <param name="units">How many units there are.</param>
    /// <param name="pairs">From, to, metres; the last of a pair counts.</param>
    public DistanceMatrix(int units, IEnumerable<(int From, int To, double Metres)> pairs)
    {
        var given = new Dictionary<(int, int), double>();
        foreach (var (from, other, distance) in pairs) given[(from, other)] = distance;
        var all = given.Select(pair => (From: pair.Key.Item1, To: pair.Key.Item2, Metres: pair.Value))
            .Concat(given.Where(pair => !given.ContainsKey((pair.Key.Item2, pair.Key.Item1))).Select(pair => (From: pair.Key.Item2,
                To: pair.Key.Item1, Metres: pair.Value)))
            .OrderBy(pair => pair.From).ThenBy(pair => pair.Metres).ThenBy(pair => pair.To).ToArray();
        start = new int[units + 1];
        foreach (var pair in all) start[pair.From + 1]++;
        for (var i = 0; i < units; i++) start[i + 1] += start[i];
        to = [.. all.Select(pair => pair.To)];
        metres = [.. all.Select(pair => pair.Metres)];
    }

    /// <summary>How many units there are.</summary>
    public int Units => start.Length - 1;

    /// <summary>Whether a unit has a distance to another.</summary>
    public bool Reaches(int unit) => Others(unit).ContainsAnyExcept(unit);

    // The units that a unit has a distance to, the nearest first, itself among them only where the file has it.
    private ReadOnlySpan<int> Others(int unit) => to.AsSpan(start[unit]..start[unit + 1]);

    private ReadOnlySpan<double> Metres(int unit) => metres.AsSpan(start[unit]..start[unit + 1]);

    /// <summary>The distances among some of the units, in another order.</summary>
    /// <param name="from">For each of them its place here; −1 for a unit without one.</param>
    public DistanceMatrix Of(int[] from)
    {
        var place = new Dictionary<int, int>();
        for (var i = 0; i < from.Length; i++)
            if (from[i] >= 0) place[from[i]] = i;
        return new DistanceMatrix(from.Length, Enumerable.Range(0, Units).Where(place.ContainsKey).SelectMany(unit => Pairs(unit)
            .Where(pair => place.ContainsKey(pair.To)).Select(pair => (place[unit], place[pair.To], pair.Metres))));
    }

    /// <summary>Σ_j w(d_ij) n_jg around each unit, its own persons at the distance within it.</summary>
    /// <param name="rows">Numbers by unit and column.</param>
    /// <param name="width">The number of columns.</param>
    /// <param name="kernel">A kernel of distance.</param>
    /// <param name="within">The distance within each unit; empty for 0.</param>
    public double[] Sums(ReadOnlySpan<double> rows, int width, Kernel kernel, ReadOnlySpan<double> within)
    {
        var sums = new double[Units * width];
        for (var unit = 0; unit < Units; unit++)
        {
            ReadOnlySpan<int> others = Others(unit);
            var distances = Metres(unit);
            var own = sums.AsSpan(unit * width, width);
            if (!others.Contains(unit)) Add(own, rows.Slice(unit * width, width), kernel.Weight(within.IsEmpty ? 0 : within[unit]));
            for (var i = 0; i < others.Length; i++) Add(own, rows.Slice(others[i] * width, width), kernel.Weight(distances[i]));
        }

        return sums;
    }

    /// <summary>The k nearest people of each unit: its own first, then by distance, those at one distance together and in
    /// proportion.</summary>
    /// <param name="rows">Numbers by unit and group.</param>
    /// <param name="width">The number of groups.</param>
    /// <param name="people">How many people.</param>
    public double[] Nearest(ReadOnlySpan<double> rows, int width, double people)
    {
        var sums = new double[Units * width];
        for (var unit = 0; unit < Units; unit++)
        {
            var own = sums.AsSpan(unit * width, width);
            var missing = people - Take(own, rows.Slice(unit * width, width), people);
            ReadOnlySpan<int> others = Others(unit);
            var distances = Metres(unit);
            for (var first = 0; first < others.Length && missing > 0;)
            {
                var (last, together) = (first, 0.0);
                for (; last < others.Length && distances[last] - distances[first] <= Distances.Tie; last++)
                    if (others[last] != unit) together += Segregation.Sums.Of(rows.Slice(others[last] * width, width));
                var part = together <= missing ? 1 : missing / together;
                for (; first < last; first++)
                    if (others[first] != unit) Add(own, rows.Slice(others[first] * width, width), part);
                missing -= together;
            }
        }

        return sums;
    }

    /// <summary>From a file of pairs: columns from, to and distance (by these names, else the first three), the distance in
    /// metres.</summary>
    /// <param name="geography">The geography whose units they are.</param>
    /// <param name="pairs">The file.</param>
    /// <exception cref="MeasureOptionException">Columns are missing, a distance is negative or missing, or no pair is among the
    /// units.</exception>
    public static UnitGeography AddTo(UnitGeography geography, Extract pairs)
    {
        ArgumentNullException.ThrowIfNull(geography);
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Columns.Count < 3)
            throw new MeasureOptionException("A file of distances has the columns from, to and distance (in metres).");
        Column Named(string name, int place) => pairs.Columns.FirstOrDefault(column => column.Name == name) ?? pairs.Columns[place];
        var (from, to) = (UnitKeys.Of(Named("from", 0)), UnitKeys.Of(Named("to", 1)));
        if (Named("distance", 2) is not NumberColumn distance)
            throw new MeasureOptionException("The distances of a file of distances are numbers of metres.");
        var found = new List<(int, int, double)>();
        for (var row = 0; row < from.Length; row++)
        {
            if (from[row] is not { } one || to[row] is not { } other) continue;
            if (!(distance.Values[row] >= 0) || !double.IsFinite(distance.Values[row]))
            {
                throw new MeasureOptionException(
                    $"{pairs.Where(distance.Name, bad => !(distance.Values[bad] >= 0))}: a distance is negative or missing.");
            }

            var (i, j) = (geography.IndexOf(one), geography.IndexOf(other));
            if (i >= 0 && j >= 0) found.Add((i, j, distance.Values[row]));
        }

        if (found.Count == 0) throw new MeasureOptionException("No pair of the file of distances is among the units.");
        return geography.With(new DistanceMatrix(geography.Units.Length, found), pairs.Provenance);
    }

    private IEnumerable<(int To, double Metres)> Pairs(int unit)
    {
        for (var i = start[unit]; i < start[unit + 1]; i++) yield return (to[i], metres[i]);
    }

    private static double Take(Span<double> sums, ReadOnlySpan<double> row, double people)
    {
        var here = Segregation.Sums.Of(row);
        var part = here <= people ? 1 : people / here;
        Add(sums, row, part);
        return here * part;
    }

    private static void Add(Span<double> sums, ReadOnlySpan<double> row, double weight)
    {
        for (var g = 0; g < sums.Length; g++) sums[g] += weight * row[g];
    }
}
