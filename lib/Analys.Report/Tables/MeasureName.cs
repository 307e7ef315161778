using System.Globalization;
using System.Text.RegularExpressions;
using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Report.Tables;

/// <summary>What a column of figures is called in a heading: its label, else what its name says, else what the table is about.</summary>
/// <remarks>A name of a file stands for the measure only where nothing else says it, and then as words.</remarks>
internal static partial class MeasureName
{
    // Names of files and columns are often without marks. Longer beginnings stand before shorter ones.
    private static readonly (string Plain, string Marked)[] Marks =
    [
        ("bistand", "bistånd"), ("hushall", "hushåll"), ("arbetslos", "arbetslös"), ("utanfor", "utanför"), ("trangbo", "trångbo"),
        ("omrade", "område"), ("foraldr", "föräldr"), ("foralder", "förälder"), ("aldre", "äldre"), ("alder", "ålder"), ("manad", "månad"),
        ("ohalsa", "ohälsa"), ("halsa", "hälsa"), ("tandhalsa", "tandhälsa"), ("forsorj", "försörj"), ("sjalvforsorj", "självförsörj"),
        ("forvarv", "förvärv"), ("forskol", "förskol"), ("behorig", "behörig"), ("fodda", "födda"), ("fodelse", "födelse"),
        ("sjukfranvaro", "sjukfrånvaro"), ("franvaro", "frånvaro"), ("narvaro", "närvaro"), ("langtid", "långtid"),
            ("langvarig", "långvarig"),
        ("laginkomst", "låginkomst"), ("hoginkomst", "höginkomst"), ("sprak", "språk"), ("oppen", "öppen"), ("oppet", "öppet"),
        ("valfard", "välfärd"), ("radda", "rädda"), ("bostader", "bostäder"), ("hyresratt", "hyresrätt"), ("bostadsratt", "bostadsrätt"),
        ("medellivslangd", "medellivslängd"), ("livslangd", "livslängd"), ("overvikt", "övervikt"), ("otrygg", "otrygg"),
            ("sommarlov", "sommarlov"),
        ("gymnasiebehorig", "gymnasiebehörig"), ("folkmangd", "folkmängd"), ("befolkningstathet", "befolkningstäthet"),
            ("kopkraft", "köpkraft"),
        ("ungdomsarbetslos", "ungdomsarbetslös"), ("langtidsarbetslos", "långtidsarbetslös"), ("medianlon", "medianlön"),
            ("medellon", "medellön"),
        ("rostande", "röstande"), ("sokande", "sökande"), ("anmalda", "anmälda"), ("inskrivna", "inskrivna"), ("lakarbesok", "läkarbesök"),
    ];

    private static readonly string[] RateMarks = ["pct", "procent", "percent", "%"];
    private static readonly string[] Everyone = ["totalt", "total", "samtliga", "alla", "all", "bada", "both"];
    private static readonly string[] Kinds = ["kvinnor", "man", "flickor", "pojkar", "women", "men", "girls", "boys", "barn", "vuxna",
        "unga", "aldre", "children", "adults", "young"];

    /// <summary>The name of a column's measure.</summary>
    /// <param name="input">The table.</param>
    /// <param name="column">The column.</param>
    /// <param name="kinds">What the rows say that it is of, such as <i>kvinnor</i>.</param>
    public static string Of(TableInput input, Column column, List<string> kinds)
    {
        var named = Plainly(input, column, kinds);
        // Where the rows name the measure, the column's name adds nothing.
        if (kinds.Count > 0 && column.Field.Title is null && ColumnMeaning.IsBare(column.Name)
            && input.Extract!.Columns.Any(other => ColumnMeaning.NamesMeasures(other.Name))) return WithoutUnit(string.Join(", ", kinds));
        return kinds.Count == 0 ? named : $"{named}, {string.Join(", ", kinds)}";
    }

    private static string Plainly(TableInput input, Column column, List<string> kinds)
    {
        if (column.Field.Title is { } title) return WithoutUnit(column.Field.Period is { } year ? Undated(title, year) : title);
        var stem = column.Field.Period is { } period && column.Name.Replace(period, "", StringComparison.Ordinal)
            .Trim() is { Length: > 0 } rest
            ? rest : column.Name;
        var words = Money().Replace(Words(WithoutUnit(stem)), "");
        var told = words.Split(' ').Where(word => !ColumnMeaning.SaysNothing(word)
            && !Everyone.Contains(ColumnMeaning.Plain(word))).ToList();
        if (told.Count == 0) return RowNames.IsMunicipality(About(input)) ? words : About(input);
        // A file that is called "andel" says no more than a column that is.
        var about = About(input);
        if (about.Split(' ').All(ColumnMeaning.SaysNothing)) return words;
        // A column of women says who is measured, not what.
        return ColumnMeaning.IsBare(column.Name) ? about
            : told.TrueForAll(word => Kinds.Contains(ColumnMeaning.Plain(word)) || ColumnMeaning.Ages(word) is not null || word == "år")
                && kinds.Count == 0 ? $"{about}, {string.Join(' ', told).ToLower(CultureInfo.InvariantCulture)}"
            : column.Field.Role == Role.Rate ? Large(string.Join(' ', words.Split(' ').Where(word =>
                !RateMarks.Contains(ColumnMeaning.Plain(word).Trim('(', ')', '.'))))) : words;
    }

    // The year of a column stands beside its figures: "Andel, procent 2017, barn" is "Andel, barn".
    private static string Undated(string title, string year) =>
        Between().Replace(title.Replace(year, "", StringComparison.Ordinal), "").Trim(' ', ',') is { Length: > 0 } bare ? bare : title;

    /// <summary>What a table is about: its title, else its file's name as words, without years and without the columns that it
    /// lists.</summary>
    public static string About(TableInput input)
    {
        var title = input.Extract!.Schema.Title is { Length: > 0 } stated ? stated : null;
        var text = title is null || title == Path.GetFileNameWithoutExtension(input.File)
            ? Words(Path.GetFileNameWithoutExtension(input.File)) : Years().Replace(title, "").Trim(' ', ',', '.', ':', '-', '\u2013');
        text = Money().Replace(Listed().Replace(WithoutUnit(text), "").Trim(' ', ',', '.', ':'), "");
        // "... Umeå" at the end says where, which the page's heading says.
        if (text.Split(' ') is { Length: > 1 } words && RowNames.IsMunicipality(words[^1]))
            text = string.Join(' ', words[^2] is "i" or "in" && words.Length > 2 ? words[..^2] : words[..^1]);
        return text.Length == 0 ? Path.GetFileNameWithoutExtension(input.File) : Large(text);
    }

    // The unit is said beside every number: "Andel (%)" is "Andel".
    private static string WithoutUnit(string name) => UnitWords().Replace(name, "") is { Length: > 0 } bare ? bare : name;

    /// <summary>A name with underscores and hyphens as words, its first letter large and its years left out.</summary>
    public static string Words(string name)
    {
        var text = Years().Replace(Ages().Replace(name, "\u2013").Replace('_', ' '), " ");
        // A hyphen joins words in a file's name, and numbers in a span of ages; between words with spaces it is the writer's own.
        if (!text.Contains(' ', StringComparison.Ordinal) || text.Count(c => c == '-') > text.Count(c => c == ' ')) text = Joined()
            .Replace(text, " ");
        text = string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim(' ', '-', ',', '.');
        text = Span().Replace(text, "\u2013");
        if (!text.Any(c => c is 'å' or 'ä' or 'ö' or 'Å' or 'Ä' or 'Ö')) text = Marked(text);
        return text.Length == 0 ? name : Large(text);
    }

    private static string Marked(string text)
    {
        var words = text.Split(' ');
        for (var i = 0; i < words.Length; i++)
        {
            var low = words[i].ToLowerInvariant();
            if (low == "ar" && i > 0) words[i] = "år";
            else if (low == "lag" && i + 1 < words.Length
                && words[i + 1] is "standard" or "inkomst" or "ekonomisk" or "utbildning") words[i] = "låg";
            else if (low == "hog" && i + 1 < words.Length && words[i + 1] is "inkomst" or "utbildning") words[i] = "hög";
            else if (Marks.Where(mark => low.Contains(mark.Plain, StringComparison.Ordinal)).OrderByDescending(mark => mark.Plain.Length)
                .FirstOrDefault() is { Plain: not null } found)
            {
                words[i] = low.Replace(found.Plain, found.Marked, StringComparison.Ordinal);
                if (char.IsUpper(text[0]) && i == 0) words[i] = Large(words[i]);
            }
        }

        return string.Join(' ', words);
    }

    private static string Large(string text) => text.Length == 0 ? text : char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..];

    /// <summary>An id in kebab case of ASCII.</summary>
    public static string Id(string name) => string.Join('-', ColumnMeaning.Plain(name)
        .Split([.. Enumerable.Range(0, 128).Select(c => (char)c).Where(c => !char.IsAsciiLetterOrDigit(c))],
        StringSplitOptions.RemoveEmptyEntries))
        is { Length: > 0 } id ? string.Concat(id.Where(char.IsAscii)) : "measure";

    [GeneratedRegex(@"\s*(\(|,\s*)(i\s+)?(%|procent|per ?cent|tkr|kr|mnkr|kronor|tusental kronor|tusen kronor)\)?\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex UnitWords();

    [GeneratedRegex(@"\s*,?\s+(i\s+)?(%|procent|per ?cent)?\s*(?=,|$)|\s+(?=\s)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Between();

    [GeneratedRegex(@"(?<!\d)(19|20)\d\d(\s*[-–/_ ]\s*((19|20)\d\d|\d\d(?!\d)))?(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Years();

    [GeneratedRegex(@"(?<=\S)\s+(tkr|kr|mnkr|kronor|sek)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Money();

    // A span of ages in a column's name: 18_24.
    [GeneratedRegex(@"(?<=(?<!\d)\d{1,2})_(?=\d{1,2}(?!\d))", RegexOptions.CultureInvariant)]
    private static partial Regex Ages();

    // PxWeb's titles list the table's columns: "... efter region, kön och år".
    [GeneratedRegex(@"\s*,?\s+(efter|fördelat på|fördelade på|uppdelat på|by)\s+"
        + @"(region|kommun|område|stadsdel|kön|ålder|år|sex|age|year|area|district)\b.*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Listed();

    [GeneratedRegex(@"(?<=\d)-(?=\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Span();

    [GeneratedRegex(@"(?<=\p{L})-|-(?=\p{L})", RegexOptions.CultureInvariant)]
    private static partial Regex Joined();
}
