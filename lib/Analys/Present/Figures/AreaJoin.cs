using Analys.Domain;

namespace Analys.Present.Figures;

/// <summary>Finds the result of an outline: by the same text, else by the same name where only one result has it.</summary>
/// <remarks>Names are cleaned of footnote digits, which would make one of many codes; so the text itself comes first.</remarks>
internal sealed class AreaJoin
{
    private readonly Dictionary<string, Result> exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Result?> byName = new(StringComparer.Ordinal);

    public AreaJoin(IEnumerable<Result> rows)
    {
        foreach (var row in rows)
        {
            if (row.Area is not { } area) continue;
            exact.TryAdd(area, row);
            if (!byName.TryAdd(AreaName.Key(area), row)) byName[AreaName.Key(area)] = null;
        }
    }

    public Result? Find(string area) => exact.GetValueOrDefault(area) ?? (IsCode(area) ? null : byName.GetValueOrDefault(AreaName.Key(area)));

    // 0180C1010 is a code, Farsta3 a name with a footnote.
    private static bool IsCode(string area) => area.Length > 0 && char.IsAsciiDigit(area[0]);
}
