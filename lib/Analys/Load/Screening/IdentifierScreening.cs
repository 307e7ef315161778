using Analys.Domain;
using Analys.Load.Schema;

namespace Analys.Load.Screening;

/// <summary>Refuses direct identifiers of persons in an extract; a message names the column, never what stands in it.</summary>
/// <remarks>
/// Personal identity, co-ordination and interim numbers, names, street and e-mail addresses, telephone numbers, property designations: by what
/// stands in the cells, and by what the column is called. A pseudonymous serial number (LopNr) is allowed where the schema gives it the role
/// person or household. Swedish: <i>direkt identifierande uppgifter</i>.
/// </remarks>
internal static class IdentifierScreening
{
    // By chance 1 in 10 of random ten-digit serials has a right check digit and 1 in 27 a possible date: 0.4 %.
    private const double ChanceShare = 0.02;
    private const string PersonalNumberExpected = "no personal identity or co-ordination numbers";

    /// <summary>The findings of a text column: every distinct text is looked at once.</summary>
    public static IEnumerable<Finding> Screen(TextColumn column, string file)
    {
        var field = column.Field;
        if (Serial(field))
        {
            var suspicious = column.Categories.Count(PersonalNumber.IsIn);
            if (suspicious > Math.Max(1, column.Categories.Count * ChanceShare)) yield return At(field, file, PersonalNumberExpected);
            yield break;
        }

        // The names of areas are looked up first: they are no one's, and some of them look like a person's.
        var texts = column.Categories.Where(text => !KnownAreas.Contains(text)).ToList();
        if (texts.Count == 0) yield break;
        if (texts.Exists(text => PersonalNumber.IsIn(text) || InterimNumber.IsIn(text))) yield return At(field, file, PersonalNumberExpected);
        if (texts.Exists(ContactDetails.IsEmail)) yield return At(field, file, "no e-mail addresses");
        if (texts.Exists(ContactDetails.IsPhone)) yield return At(field, file, "no telephone numbers");
        if (texts.Exists(Places.IsAddress)) yield return At(field, file, "no street or postal addresses");
        if (texts.Exists(Places.IsProperty)) yield return At(field, file, "no property designations");
        if (PersonNames.AreIn(column, texts)) yield return At(field, file, "no names of persons");
        else if (IdentifyingName.Of(field) is { } kind) yield return At(field, file, $"no column of {kind}");
    }

    /// <summary>The findings of a number column, from how many of its cells look like a personal number.</summary>
    public static IEnumerable<Finding> Screen(Field field, long suspicious, long rows, string file)
    {
        var allowed = Serial(field) ? Math.Max(1, rows * ChanceShare) : 0;
        if (suspicious > allowed) yield return At(field, file, PersonalNumberExpected);
        else if (rows > 0 && !Serial(field) && IdentifyingName.Of(field) is { } kind) yield return At(field, file, $"no column of {kind}");
    }

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
