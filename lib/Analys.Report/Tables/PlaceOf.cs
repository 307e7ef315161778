using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Report.Tables;

/// <summary>Where the areas of a report lie, as far as its tables tell.</summary>
internal static class PlaceOf
{
    /// <summary>The municipality that stands among the rows, else Stockholm where the areas are its districts, else the only municipality
    /// that titles and names of files name; "" where none is told, or several are.</summary>
    /// <param name="inputs">The tables.</param>
    public static string The(IReadOnlyList<TableInput> inputs)
    {
        var read = inputs.Where(input => input.Extract is not null).ToList();
        var among = read.Select(input => new RowNames(input.Extract!, input.File).Municipality).OfType<string>()
            .DistinctBy(AreaName.Key).ToList();
        if (among.Count > 0) return among is [var only] ? only : "";
        if (read.Exists(input => input.Extract!.Columns.OfType<TextColumn>().Any(column => column.Field.Role == Role.Area
            && column.Categories.Count(IsDistrict) * 2 > column.Categories.Count))) return Stockholm;
        List<string> named = [.. read.SelectMany(input => $"{input.Extract!.Schema.Title} {Path.GetFileNameWithoutExtension(input.File)}"
            .Split([' ', '-', '_', '.', ',', '(', ')'], StringSplitOptions.RemoveEmptyEntries)).Where(word => word.Length > 3
                && !IsWord(word))
            .Select(RowNames.MunicipalityOf).OfType<string>().Distinct()];
        return named is [var one] ? one : "";
    }

    // Names of municipalities that are words too.
    private static bool IsWord(string word) => word.ToLowerInvariant() is "mark" or "vara" or "sala" or "mora";

    private static bool IsDistrict(string name) => Geography.Stockholm.Divisions.Any(division => division.Find(name) is not null);

    private const string Stockholm = "Stockholm";
}
