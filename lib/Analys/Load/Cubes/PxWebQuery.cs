using System.Text.Json;
using Analys.Domain;

namespace Analys.Load.Cubes;

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
