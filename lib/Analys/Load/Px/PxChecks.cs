using System.Collections.Immutable;
using System.Globalization;
using Analys.Load.Cubes;

namespace Analys.Load.Px;

/// <summary>Keywords that are read but do not fit the table: findings, save where a unit would be lost.</summary>
internal sealed class PxChecks(List<PxKeyword> keywords, ImmutableArray<CubeDimension> dimensions, Action<bool, string, int?, string> report)
{
    private static readonly string[] OfVariable =
        ["DOMAIN", "DOUBLECOLUMN", "PRESTEXT", "MAP", "ELIMINATION", "NOTE", "NOTEX", "TIMEVAL", "CODES", "VARIABLE-TYPE", "HIERARCHIES", "HIERARCHYLEVELS", "HIERARCHYNAMES", "KEYS", "PARTITIONED", "VARIABLECODE", "META-ID"];

    private static readonly string[] OfContent = ["UNITS", "LAST-UPDATED", "STOCKFA", "CONTACT", "REFPERIOD", "BASEPERIOD", "CFPRICES", "DAYADJ", "SEASADJ", "NEXT-UPDATE"];

    private static readonly string[] Flags = ["AGGREGALLOWED", "AUTOPEN", "COPYRIGHT", "DESCRIPTIONDEFAULT", "OFFICIAL-STATISTICS", "DAYADJ", "SEASADJ", "DOUBLECOLUMN"];

    public void Run()
    {
        var content = dimensions.FirstOrDefault(dimension => dimension.Role == CubeRole.Metric);
        foreach (var keyword in keywords.Where(keyword => keyword.Language is null))
        {
            if (OfVariable.Contains(keyword.Name) && keyword.Subkeys.Length > 0 && Find(keyword.Subkeys[0]) is null) Report(keyword, "a variable of STUB or HEADING");
            if (OfContent.Contains(keyword.Name) && keyword.Subkeys.Length > 0 && content is not null && !Knows(content, keyword.Subkeys[0]))
            {
                // A value of the content variable would have no unit.
                report(keyword.Name == "UNITS", keyword.Name, keyword.Line, "a value of the content variable");
            }

            if (keyword.Name is "VALUENOTE" or "VALUENOTEX" or "PRECISION"
                && !(keyword.Subkeys.Length == 2 && Find(keyword.Subkeys[0]) is { } dimension && Knows(dimension, keyword.Subkeys[1]))) Report(keyword, "a variable and one of its values");
            if (keyword.Name is "CELLNOTE" or "CELLNOTEX" or "DATANOTECELL" && !FitsCell(keyword)) Report(keyword, "a value or * for each variable");
            if (Flags.Contains(keyword.Name) && keyword.Text is not ("YES" or "NO")) Report(keyword, "YES or NO");
            if (keyword.Name is "DECIMALS" or "SHOWDECIMALS" && Number(keyword) is not (>= 0 and <= 15)) Report(keyword, "a number from 0 to 15");
        }

        var decimals = Single("DECIMALS");
        if (Single("SHOWDECIMALS") is { } shown && Number(shown) is { } show && decimals is not null && Number(decimals) is { } stored && show > stored && show <= 15) Report(shown, "no more decimals than DECIMALS");
        if (Single("DESCRIPTIONDEFAULT") is { Text: "YES" } flag && Single("DESCRIPTION") is null) Report(flag, "a description");
    }

    // Cell notes name values by text, data notes by code; sources use both. The order is STUB and HEADING's.
    private bool FitsCell(PxKeyword keyword) => keyword.Subkeys.Length == dimensions.Length
        && keyword.Subkeys.Select((key, i) => key == "*" || Knows(dimensions[i], key)).All(fits => fits);

    private CubeDimension? Find(string name) => dimensions.FirstOrDefault(dimension => dimension.Id == name);

    private PxKeyword? Single(string name) => keywords.FirstOrDefault(keyword => keyword.Name == name && keyword.Language is null && keyword.Subkeys.IsEmpty);

    private static bool Knows(CubeDimension dimension, string value) => dimension.Labels.Contains(value) || dimension.Codes.Contains(value);

    private static int? Number(PxKeyword keyword) => int.TryParse(keyword.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private void Report(PxKeyword keyword, string expected) => report(false, keyword.Name, keyword.Line, expected);
}
