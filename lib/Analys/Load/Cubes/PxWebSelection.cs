using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Analys.Domain;
using Analys.Load.Cubes.JsonStat;

namespace Analys.Load.Cubes;

/// <summary>
/// Selections of values: codes, <c>*</c>, wildcards (<c>0180*</c>, <c>????</c>), <c>top(3)</c>, <c>bottom(3)</c>, <c>range(2015,2020)</c>,
/// <c>from(2015)</c>, <c>to(2020)</c>, as API v2 writes them.
/// </summary>
/// <remarks>Expressions are worked out against the table's metadata before the call, so that the cells are known and can be
/// split.</remarks>
internal static partial class PxWebSelection
{
    /// <summary>The codes that one variable's terms select, each once, in the table's order.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="terms">Codes and expressions.</param>
    /// <exception cref="PxWebException">A term selects nothing; the message names variable and term.</exception>
    public static ImmutableArray<string> Codes(CubeDimension variable, IReadOnlyList<string> terms)
    {
        ArgumentNullException.ThrowIfNull(variable);
        ArgumentNullException.ThrowIfNull(terms);
        var chosen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var term in terms)
        {
            var before = chosen.Count;
            var selected = Term(variable, term).ToList();
            chosen.UnionWith(selected);
            if (selected.Count == 0) throw new PxWebException($"{variable.Id} has no value {term}.");
        }

        return [.. variable.Codes.Where(chosen.Contains)];
    }

    internal static List<(CubeDimension Variable, ImmutableArray<string> Codes)> Resolve(PxWebTableInfo info, IReadOnlyDictionary<string,
        IReadOnlyList<string>> selection)
    {
        selection = selection.ToDictionary(pair => Named(info, pair.Key), pair => pair.Value, StringComparer.Ordinal);
        foreach (var name in selection.Keys.Where(name => info.Variables.All(variable => variable.Id != name)))
        {
            throw new PxWebException(
                $"The table has no variable {name}. Its variables are "
                    + $"{string.Join(", ", info.Variables.Select(variable => variable.Id))}.");
        }

        return [.. info.Variables
            .Where(variable => selection.ContainsKey(variable.Id) || !info.MayBeLeftOut.Contains(variable.Id))
            .Select(variable => (variable, selection.TryGetValue(variable.Id, out var terms) ? Codes(variable, terms) : variable.Codes))];
    }

    // Sites and years name the same variable differently: @area and @time are found by what they hold.
    private static string Named(PxWebTableInfo info, string name) => name switch
    {
        "@time" => info.Variables.FirstOrDefault(variable => variable.Role == CubeRole.Time)?.Id ?? "Tid",
        "@area" => info.Variables.FirstOrDefault(variable => AreaNames.Contains(variable.Id, StringComparer.OrdinalIgnoreCase))?.Id
            ?? info.Variables.FirstOrDefault(variable => variable.Role == CubeRole.Geography)?.Id ?? "Region",
        _ => info.Variables.FirstOrDefault(variable => variable.Id == name)?.Id
            ?? info.Variables.FirstOrDefault(variable => variable.Id.Equals(name, StringComparison.OrdinalIgnoreCase))?.Id ?? name,
    };

    private static readonly string[] AreaNames = ["Region", "DeSO", "RegSO", "Omrade", "Område"];

    /// <summary>Calls of no more than so many cells that together are the selection.</summary>
    internal static List<List<(CubeDimension Variable, ImmutableArray<string> Codes)>> Split(
        List<(CubeDimension Variable, ImmutableArray<string> Codes)> chosen, int limit)
    {
        var cells = chosen.Aggregate(1L, (product, pair) => product * pair.Codes.Length);
        if (cells <= limit) return [chosen];
        // The longest variable is cut; each piece is cut again where it is still too large.
        var longest = Enumerable.Range(0, chosen.Count).MaxBy(i => chosen[i].Codes.Length);
        var per = (int)Math.Max(1, limit / (cells / chosen[longest].Codes.Length));
        if (chosen[longest].Codes.Length == 1 || cells > Cube.MaxCells) throw new PxWebException("The selection is too large.");
        if (per >= chosen[longest].Codes.Length) per = chosen[longest].Codes.Length - 1;
        var calls = new List<List<(CubeDimension Variable, ImmutableArray<string> Codes)>>();
        foreach (var piece in chosen[longest].Codes.Chunk(per))
        {
            var part = chosen.ToList();
            part[longest] = (chosen[longest].Variable, [.. piece]);
            calls.AddRange(Split(part, limit));
        }

        return calls;
    }

    /// <summary>Puts the answers of several calls together, by code.</summary>
    internal static Cube Join(List<Cube> parts, List<(CubeDimension Variable, ImmutableArray<string> Codes)> chosen)
    {
        var first = parts[0];
        var dimensions = first.Dimensions.Select(dimension =>
        {
            var codes = chosen.FirstOrDefault(pair => pair.Variable.Id == dimension.Id) is { Variable: { } variable } pair ? pair.Codes
                : dimension.Codes;
            var labels = parts.Select(part => part[dimension.Id]).SelectMany(part => part.Codes.Zip(part.Labels))
                .DistinctBy(label => label.First).ToDictionary(label => label.First, label => label.Second);
            return dimension with { Codes = codes, Labels = [.. codes.Select(code => labels.GetValueOrDefault(code, code))] };
        }).ToImmutableArray();
        var total = dimensions.Aggregate(1, (product, dimension) => product * dimension.Count);
        var values = new double[total];
        var marks = new Mark[total];
        Array.Fill(values, double.NaN);
        Array.Fill(marks, Mark.Missing);
        var status = new Dictionary<int, string>();
        foreach (var part in parts)
        {
            int[][] at =
                [.. dimensions.Select(dimension => part[dimension.Id].Codes.Select(code => dimension.Codes.IndexOf(code)).ToArray())];
            var position = new int[dimensions.Length];
            var whole = new int[dimensions.Length];
            for (var cell = 0; cell < part.Values.Length; cell++)
            {
                var rest = cell;
                for (var i = position.Length - 1; i >= 0; i--)
                {
                    (rest, position[i]) = Math.DivRem(rest, part.Dimensions[i].Count);
                    whole[i] = at[i][position[i]];
                    if (whole[i] < 0) throw new PxWebException("The answer has a value that was not asked for.");
                }

                var target = 0;
                for (var i = 0; i < whole.Length; i++) target = (target * dimensions[i].Count) + whole[i];
                values[target] = part.Values[cell];
                marks[target] = part.MarkAt(cell);
                if (part.Status.TryGetValue(cell, out var text)) status[target] = text;
            }
        }

        return first with
        {
            Dimensions = dimensions,
            Values = values,
            Marks = Array.TrueForAll(marks, mark => mark == Mark.None)
            ? null : marks,
            Status = status,
            Notes = [.. parts.SelectMany(part => part.Notes).Distinct()]
        };
    }

    private static IEnumerable<string> Term(CubeDimension variable, string term)
    {
        var codes = variable.Codes;
        if (codes.Contains(term)) return [term];
        if (term == "*") return codes;
        if (Function().Match(term) is { Success: true } call)
        {
            var name = call.Groups[1].Value.ToUpperInvariant();
            string[] arguments = [.. call.Groups[2].Value.Split(',').Select(argument => argument.Trim())];
            var count = int.TryParse(arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
            var start = codes.IndexOf(arguments[0]);
            var end = arguments.Length > 1 ? codes.IndexOf(arguments[1]) : -1;
            return (name, arguments.Length) switch
            {
                ("TOP", 1) => codes.TakeLast(variable.Role == CubeRole.Time ? count : 0)
                    .Concat(variable.Role == CubeRole.Time ? [] : codes.Take(count)),
                ("BOTTOM", 1) => variable.Role == CubeRole.Time ? codes.Take(count) : codes.TakeLast(count),
                ("RANGE", 2) when start >= 0 && end >= start => codes.Skip(start).Take(end - start + 1),
                ("FROM", 1) when start >= 0 => codes.Skip(start),
                ("TO", 1) when start >= 0 => codes.Take(start + 1),
                _ => [],
            };
        }

        if (!term.Contains('*', StringComparison.Ordinal) && !term.Contains('?', StringComparison.Ordinal)) return [];
        var pattern = new Regex("^" + Regex.Escape(term).Replace("\\*", ".*", StringComparison.Ordinal)
            .Replace("\\?", ".", StringComparison.Ordinal) + "$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        return codes.Where(code => pattern.IsMatch(code));
    }

    [GeneratedRegex(@"^(top|bottom|range|from|to)\(([^()]*)\)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Function();
}

/// <summary>The metadata of a table in API v2: its variables, and which of them may be left out.</summary>
internal sealed record PxWebTableInfo(IReadOnlyList<CubeDimension> Variables, IReadOnlySet<string> MayBeLeftOut)
{
    public static PxWebTableInfo Read(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            if (!DatasetReader.Object(root, "dimension", out var dimensions) || !root.TryGetProperty("id", out var ids)
                || ids.ValueKind != JsonValueKind.Array) throw new PxWebException("The metadata are not JSON-stat.");
            var findings = new List<JsonStatFinding>();
            var variables = new List<CubeDimension>();
            var optional = new HashSet<string>(StringComparer.Ordinal);
            var times = DatasetReader.Object(root, "role", out var role) && role.TryGetProperty("time", out var time)
                && time.ValueKind == JsonValueKind.Array ? time.EnumerateArray().Select(id => id.ToString()).ToHashSet() : [];
            foreach (var id in ids.EnumerateArray().Select(id => id.ToString()))
            {
                if (!DatasetReader.Object(dimensions, id, out var node)
                    || new CategoryReader(node, id, findings).Read(null, times.Contains(id) ? CubeRole.Time
                        : CubeRole.Classification) is not { } variable)
                    throw new PxWebException("The metadata have a variable without values.");
                variables.Add(variable);
                if (DatasetReader.Object(node, "extension", out var extension) && extension.TryGetProperty("elimination", out var flag)
                    && flag.ValueKind == JsonValueKind.True) optional.Add(id);
            }

            return new PxWebTableInfo(variables, optional);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new PxWebException("The metadata are not JSON.");
        }
    }
}

/// <summary>A named request for a table of public statistics: which table, and which of its values.</summary>
/// <param name="Name">Its name, such as <c>folkmangd-deso</c>.</param>
/// <param name="Title">What it fetches, in Swedish.</param>
/// <param name="Table">The table's id.</param>
/// <param name="Select">By variable the codes and expressions; <c>@area</c> and <c>@time</c> are found by what they hold.</param>
internal sealed record PxWebQuery(string Name, string Title, string Table, IReadOnlyDictionary<string, IReadOnlyList<string>> Select)
{
    private const string Folder = "queries/";

    /// <summary>The names of all.</summary>
    public static IReadOnlyList<string> Names => [.. DataSchemas.List(Folder).Select(path => Path.GetFileNameWithoutExtension(path))];

    /// <summary>The query of a name.</summary>
    /// <exception cref="CallException">There is none.</exception>
    public static PxWebQuery Find(string name)
    {
        if (!Names.Contains(name)) throw new CallException($"There is no query {name}.{Nearest.Hint(name, Names)} The queries are "
            + $"{string.Join(", ", Names)}.");
        using var document = JsonDocument.Parse(DataSchemas.Open($"{Folder}{name}.json"));
        var root = document.RootElement;
        return new PxWebQuery(name, root.GetProperty("title").GetProperty("sv").GetString()!, root.GetProperty("table").GetString()!,
            root.GetProperty("select").EnumerateObject().ToDictionary(variable => variable.Name,
                variable => (IReadOnlyList<string>)[.. variable.Value.EnumerateArray().Select(code => code.GetString()!)],
                    StringComparer.Ordinal));
    }
}
