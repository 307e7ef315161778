using System.Text.RegularExpressions;

namespace Analys.Load.Geo;

/// <summary>A region code of Swedish statistics: county, municipality, DeSO or RegSO, the last two with their edition.</summary>
/// <remarks>
/// A DeSO code is the municipality's four digits, a letter A–C and four digits; a RegSO code the four digits, R and three. Since the
/// edition of 2025 a code carries <c>_DeSO2025</c> or <c>_RegSO2025</c>; a bare one is of 2018. The same code can be another area in
/// another edition: editions are never joined. Swedish: <i>demografiskt statistikområde</i>, <i>regionalt statistikområde</i>. Source: SCB,
/// DeSO and RegSO.
/// </remarks>
/// <param name="Kind">What it is a code of.</param>
/// <param name="Code">The code without its edition.</param>
/// <param name="Edition">2018 or 2025 for DeSO and RegSO; null for counties and municipalities.</param>
internal readonly partial record struct SmallArea(SmallAreaKind Kind, string Code, int? Edition)
{
    /// <summary>The code of the municipality; null for a county or the country.</summary>
    public string? Municipality => Kind is SmallAreaKind.Country or SmallAreaKind.County ? null : Code[..4];

    /// <summary>The code of the county; null for the country.</summary>
    public string? County => Kind == SmallAreaKind.Country ? null : Code[..2];

    /// <summary>Reads a code; null where it is none.</summary>
    /// <param name="text">The code as the source writes it.</param>
    public static SmallArea? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var match = Pattern().Match(text.Trim());
        if (!match.Success) return null;
        var code = match.Groups["code"].Value;
        var edition = match.Groups["edition"].Success
            ? int.Parse(match.Groups["edition"].Value, System.Globalization.CultureInfo.InvariantCulture) : 2018;
        return code.Length switch
        {
            2 => code == "00" ? new SmallArea(SmallAreaKind.Country, code, null) : new SmallArea(SmallAreaKind.County, code, null),
            4 => new SmallArea(SmallAreaKind.Municipality, code, null),
            8 => new SmallArea(SmallAreaKind.RegSO, code, edition),
            _ => new SmallArea(SmallAreaKind.DeSO, code, edition),
        };
    }

    /// <summary>The code of the area at a coarser level, by the code alone.</summary>
    /// <param name="kind">The level.</param>
    /// <exception cref="ArgumentException">The level cannot be told from the code: which RegSO a DeSO lies in stands in SCB's key, not in
    /// its code.</exception>
    public string RollUp(SmallAreaKind kind) => kind switch
    {
        SmallAreaKind.Country => "00",
        SmallAreaKind.County when County is { } county => county,
        SmallAreaKind.Municipality when Municipality is { } municipality => municipality,
        _ when kind == Kind => Code,
        _ => throw new ArgumentException($"{Kind} cannot be carried to {kind} by its code.", nameof(kind)),
    };

    /// <summary>The one edition that codes are of; codes of several editions side by side are refused.</summary>
    /// <param name="codes">Codes of one column or two columns that are to be joined.</param>
    /// <returns>The edition; null where no code is a DeSO or RegSO.</returns>
    /// <exception cref="ArgumentException">There are several editions among them.</exception>
    public static int? CommonEdition(IEnumerable<string> codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        var editions = codes.Select(TryParse).Where(area => area?.Edition is not null).Select(area => area!.Value.Edition!.Value).Distinct()
            .Order().ToList();
        return editions.Count < 2
            ? editions.Count == 0 ? null : editions[0]
            : throw new ArgumentException(
                $"The codes are of the editions {string.Join(" and ", editions)}, whose areas are not the same: choose one.",
                nameof(codes));
    }

    [GeneratedRegex(@"^(?<code>\d{2}|\d{4}|\d{4}[A-C]\d{4}|\d{4}R\d{3})(_(DeSO|RegSO)(?<edition>20\d\d))?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Pattern();
}

/// <summary>The level of a region code.</summary>
internal enum SmallAreaKind
{
    /// <summary>Sweden.</summary>
    Country,

    /// <summary>A county. Swedish: <i>län</i>.</summary>
    County,

    /// <summary>A municipality. Swedish: <i>kommun</i>.</summary>
    Municipality,

    /// <summary>A regional statistical area.</summary>
    RegSO,

    /// <summary>A demographic statistical area.</summary>
    DeSO,
}

/// <summary>A count of an area in a year.</summary>
/// <param name="Year">The year.</param>
/// <param name="Area">The area's name as the source writes it.</param>
/// <param name="Count">The count; null where the source withholds it or has none.</param>
internal sealed record AreaCount(int Year, string Area, double? Count);

/// <summary>A place in a series where figures before and after are not of the same areas.</summary>
/// <param name="Year">The first year after it.</param>
/// <param name="Reason">What changed.</param>
internal sealed record DivisionBreak(int Year, string Reason);

/// <summary>Counts by district made comparable over the divisions of the city, with the breaks marked.</summary>
/// <remarks>
/// Counts of districts that were merged are added. Where districts were split (Hammarby, 1999) nothing can be carried over: those years are
/// left out and the break says so. A sum with a part that is withheld is withheld. Only counts may be added; shares and means may not.
/// </remarks>
internal sealed class ComparableSeries
{
    private ComparableSeries(IReadOnlyList<AreaCount> counts, IReadOnlyList<DivisionBreak> breaks)
    {
        Counts = counts;
        Breaks = breaks;
    }

    /// <summary>The counts in the division that was asked for, by year and area.</summary>
    public IReadOnlyList<AreaCount> Counts { get; }

    /// <summary>The breaks, oldest first.</summary>
    public IReadOnlyList<DivisionBreak> Breaks { get; }

    /// <summary>Carries counts to one division.</summary>
    /// <param name="counts">Counts by the districts of their own year.</param>
    /// <param name="geography">The city.</param>
    /// <param name="division">The id of the division to carry to, such as <c>sdo11</c>.</param>
    /// <exception cref="ArgumentException">A name is not a district of the division of its year, or a year is later than the
    /// division.</exception>
    public static ComparableSeries To(IEnumerable<AreaCount> counts, Geography geography, string division)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(geography);
        var breaks = new List<DivisionBreak>();
        var carried = new List<AreaCount>();
        AreaDivision? before = null;
        foreach (var year in counts.GroupBy(count => count.Year).OrderBy(group => group.Key))
        {
            // Figures of a year are by the division at its end.
            var own = geography.At(new DateOnly(year.Key, 12, 31));
            if (before is not null && own.Id != before.Id)
                breaks.Add(new DivisionBreak(year.Key, $"{before.Count} districts became {own.Count}"));
            before = own;
            Crosswalk crosswalk;
            try
            {
                crosswalk = geography.Crosswalk(own.Id, division);
            }
            catch (ArgumentException e)
            {
                breaks.Add(new DivisionBreak(year.Key, $"left out: {e.Message.Split(" (Parameter")[0]}"));
                continue;
            }

            foreach (var target in year.GroupBy(count => crosswalk.Find(count.Area)
                ?? throw new ArgumentException($"A name of {year.Key} is not a district of {own.Id}.", nameof(counts))))
            {
                carried.Add(new AreaCount(year.Key, target.Key, target.Any(count => count.Count is null)
                    ? null : target.Sum(count => count.Count)));
            }
        }

        return new ComparableSeries(carried, breaks);
    }
}
