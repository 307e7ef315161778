using System.Globalization;
using System.Text;
using Analys.Load.Schema;

namespace Analys.Load.Screening;

/// <summary>Columns that say by their own name that a direct identifier stands in them.</summary>
/// <remarks>A name is read as words (pnr_barn, PnrBarn, "Pnr (barn)" are two each), without marks over letters; long words are also
/// found within longer ones.</remarks>
internal static class IdentifyingName
{
    // Words that tell by themselves; and beginnings long enough to tell within a compound (barnetspersonnummer, gatuadr1).
    private static readonly (string Kind, string[] Words, string[] Within)[] Kinds =
    [
        ("personal identity numbers",
            ["pnr", "pnummer", "persnr", "samnr", "ssn", "persid", "pn"],
            ["personnummer", "personnr", "persnr", "personnum", "samordningsn", "fodelsenum", "fodelsenr", "civicnumber", "nationalid",
                "nationalidentity", "personalid", "personalnumber", "socialsecurity", "identitetsnummer", "personidentitet"]),
        ("names",
            ["fnamn", "enamn", "fnamnet", "fname", "lname", "forename", "surname"],
            ["fornamn", "efternamn", "tilltalsnamn", "mellannamn", "personnamn", "firstname", "lastname", "surname", "givenname",
                "familyname", "fullname", "middlename", "maidenname", "smeknamn"]),
        ("addresses",
            ["adr", "adress", "address", "street", "gata", "coadress", "co", "lghnr"],
            ["gatuadr", "bostadsadr", "hemadr", "postadr", "besoksadr", "folkbokforingsadr", "utdelningsadr", "boendeadr", "streetadd",
                "homeadd", "lagenhetsnummer", "adressrad", "addressline"]),
        ("telephone numbers",
            ["telefon", "tfn", "tel", "telnr", "mobil", "mobile", "mobilnr", "phone", "cellphone", "hemtelefon", "telefonnr"],
            ["telefonnummer", "telefonnr", "mobilnummer", "mobilnr", "mobiltel", "phonenumber", "telnummer", "phoneno"]),
        ("e-mail addresses",
            ["epost", "email", "mejl", "mail", "emejl", "epostadr"],
            ["epostadr", "emailadd", "mejladr", "mailadr"]),
        ("property designations",
            ["fastighet", "fastbet", "fastighetsbeteckning"],
            ["fastighetsbet", "propertydesignation"]),
    ];

    // Words of two letters are too short to tell beside others.
    private static readonly string[] OnlyAlone = ["co", "pn", "gata", "street", "mail", "tel", "mobil", "mobile", "phone",
        "address"];

    private static readonly string[] Generic = ["namn", "name", "person", "barn", "elev", "klient", "sokande", "brukare",
        "vardnadshavare", "mor", "far", "mamma", "pappa", "foralder", "child", "pupil", "client", "mother", "father", "guardian"];

    // Whose name it is; with "namn" beside or behind it, or in the genitive.
    private static readonly string[] Persons = ["person", "barn", "barnet", "elev", "eleven", "klient", "klienten", "sokande",
        "brukare", "brukaren",
        "patient", "vardnadshavare", "mor", "moder", "modern", "far", "fader", "fadern", "mamma", "pappa", "foralder", "syskon",
            "child", "pupil",
        "student", "client", "mother", "father", "guardian", "parent"];

    // Before these a name or a number is that of a thing.
    private static readonly string[] OfThings = ["antal", "andel", "number", "share", "count", "typ", "type", "har", "has", "ar", "is"];

    /// <summary>What the column's name promises; null where it promises nothing, or where the schema says what stands there.</summary>
    public static string? Of(Field field) => field.Role != Role.None ? null : Of(field.Name);

    /// <summary>What a name promises: of a column, a key, a sheet.</summary>
    public static string? Of(string name)
    {
        var words = Words(name);
        if (words.Count == 0 || (words.Count > 1 && Array.IndexOf(OfThings, words[0]) >= 0)) return null;
        var bare = string.Concat(words);
        if (IsPersonsName(words)) return "names";
        foreach (var (kind, alone, within) in Kinds)
        {
            if (Array.IndexOf(alone, bare) >= 0 || Array.Exists(within, word => bare.Contains(word, StringComparison.Ordinal))) return kind;
            foreach (var word in words)
            {
                if (Array.IndexOf(OnlyAlone, word) >= 0 ? IsGenericBeside(words, word) && Array.IndexOf(alone, word) >= 0
                    : Array.IndexOf(alone, word) >= 0) return kind;
            }
        }

        return null;
    }

    /// <summary>Whether the column's name would do for persons as for areas: its cells decide.</summary>
    public static bool IsGeneric(Field field)
    {
        if (field.Role != Role.None) return false;
        var words = Words(field.Name);
        return words.Count > 0 && words.TrueForAll(word => Array.IndexOf(Generic, word) >= 0);
    }

    // elevnamn, moderns namn, Namn_barn.
    private static bool IsPersonsName(List<string> words) => words is [var one]
        ? one.EndsWith("namn", StringComparison.Ordinal) && Array.IndexOf(Persons, one[..^4].TrimEnd('s')) >= 0
        : words.Exists(word => word is "namn" or "name") && words.TrueForAll(word => word is "namn" or "name" or "s"
            || Array.IndexOf(Persons, word) >= 0 || Array.IndexOf(Persons, word.TrimEnd('s')) >= 0);

    // mobil_mamma is a telephone number, mobil_anvandning is not.
    private static bool IsGenericBeside(List<string> words, string one) => words.TrueForAll(word => word == one
        || Array.IndexOf(Generic, word) >= 0
        || word is "nr" or "nummer" or "privat" or "hem" or "arbete" or "home" or "work" or "private");

    private static List<string> Words(string name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var wasLower = false;
        // A letter with a mark is a letter and a mark apart: å is a here.
        foreach (var c in name.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            // e-post and c/o are one word.
            if (c is '-' or '/' && word.Length == 1) continue;
            if (!char.IsLetter(c) || (char.IsUpper(c) && wasLower)) End();
            if (char.IsLetter(c)) word.Append(char.ToLowerInvariant(c));
            wasLower = char.IsLower(c);
        }

        End();
        return words;

        void End()
        {
            if (word.Length > 0) words.Add(word.ToString());
            word.Clear();
        }
    }
}
