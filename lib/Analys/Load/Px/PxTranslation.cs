using System.Collections.Immutable;
using Analys.Load.Cubes;

namespace Analys.Load.Px;

/// <summary>Puts the words of another language on a table: variables correspond by their place in STUB and HEADING.</summary>
internal static class PxTranslation
{
    public static Cube Translate(PxTable table, string language)
    {
        var names = table.Keywords.Where(keyword => keyword.Language == language && keyword.Subkeys.IsEmpty)
            .Where(keyword => keyword.Name is "STUB" or "HEADING").OrderBy(keyword => keyword.Name == "STUB" ? 0 : 1).SelectMany(keyword => keyword.Texts).ToArray();
        if (names.Length != table.Cube.Dimensions.Length) return table.Cube;
        var dimensions = table.Cube.Dimensions.Select((dimension, i) => dimension with
        {
            Label = names[i],
            Labels = table.Keywords.FirstOrDefault(keyword => keyword.Name == "VALUES" && keyword.Language == language && keyword.Subkeys is [var name] && name == names[i])
                is { } values && values.Values.Length == dimension.Count ? [.. values.Texts] : dimension.Labels,
        });
        return table.Cube with
        {
            Title = table.Find("TITLE", language) ?? table.Cube.Title,
            Source = table.Find("SOURCE", language) ?? table.Cube.Source,
            Unit = table.Find("UNITS", language) ?? table.Cube.Unit,
            Dimensions = [.. dimensions],
            Notes = PxNotes.Read(table.Keywords, language),
        };
    }
}

/// <summary>The notes of a PX file at the level of table, variable, value and cell.</summary>
internal static class PxNotes
{
    public static ImmutableArray<CubeNote> Read(IEnumerable<PxKeyword> keywords, string? language) =>
    [
        .. keywords.Where(keyword => keyword.Language == language && keyword.Name is "NOTE" or "NOTEX" or "VALUENOTE" or "VALUENOTEX" or "CELLNOTE" or "CELLNOTEX")
            .Where(keyword => keyword.Language == language)
            .Select(keyword => new CubeNote(
                keyword.Text.Replace('#', '\n'),
                keyword.Name.EndsWith('X'),
                keyword.Name.StartsWith("CELL", StringComparison.Ordinal) ? null : keyword.Subkeys.FirstOrDefault(),
                keyword.Name.StartsWith("VALUE", StringComparison.Ordinal) ? keyword.Subkeys.ElementAtOrDefault(1) : null,
                keyword.Name.StartsWith("CELL", StringComparison.Ordinal) ? keyword.Subkeys : [])),
    ];
}
