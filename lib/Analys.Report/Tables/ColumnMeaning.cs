using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Analys.Domain;
using Analys.Load.Schema;

namespace Analys.Report.Tables;

/// <summary>What the name of a column of published figures tells: <c>pct2024_barn</c> is a percentage of 2024 among those of 0 to 17
/// years.</summary>
/// <remarks>A guess for files that no schema describes; the report prints what was guessed, and a schema always goes first.</remarks>
internal static partial class ColumnMeaning
{
    private static readonly string[] RateWords = ["pct", "procent", "percent", "andel", "share", "rate", "kvot"];
    private static readonly string[] CountWords = ["n", "antal", "count", "number"];
    private static readonly string[] AmountWords = ["medelinkomst", "medianinkomst", "inkomst", "income", "medel", "median", "mean", "kr",
        "kronor", "sek",
        "tkr", "hyra", "lon"];
    private static readonly string[] AreaWords = ["omrade", "stadsdel", "stadsdelsomrade", "kommun", "kommundel", "region", "area",
        "district", "deso", "regso", "basomrade", "namn", "name"];

    private static readonly string[] PeriodWords = ["lasar", "termin", "kvartal", "manad", "tidpunkt", "quarter", "month", "term"];
    private static readonly string[] MeasureWords = ["matt", "measure", "indikator", "indicator", "variabel", "variable", "tabellinnehall",
        "contents"];

    /// <summary>Whether a column says which measure a row is of.</summary>
    public static bool NamesMeasures(string column) => MeasureWords.Contains(Plain(column).Trim());

    /// <summary>A word without marks and in lower case: <c>Område</c> is <c>omrade</c>.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) plain.Append(char.ToLowerInvariant(c));
        }

        return plain.ToString();
    }

    /// <summary>The field with role, period, population and unit filled in where its schema leaves them open.</summary>
    /// <param name="field">The field.</param>
    /// <param name="largest">The largest number in the column; NaN for a column of text.</param>
    public static Field Of(Field field, double largest)
    {
        var name = Plain(field.Name);
        var year = Year().Match(name);
        var words = name.Remove(year.Success ? year.Index : 0, year.Success ? year.Length : 0)
            .Split([' ', '_', '-', '.', '(', ')', ','], StringSplitOptions.RemoveEmptyEntries);
        var mean = words.Any(word => word.StartsWith("medel", StringComparison.Ordinal) || word is "median" or "medianinkomst" or "mean");
        // A mean income is a published figure; an income alone is a person's.
        var role = field.Role != Role.None ? field.Role : RoleGuess.Of(field) is var guess && guess == Role.DisposableIncome && mean
            ? Role.None : guess;
        if (role == Role.None && field.IsNumeric && words.Length > 0)
        {
            if (Matches(words, RateWords) || field.Name.Contains('%', StringComparison.Ordinal)) role = Role.Rate;
            else if (CountWords.Contains(words[0])) role = Role.Count;
            else if (Matches(words, AmountWords)) role = Role.Amount;
        }
        else if (role == Role.None && !field.IsNumeric && words.Any(PeriodWords.Contains)) role = Role.Period;
        else if (role == Role.None && !field.IsNumeric && Matches(words, AreaWords)) role = Role.Area;

        if (role is not (Role.Rate or Role.Count or Role.Amount)) return field with { Role = role };
        return field with
        {
            Role = role,
            Period = field.Period ?? (year.Success ? year.Value : null),
            Population = field.Population ?? Ages(name),
            Unit = field.Unit ?? (role == Role.Rate && (largest > 1 || words.Any(word => word is "pct" or "procent" or "percent"))
                ? "percent"
                : role == Role.Amount && words.Contains("tkr") ? "tkr" : null),
        };
    }

    /// <summary>Whether a column's name says no more than that it holds a value, or of which year.</summary>
    public static bool IsBare(string column) =>
        Plain(column).Trim() is "varde" or "varden" or "value" or "values" or "obs_value" or "data" or "index"
        or "utfall" or "resultat" or "tal"
        || Year().Replace(column, "").Trim(' ', '_', '-').Length == 0;

    /// <summary>The only year that a text names; null for none or several.</summary>
    public static string? OnlyYear(string text) =>
        Year().Matches(text).Select(match => match.Value).Distinct().ToList() is [var year] ? year : null;

    /// <summary>A published number that is no share, count or amount: an index, points, or years of life.</summary>
    /// <param name="field">The field.</param>
    /// <param name="about">The title or the name of the file.</param>
    public static Field OfNumber(Field field, string about)
    {
        var plain = Plain($"{field.Name} {about}");
        var year = Year().Match(field.Name);
        return field with
        {
            Role = Role.Amount,
            Period = field.Period ?? (year.Success ? year.Value : null),
            Population = field.Population ?? Ages(Plain(field.Name)),
            Unit = plain.Contains("livslangd", StringComparison.Ordinal) || plain.Contains("medelalder", StringComparison.Ordinal)
                || plain.Contains("life expectancy", StringComparison.Ordinal) ? Units.Years : Units.Index,
        };
    }

    /// <summary>Whether a column's name says that its numbers are codes, keys or places, which no report compares.</summary>
    public static bool IsCode(string column) => Plain(column).Split([' ', '_', '-', '.', '(', ')'], StringSplitOptions.RemoveEmptyEntries)
        .Any(word => word is "id" or "nr" or "kod" or "code" or "key" or "lopnr" or "lat" or "lon" or "long" or "lng"
            or "x" or "y" or "rank"
            or "rang" or "sort" or "ordning" or "year" or "ar" || word.EndsWith("kod", StringComparison.Ordinal)
            || word.EndsWith("nr", StringComparison.Ordinal));

    /// <summary>Whether a word of a column's name says only what kind of number it is.</summary>
    public static bool SaysNothing(string word) => Plain(word).Trim('(', ')', '%', ',', '.') is var plain && (plain.Length == 0
        || IsBare(plain) || RateWords.Contains(plain) || CountWords.Contains(plain) || plain is "belopp" or "kr" or "tkr" or "amount");

    /// <summary>A column whose name says only of which year it is, or that it holds a value: what it holds stands in the file's
    /// title or name.</summary>
    /// <param name="field">The field.</param>
    /// <param name="about">The title or the name of the file.</param>
    /// <param name="largest">The largest number in the column.</param>
    public static Field OfValue(Field field, string about, double largest)
    {
        var words = Plain(about).Split([' ', '_', '-', '.', '(', ')', ','], StringSplitOptions.RemoveEmptyEntries);
        var role = Matches(words, RateWords) || about.Contains('%', StringComparison.Ordinal) ? Role.Rate
            : Matches(words, AmountWords) ? Role.Amount
            : words.Any(CountWords.Contains) ? Role.Count : Role.None;
        return role == Role.None ? field : field with
        {
            Role = role,
            Period = field.Period ?? (Year().Match(field.Name) is { Success: true } year ? year.Value : null),
            Population = field.Population ?? Ages(Plain(about)),
            Unit = field.Unit ?? (role == Role.Rate && largest > 1 ? "percent" : role == Role.Amount && words.Contains("tkr") ? "tkr"
                : null),
        };
    }

    /// <summary>The ages that a text speaks of, as <c>0-17</c>; null for none.</summary>
    public static string? Ages(string text)
    {
        var plain = Year().Replace(Plain(text), " ");
        if (Span().Match(plain) is { Success: true } span) return $"{Number(span.Groups[1])}-{Number(span.Groups[2])}";
        if (Open().Match(plain) is { Success: true } open) return $"{Number(open.Groups[1])}-";
        return Children().IsMatch(plain) ? "0-17" : null;
    }

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    private static bool Matches(string[] words, string[] known) =>
        words.Any(word => known.Contains(word) || Array.Exists(known, start => start.Length > 3
        && word.StartsWith(start, StringComparison.Ordinal)));

    [GeneratedRegex(@"(?<!\d)(19|20)\d\d(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Year();

    [GeneratedRegex(@"(?<!\d)(\d{1,2})\s*[_\-–]\s*(\d{1,2})(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Span();

    [GeneratedRegex(@"(?<!\d)(\d{1,3})\s*(\+|plus|-\s*$|w\b|och aldre|or older|ar och aldre)", RegexOptions.CultureInvariant)]
    private static partial Regex Open();

    [GeneratedRegex(@"(^|[^a-z])(barn|children)([^a-z]|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Children();
}
