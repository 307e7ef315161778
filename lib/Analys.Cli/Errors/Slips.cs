using System.Globalization;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure.Segregation;

namespace Analys.Cli.Errors;

/// <summary>Likely slips in a call on a table of counts: each would give figures that look right and are not. What is certain is refused
/// with what to write instead; what may be meant is a note. No value of the data is repeated.</summary>
internal static class Slips
{
    private static readonly string[] Shares = ["percent", "procent", "%", "share", "andel"];

    /// <summary>Refuses columns that cannot be what the call takes them for.</summary>
    /// <exception cref="CallException">Columns are exchanged, or hold shares where counts are wanted.</exception>
    public static void Columns(Extract extract, string unit, SegregationChoices choices)
    {
        if (choices is { Group: { } group, Count: { } count } && extract.Has(group) && extract.Has(count))
        {
            if (IsText(extract, count))
            {
                if (extract[group] is NumberColumn)
                    throw new CallException($"--group {group} holds numbers and --count {count} texts: they are exchanged. Say --group "
                        + $"{count} --count {group}.");
                if (extract.Has(unit) && extract[unit] is NumberColumn)
                    throw new CallException($"--unit {unit} holds numbers and --count {count} texts: they are exchanged. Say --unit "
                        + $"{count} --count {unit}.");
            }
        }

        if (choices.Count is { } counted) MoneyAsCount.RefuseInIndex(extract, counted);
        string[] counting = [.. choices.Groups.Concat(new[] { choices.Total, choices.Count }.OfType<string>()).Where(extract.Has)];
        if (counting.FirstOrDefault(name => IsShare(extract, name)) is { } share)
            throw new CallException($"The column {share} holds shares or percentages: segregation is measured on counts of persons. Name "
                + "the columns of the counts.");
        if (choices.Groups.Count > 1 && AreParts(extract, [.. choices.Groups.Where(extract.Has)], 100))
            throw new CallException("The columns of --groups add up to 100 in every row: they are percentages. Segregation is measured on "
                + "counts of persons: "
                + "name the columns of the counts.");
    }

    /// <summary>Refuses a total among the groups and a whole among the units; gives what is only likely as lines.</summary>
    /// <exception cref="CallException">A group is the sum of the others everywhere, or a unit the sum of all others in every
    /// group.</exception>
    public static IReadOnlyList<string> Counts(GroupCounts counts, Extract extract, string unit, SegregationChoices choices)
    {
        var notes = new List<string>();
        int units = counts.Units.Length, groups = counts.Groups.Length;
        if (groups >= 3 && units >= 3 && Enumerable.Range(0, groups).Where(g => IsSumOfGroups(counts, g))
            .Select(g => (int?)g).FirstOrDefault() is { } total)
        {
            var column = choices.Groups.Count > 0 ? choices.Groups[total] : null;
            if (column is not null && choices.Total is not null)
                notes.Add($"the column {column} is the sum of the other groups in every row: measures of all groups at once count everyone "
                    + "twice");
            else if (column is not null)
                throw new CallException($"The column {column} is the sum of the others in every row: it is a total, not a group. Say "
                    + $"--total {column} and leave it out of --groups.");
            else
                throw new CallException($"One of the groups in {choices.Group} is the sum of the others in every unit: it is a total, not "
                    + "a group. Leave it out with "
                    + $"--where \"{choices.Group}!=ITS NAME\", or name it under \"totals\" in the schema.");
        }

        // Only the largest can be the sum of all others: with 100 000 units every other one need not be asked.
        if (units >= 3 && Enumerable.Range(0, units).MaxBy(u => counts.Totals[u]) is var whole && IsSumOfUnits(counts, whole))
        {
            throw new CallException("A row is the sum of all others "
                + $"({extract.Where(unit, row => Name(extract[unit], row) == counts.Units[whole])}): it is the whole, not one of the "
                + "areas. "
                + $"Leave it out with --where \"{unit}!=ITS NAME\", or name it under \"totals\" in the schema.");
        }

        if (units >= 3 && groups >= 2 && Enumerable.Range(0, units).All(u => counts.Unit(u).ToArray().Count(count => count > 0) <= 1))
            notes.Add($"every unit holds one group only, so segregation is complete whatever else holds: is {unit} the area, and are the "
                + "groups where the call says?");
        else if (groups >= 2 * units)
            notes.Add($"there are {groups} groups in {units} units: are unit and group exchanged?");
        return notes;
    }

    /// <summary>Refuses areas that no table has.</summary>
    /// <exception cref="CallException">There is one; the nearest is named where its name is public anyway.</exception>
    public static void Areas(IEnumerable<string> asked, IEnumerable<Extract> extracts)
    {
        var known = extracts.SelectMany(extract => extract.Columns.OfType<TextColumn>()).Where(column => column.Field.Role == Role.Area)
            .SelectMany(column => column.Categories).Select(AreaName.Key).ToHashSet();
        if (known.Count > 0) Among(asked, known, "--areas: no table has the area");
    }

    /// <summary>Refuses names to highlight that the table does not have.</summary>
    /// <param name="asked">What the call names.</param>
    /// <param name="known">What the table has: areas, whose names are public.</param>
    public static void Highlighted(IEnumerable<string> asked, IEnumerable<string> known) =>
        Among(asked, known.Select(AreaName.Key).ToHashSet(), "--highlight: the table has no");

    // What is near is offered of the city's own areas only: a table's other names may be its data.
    private static void Among(IEnumerable<string> asked, HashSet<string> known, string missing)
    {
        if (asked.FirstOrDefault(area => !known.Contains(AreaName.Key(area))) is not { } unknown) return;
        var near = Geography.Stockholm.Divisions.SelectMany(division => division.Areas).Select(area => area.Name)
            .Where(name => known.Contains(AreaName.Key(name)));
        throw new CallException($"{missing} {unknown}.{Nearest.Hint(unknown, near)}");
    }

    /// <summary>What a call may have meant by a file that is not there; empty where nothing is near.</summary>
    public static IEnumerable<string> MissingFiles(IReadOnlyList<string> args)
    {
        var output = Screen.Value(args, "--out");
        foreach (var arg in args.Where(arg => Directory.Exists(arg) && !arg.StartsWith('-')).Take(1))
            yield return $"{(arg is "." or ".." ? arg : Path.GetFileName(Path.TrimEndingDirectorySeparator(arg)))} is a folder: name a "
                + "file in it";
        foreach (var arg in args.Where(arg => arg.Length > 0 && !arg.StartsWith('-') && arg.Contains('.', StringComparison.Ordinal)
            && !arg.Contains(':', StringComparison.Ordinal)))
        {
            // Numbers have points too, and what is to be written need not be there.
            if (Path.Exists(arg) || arg == output || Path.GetFileName(arg) is not { Length: > 4 } name
                || !Path.GetExtension(name).Any(char.IsLetter)) continue;
            var folder = Path.GetDirectoryName(arg) is { Length: > 0 } given ? given : ".";
            if (!Directory.Exists(folder)) continue;
            string?[] near;
            try
            {
                near = [Nearest.Of(name, Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)))];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            if (near[0] is { } found) yield return $"did you mean {Path.Combine(folder == "." ? "" : folder, found)}?";
        }
    }

    private static bool IsText(Extract extract, string column) => extract[column] is TextColumn { Field.Doubt: null };

    private static bool IsShare(Extract extract, string name)
    {
        if (extract[name] is not NumberColumn column) return false;
        if (column.Field.Role == Role.Rate || Shares.Contains(column.Field.Unit?.ToLowerInvariant())) return true;
        if (column.Field.Role != Role.None) return false;
        // Counts that are all at most one and not all whole are none.
        var (some, fraction) = (0, false);
        foreach (var value in column.Values)
        {
            if (double.IsNaN(value)) continue;
            if (value is < 0 or > 1) return false;
            some++;
            fraction |= value != Math.Floor(value);
        }

        return some >= 3 && fraction;
    }

    private static bool AreParts(Extract extract, string[] names, double whole)
    {
        if (extract.RowCount < 3 || !Array.TrueForAll(names, name => extract[name] is NumberColumn)) return false;
        var fraction = false;
        for (var row = 0; row < extract.RowCount; row++)
        {
            var sum = names.Sum(name => ((NumberColumn)extract[name]).Values[row]);
            if (!(Math.Abs(sum - whole) <= 0.3)) return false;
            fraction |= names.Any(name => ((NumberColumn)extract[name]).Values[row] is var value && value != Math.Floor(value));
        }

        return fraction;
    }

    private static bool IsSumOfGroups(GroupCounts counts, int group)
    {
        var (some, others) = (false, 0);
        for (var g = 0; g < counts.Groups.Length; g++) others += g != group && counts.GroupTotal(g) > 0 ? 1 : 0;
        for (var u = 0; u < counts.Units.Length; u++)
        {
            var row = counts.Unit(u);
            double sum = 0;
            foreach (var count in row) sum += count;
            if (Math.Abs(sum - (2 * row[group])) > 1e-9 * Math.Max(1, sum)) return false;
            some |= sum > 0;
        }

        return some && others >= 2;
    }

    private static bool IsSumOfUnits(GroupCounts counts, int unit)
    {
        var others = 0;
        for (var u = 0; u < counts.Units.Length; u++) others += u != unit && counts.Totals[u] > 0 ? 1 : 0;
        if (others < 2 || counts.Totals[unit] == 0) return false;
        // Of two areas and a third the sums may agree by chance: not in two groups of a hundred persons.
        if (others == 2 && (counts.Totals[unit] < 50 || Enumerable.Range(0, counts.Groups.Length).Count(g => counts[unit, g] > 0) < 2))
            return false;
        for (var g = 0; g < counts.Groups.Length; g++)
        {
            if (Math.Abs(counts.GroupTotal(g) - (2 * counts[unit, g])) > 1e-9 * Math.Max(1, counts.GroupTotal(g))) return false;
        }

        return Math.Abs(counts.Total - (2 * counts.Totals[unit])) <= 1e-9 * counts.Total;
    }

    private static string? Name(Column column, int row) => Convert.ToString(column.ValueAt(row), CultureInfo.InvariantCulture);
}
