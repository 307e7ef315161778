using System.Text.RegularExpressions;

namespace Analys.Load.Screening;

/// <summary>Refuses direct identifiers of persons in an extract; a message names the column, never what stands in it.</summary>
/// <remarks>A pseudonymous serial number (LopNr) is allowed where the schema gives it the role person or household.</remarks>
internal static partial class IdentifierScreening
{
    // By chance 1 in 10 of random ten-digit serials has a right check digit and 1 in 27 a possible date: 0.4 %.
    private const double ChanceShare = 0.02;

    /// <summary>The findings of a text column: every distinct text is looked at once.</summary>
    public static IEnumerable<Finding> Screen(TextColumn column, string file)
    {
        if (Serial(column.Field))
        {
            var suspicious = column.Categories.Count(PersonalNumber.IsIn);
            if (suspicious > Math.Max(1, column.Categories.Count * ChanceShare)) yield return At(column.Field, file, PersonalNumberExpected);
            yield break;
        }

        if (column.Categories.Any(PersonalNumber.IsIn)) yield return At(column.Field, file, PersonalNumberExpected);
        if (column.Categories.Any(text => text.Contains('@', StringComparison.Ordinal) && Email().IsMatch(text))) yield return At(column.Field, file, "no e-mail addresses");
        if (column.Categories.Any(text => Phone().IsMatch(text))) yield return At(column.Field, file, "no telephone numbers");
    }

    /// <summary>The findings of a number column, from how many of its cells look like a personal number.</summary>
    public static IEnumerable<Finding> Screen(Field field, long suspicious, long rows, string file)
    {
        var allowed = Serial(field) ? Math.Max(1, rows * ChanceShare) : 0;
        if (suspicious > allowed) yield return At(field, file, PersonalNumberExpected);
    }

    private const string PersonalNumberExpected = "no personal identity or co-ordination numbers";

    /// <summary>Whether a field holds serial numbers, which are judged by the share that looks like a personal number.</summary>
    public static bool Serial(Field field) => field.Role is Role.Person or Role.Household or Role.Cluster;

    private static Finding At(Field field, string file, string expected) =>
        new(FindingCodes.Identifier, file, null, field.Name, null, expected);

    [GeneratedRegex(@"[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Email();

    // +46 or 0, an area code of one to three digits, a separator, five to eight digits in groups.
    [GeneratedRegex(@"(?<![\p{L}\d-])(\+46[ -]?\d{1,3}|0\d{1,3})[ /-](?=(\d[ -]?){5,8}(?!\d))\d{2,4}([ -]?\d{2,3}){1,3}(?![\d-])|(?<!\d)07\d{8}(?!\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Phone();
}
