using System.Globalization;
using System.Text.RegularExpressions;
using Analys.Domain;
using Analys.Load.Schema;
using Analys.Load.Undescribed;

namespace Analys.Load;

/// <summary>Which column of a table tells the year, and what becomes of rows of several years: they are never added up unasked.</summary>
internal static class Periods
{
    /// <summary>The column that tells the period: the one with that role, else one whose name and values are years; null for
    /// none.</summary>
    /// <param name="extract">The table.</param>
    /// <param name="used">Columns that the call uses for something else: counts may look like years.</param>
    public static Column? Find(Extract extract, params IReadOnlyCollection<string> used)
    {
        if (extract.Columns.FirstOrDefault(column => column.Field.Role == Role.Period) is { } stated) return stated;
        Column[] free = [.. extract.Columns.Where(column => column.Field.Role == Role.None && !used.Contains(column.Name)
            && !PeriodText.IsOtherYear(column.Name))];
        return free.FirstOrDefault(column => PeriodText.IsName(column.Name) && Distinct(column) > 0)
            ?? free.FirstOrDefault(column => AreYears(column, 2));
    }

    /// <summary>The column of a schema that tells the period, by its role or else its name; null for none.</summary>
    public static string? Find(TableSchema schema) => (schema.Fields.FirstOrDefault(field => field.Role == Role.Period)
        ?? schema.Fields.FirstOrDefault(field => field.Role == Role.None && PeriodText.IsName(field.Name)))?.Name;

    /// <summary>The column of a table of persons that tells the period: the one with that role, else one whose name says it and whose
    /// values
    /// are years; null for none. Other years in such tables, of birth or of immigration, are properties of the persons.</summary>
    public static Column? OfPersons(Extract extract) => extract.Find(Role.Period) ?? extract.Columns.FirstOrDefault(column =>
        column.Field.Role == Role.None && PeriodText.IsYearName(column.Name) && AreYears(column, 1));

    /// <summary>The same of a schema, by role or else name.</summary>
    public static string? OfPersons(TableSchema schema) => (schema.Fields.FirstOrDefault(field => field.Role == Role.Period)
        ?? schema.Fields.FirstOrDefault(field => field.Role == Role.None && PeriodText.IsYearName(field.Name)))?.Name;

    /// <summary>A table as one for each of its periods, in their order.</summary>
    /// <param name="extract">The table.</param>
    /// <param name="keys">The columns that rows are told apart by; where the period is among them it is no period.</param>
    /// <param name="used">The columns that are added up.</param>
    /// <param name="nameOne">Whether the one period of a table that has no other is named too.</param>
    /// <returns>The table itself without a period where it has none, or where somebody asked to add up.</returns>
    /// <exception cref="CellException">Rows have no period.</exception>
    public static IReadOnlyList<(string? Period, Extract Extract)> Split(Extract extract, IReadOnlyCollection<string> keys,
        IReadOnlyCollection<string> used, bool nameOne = false)
    {
        if (ToSplitBy(extract, keys, used) is not { } column)
            return [(nameOne && !extract.PoolsPeriods ? Only(extract, [.. used, .. keys]) : null, extract)];
        if (column.HasMarks && column.Marks.IndexOfAnyExcept(Mark.None) >= 0)
        {
            throw new CellException(
                $"{extract.Where(column.Name, row => column.MarkAt(row) != Mark.None)}: rows have no period: choose others with "
                    + $"--period or --where.");
        }

        var said = extract.Stating($"each period of the column {column.Name} is measured on its own");
        return
        [
            .. Enumerable.Range(0, extract.RowCount).GroupBy(row => Text(column, row), StringComparer.Ordinal)
                .OrderBy(group => group.Key, PeriodOrder.InTime).Select(group => ((string?)group.Key, said.Slice([.. group]))),
        ];
    }

    /// <summary>Refuses a table of several periods whose rows would be added up over them.</summary>
    /// <param name="extract">The table.</param>
    /// <param name="keys">The columns that the rows are told apart by.</param>
    /// <param name="used">The columns that are added up.</param>
    /// <exception cref="CallException">It has several, and the period is not among the columns. The message names the column and the ways
    /// out.</exception>
    public static void RequireOne(Extract extract, IReadOnlyCollection<string> keys, IReadOnlyCollection<string> used)
    {
        if (ToSplitBy(extract, keys, used) is not { } column) return;
        throw new CallException(
            $"The column {column.Name} has {Distinct(column)} periods, and nothing is added up over them: choose one with --period YEAR "
                + $"or rows with --where {column.Name}=YEAR; --period all adds up.");
    }

    /// <summary>The rows of a period, or of several: <c>2018</c> also means 2018-01-01, 2018/2019 and 2018M03; <c>2018..2020</c> those
    /// between; <c>2018|2020</c> both.</summary>
    /// <param name="column">The column that tells the period.</param>
    /// <param name="asked">What is asked for.</param>
    public static RowChoice Choice(Column column, string asked)
    {
        var parts = asked.Split(['|', ','], StringSplitOptions.TrimEntries);
        if (column is not TextColumn texts)
        {
            var rest = AfterYear((NumberColumn)column);
            return Chosen([.. parts.Select(part => Packed(part, rest))]);
        }

        var found = texts.Categories.Where(text => parts.Any(part => IsOf(text, part))).Order(PeriodOrder.InTime).ToArray();
        return Chosen(found.Length == 0 ? parts : found);

        RowChoice Chosen(string[] values) => new([new RowCondition(column.Name, false, [.. values])]);
    }

    // What stands behind the year in 201801 or 20180101, at its beginning and at its end.
    private static (string First, string Last) AfterYear(NumberColumn column)
    {
        var latest = 0.0;
        foreach (var value in column.Values) if (double.IsFinite(value)) latest = Math.Max(latest, value);
        return latest switch
        {
            >= 19000000 => ("0101", "1231"),
            >= 190000 => ("01", "12"),
            _ => ("", ""),
        };
    }

    // 2018 among 201801 or 20180101 means all of the year.
    private static string Packed(string part, (string First, string Last) rest)
    {
        return part.Split("..") switch
        {
            [var one] => $"{Full(one, rest.First)}..{Full(one, rest.Last)}",
            [var from, var to] => $"{Full(from, rest.First)}..{Full(to, rest.Last)}",
            _ => part,
        };

        static string Full(string year, string more) => YearText.Is(year) ? year + more : year;
    }

    // A range of years holds everything that begins with one of them.
    private static bool IsOf(string text, string part)
    {
        if (part.Split("..") is [var from, var to])
        {
            var dated = text.Length > 0 && char.IsAsciiDigit(text[0]) && YearText.Is(text[..Math.Min(4, text.Length)]) ? text
                : PeriodOrder.YearOf(text) ?? text;
            return (from.Length == 0 || string.CompareOrdinal(dated, from) >= 0)
                && (to.Length == 0 || string.CompareOrdinal(dated[..Math.Min(dated.Length, to.Length)], to) <= 0);
        }

        return text == part || (YearText.Is(part) && PeriodOrder.YearOf(text) == part)
            || (text.StartsWith(part, StringComparison.Ordinal) && part.Length >= 4 && !char.IsAsciiDigit(text[part.Length]));
    }

    // The one period of a table of which that is certain: a column has the role, or rows were chosen by it.
    private static string? Only(Extract extract, IReadOnlyCollection<string> used)
    {
        if (Find(extract, used) is not { } column || Distinct(column) != 1 || used.Contains(column.Name)) return null;
        if (column.Field.Role != Role.Period && !extract.Selection.Contains(column.Name, StringComparison.Ordinal)) return null;
        return Enumerable.Range(0, extract.RowCount).All(row => column.MarkAt(row) == Mark.None) ? Text(column, 0) : null;
    }

    private static Column? ToSplitBy(Extract extract, IReadOnlyCollection<string> keys, IReadOnlyCollection<string> used)
    {
        if (extract.PoolsPeriods || Find(extract, [.. used, .. keys]) is not { } column || keys.Contains(column.Name)) return null;
        if (Distinct(column) < 2) return null;
        // Without the role a column of years is one only if it tells rows apart that are otherwise of the same units.
        return column.Field.Role == Role.Period || TellsApart(extract, column, keys) ? column : null;
    }

    private static bool TellsApart(Extract extract, Column period, IEnumerable<string> keys)
    {
        var columns = keys.Where(extract.Has).Select(name => extract[name]).ToArray();
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var row = 0; row < extract.RowCount; row++)
        {
            var key = string.Join('\u001f', columns.Select(column => Text(column, row)));
            var own = Text(period, row);
            if (!first.TryAdd(key, own) && first[key] != own) return true;
        }

        return false;
    }

    private static bool AreYears(Column column, int least) => column switch
    {
        NumberColumn { Field.Type: FieldType.Year } => true,
        NumberColumn { Field.Type: FieldType.Integer } numbers => numbers.Count > 0
            && (All(numbers, value => value is >= 1900 and <= 2100) || All(numbers, IsMonth) || All(numbers, IsDay))
            && Distinct(column) is var years && years >= least && years <= 200,
        TextColumn texts => texts.Categories.Count >= least && texts.Categories.Count <= 2000 && texts.Categories.All(PeriodText.Is),
        _ => false,
    };

    private static bool All(NumberColumn numbers, Func<double, bool> test) =>
        Enumerable.Range(0, numbers.Count).All(row => numbers.MarkAt(row) != Mark.None || test(numbers.Values[row]));

    // 201801 and 20180131.
    private static bool IsMonth(double value) => value is >= 190001 and <= 210012 && value % 100 is >= 1 and <= 12;

    private static bool IsDay(double value) => value is >= 19000101 and <= 21001231 && value % 100 is >= 1 and <= 31
        && IsMonth(Math.Floor(value / 100));

    private static int Distinct(Column column) => column is TextColumn texts
        ? texts.Codes.ToArray().Where(code => code >= 0).Distinct().Count()
        : ((NumberColumn)column).Values.ToArray().Where(value => !double.IsNaN(value)).Distinct().Count();

    private static string Text(Column column, int row) =>
        column.MarkAt(row) != Mark.None ? "" : Convert.ToString(column.ValueAt(row), CultureInfo.InvariantCulture)!;
}

/// <summary>Names and values that tell a period: 2018, 2018-01-01, 2018/2019, 2018M03, 2018K1, VT 2018, 2018 HT, mars 2018, kvartal 2 2018,
/// HT18.</summary>
internal static partial class PeriodText
{
    private const string Half =
        "(?:VT|HT|vårtermin(?:en)?|hösttermin(?:en)?|(?:första|andra|tredje|fjärde) (?:halvåret|kvartalet|tertialet)|vår(?:en)?"
            + "|höst(?:en)?|sommar(?:en)?)";
    private const string Part = @"(?:(?:[TKQH]|kv\.?|kvartal|tertial|termin|quarter|halvår) ?[1-4]"
        + "|[1-4](?::[ae])? ?(?:kv|kvartalet|tertialet|halvåret)|(?:v\\.?|vecka) ?[0-5]?\\d)";
    private const string Month = @"(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]{0,6}\.?";

    /// <summary>Whether a text is a year or a part of one.</summary>
    public static bool Is(string text) => Value().IsMatch(text) || IsSchoolYear(text);

    // 17/18 and läsår 17/18, but not 3/4 or 17/19.
    private static bool IsSchoolYear(string text) => SchoolYear().Match(text) is { Success: true } found
        && (Two(found.Groups[1]) + 1) % 100 == Two(found.Groups[2]);

    private static int Two(Group digits) => int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Whether a column of this name tells the period of its rows.</summary>
    public static bool IsName(string name) => !IsOtherYear(name) && Name().IsMatch(name);

    /// <summary>Whether a column of this name tells the year of its rows, in tables where other dates are properties of persons.</summary>
    public static bool IsYearName(string name) => !IsOtherYear(name) && YearName().IsMatch(name);

    /// <summary>Whether the name says a year of something else: of birth, of immigration, of building.</summary>
    public static bool IsOtherYear(string name) => Other().IsMatch(name);

    /// <summary>Whether an option that may name a column or a period names a period.</summary>
    public static bool IsAsked(string text) =>
        text.Length > 0 && (char.IsAsciiDigit(text[0]) || text.Contains("..", StringComparison.Ordinal));

    [GeneratedRegex(@"^(?:(?:" + Half + "|" + Part + "|(?:[0-3]?[0-9]\\.? )?" + Month + @"|år|läsåre?t?) ?-?)?" + PeriodOrder.Year
        + @"(?:(?:[-/–]| [-–] | och )(?:\d\d|\d{4})|-\d\d-\d\d(?:[T ][\d:.]+Z?)?|[ -]?[MKQTHVW][0-5]?\d|,?[ -]?(?:" + Half + "|" + Part
        + "|" + Month + @"))?(?:\*| ?\(?prel[a-z]{0,8}\.?\)?)?$|^(?:VT|HT)[ -]?'?\d\d$|^" + Month + @"-\d\d$|^[0-3]?\d[./-][0-3]?\d[./-]"
        + PeriodOrder.Year + "$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Value();

    [GeneratedRegex(@"^(?:läsåre?t? ?)?(\d\d)/(\d\d)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SchoolYear();

    [GeneratedRegex(@"^(?:.*[^a-zåäö])?(?:\w*år|ar|läsår|lasar|year|\w*period|tid|time|tidpunkt|date|datum"
        + @"|månad|manad|month|kvartal|quarter|tertial|termin|term|semester|halvår|halvar|vecka|week)(?:_?\d*)?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Name();

    [GeneratedRegex(@"^(?:.*[^a-zåäö])?(?:\w*år|ar|lasar|inkomstar|year|period)(?:_?\d*)?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex YearName();

    [GeneratedRegex(@"född|födelse|fodels|fodd|birth|born|bygg|built|invandr|immigr|flytt"
        + @"|exam|dödsår|dodsar|death|ålder|alder|per.?år|antal|andel",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Other();
}
