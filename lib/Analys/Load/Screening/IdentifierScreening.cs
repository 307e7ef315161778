using System.Text.RegularExpressions;
using Analys.Load.Schema;

namespace Analys.Load.Screening;

/// <summary>Refuses direct identifiers of persons in an extract; a message names the column, never what stands in it.</summary>
/// <remarks>
/// Personal identity, co-ordination and interim numbers, names, street and e-mail addresses, telephone numbers, property designations:
/// by what stands in the cells, and by what the column is called. A pseudonymous serial number (LopNr) is allowed where the schema gives
/// it the role person or household. Swedish: <i>direkt identifierande uppgifter</i>.
/// </remarks>
internal static class IdentifierScreening
{
    private const string PersonalNumberExpected = "no personal identity or co-ordination numbers";

    /// <summary>The findings of a text column: every distinct text is looked at once.</summary>
    public static IEnumerable<Finding> Screen(TextColumn column, string file)
    {
        var field = column.Field;
        var serial = Serial(field);
        var tally = new NumberTally();
        foreach (var text in column.Categories) tally.Add(text);
        if (serial)
        {
            if (tally.Tells(serial, column.Categories.Count)) yield return At(field, file, PersonalNumberExpected);
            yield break;
        }

        // The names of areas are looked up first: they are no one's, and some of them look like a person's.
        var texts = column.Categories.Where(text => !KnownAreas.Contains(text) && !EmbeddedNumbers.IsUuid(text)).ToList();
        if (texts.Count == 0) yield break;
        if (tally.Tells(serial, column.Categories.Count) || texts.Exists(text =>
            InterimNumber.IsIn(DigitText.Plain(text)))) yield return At(field, file,
            PersonalNumberExpected);
        if (texts.Exists(ContactDetails.IsEmail)) yield return At(field, file, "no e-mail addresses");
        if (texts.Exists(text => ContactDetails.IsPhone(DigitText.Plain(text)))) yield return At(field, file, "no telephone numbers");
        if (texts.Exists(Places.IsAddress)) yield return At(field, file, "no street or postal addresses");
        if (texts.Exists(Places.IsProperty)) yield return At(field, file, "no property designations");
        if (PersonNames.AreIn(column, texts)) yield return At(field, file, "no names of persons");
        else if (IdentifyingName.Of(field) is { } kind) yield return At(field, file, $"no column of {kind}");
    }

    /// <summary>The findings of a number column.</summary>
    public static IEnumerable<Finding> Screen(NumberColumn column, string file)
    {
        return Screen(column.Field, column.Looks ?? Looks(column.Values), column.Count, file);

        static NumberTally Looks(ReadOnlySpan<double> values)
        {
            var tally = new NumberTally();
            foreach (var value in values) tally.Add(value);
            return tally;
        }
    }

    /// <summary>The findings of a number column, from what its numbers look like.</summary>
    public static IEnumerable<Finding> Screen(Field field, NumberTally tally, long rows, string file)
    {
        if (tally.Tells(Serial(field), rows)) yield return At(field, file, PersonalNumberExpected);
        else if (rows > 0 && !Serial(field) && IdentifyingName.Of(field) is { } kind) yield return At(field, file, $"no column of {kind}");
    }

    /// <summary>Whether a text that is no cell (the name of a file or a sheet, a key, a title, a note) has a personal number in
    /// it.</summary>
    /// <remarks>Addresses and telephones of offices stand there by right, so only numbers of persons are looked for.</remarks>
    public static bool IsInText(string text) => PersonalNumber.IsIn(text) || InterimNumber.IsIn(DigitText.Plain(text));

    /// <summary>The finding of such a text, which names neither it nor the file that has it in its name.</summary>
    /// <param name="file">The file; null where its own name is what identifies.</param>
    /// <param name="where">What it is: a file name, a sheet's name, a note.</param>
    public static Finding OfText(string? file, string where) =>
        new(FindingCodes.Identifier, file ?? "a file", null, null, null, $"{where} without personal identity or co-ordination numbers");

    /// <summary>Whether the schema says that the column is a pseudonymous serial number.</summary>
    internal static bool Serial(Field field) => field.Role is Role.Person or Role.Household or Role.Cluster;

    private static Finding At(Field field, string file, string expected) =>
        new(FindingCodes.Identifier, file, null, field.Name, null, expected);

    private static class KnownAreas
    {
        private static readonly HashSet<string> Names =
        [
            .. Geography.Stockholm.Divisions.SelectMany(division => division.Areas).Select(area => AreaName.Key(area.Name)),
            .. Geography.Stockholm.Regions.Select(AreaName.Key),
            AreaName.Key(Geography.Stockholm.City),
        ];

        public static bool Contains(string text) => text.Length < 60 && Names.Contains(AreaName.Key(text));
    }
}

/// <summary>E-mail addresses and Swedish telephone numbers.</summary>
internal static partial class ContactDetails
{
    /// <summary>Whether a text has an e-mail address in it.</summary>
    public static bool IsEmail(string text) => (text.Contains('@', StringComparison.Ordinal) && Email().IsMatch(text))
        || (text.AsSpan().IndexOfAny("([{") > 0 && HiddenEmail().IsMatch(text));

    /// <summary>Whether a text has a telephone number in it.</summary>
    public static bool IsPhone(string text) => text.Length >= 8 && Phone().IsMatch(text);

    [GeneratedRegex(@"[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Email();

    // anna(at)example.se, anna [snabel-a] example.se.
    [GeneratedRegex(@"[\p{L}\p{N}._%+-]+ ?[(\[{](at|a|snabel-?a)[)\]}] ?[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex HiddenEmail();

    // +46 or 0046 with a number in any grouping; or 0, an area code, a separator, and five to eight digits in groups; or a mobile number
    // in one piece.
    [GeneratedRegex(
        @"(?<![\d-])(\+|00)46[ -]?(\(0\))?[ -]?\d{1,3}[ /-]?\d{2,4}([ -]?\d{2,3}){1,3}(?![\d-])"
            + @"|(?<![\p{L}\d.,-])0\d{1,3}[ /-](?=(\d[ -]?){5,8}(?!\d))\d{2,4}([ -]?\d{2,3}){1,3}(?![\d-])"
            + @"|(?<!\d)07\d{8}(?!\d)",
        RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Phone();
}
