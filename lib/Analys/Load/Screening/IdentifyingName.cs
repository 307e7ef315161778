using Analys.Load.Schema;

namespace Analys.Load.Screening;

/// <summary>Columns that say by their own name that a direct identifier stands in them.</summary>
internal static class IdentifyingName
{
    private static readonly (string Kind, string[] Names)[] Kinds =
    [
        ("personal identity numbers", ["personnummer", "personnr", "pnr", "persnr", "samordningsnummer", "samnr", "ssn", "nationalid"]),
        ("names", ["förnamn", "fornamn", "efternamn", "tilltalsnamn", "mellannamn", "personnamn", "firstname", "lastname", "surname", "givenname", "familyname", "fullname"]),
        ("addresses", ["gatuadress", "bostadsadress", "folkbokföringsadress", "folkbokforingsadress", "postadress", "adress", "streetaddress", "street", "utdelningsadress"]),
        ("telephone numbers", ["telefon", "telefonnummer", "telefonnr", "mobil", "mobilnummer", "mobiltelefon", "phone", "phonenumber", "tel"]),
        ("e-mail addresses", ["epost", "epostadress", "email", "emailaddress", "mejl", "mail"]),
        ("property designations", ["fastighetsbeteckning", "fastighetsbet", "fastighet"]),
    ];

    private static readonly string[] Generic = ["namn", "name", "person", "barn", "elev", "klient", "sökande"];

    /// <summary>What the column's name promises; null where it promises nothing, or where the schema says what stands there.</summary>
    public static string? Of(Field field)
    {
        if (field.Role != Role.None) return null;
        var name = Bare(field.Name);
        foreach (var (kind, names) in Kinds) if (Array.IndexOf(names, name) >= 0) return kind;
        return null;
    }

    /// <summary>Whether the column's name would do for persons as for areas: its cells decide.</summary>
    public static bool IsGeneric(Field field) => field.Role == Role.None && Array.IndexOf(Generic, Bare(field.Name)) >= 0;

#pragma warning disable CA1308 // Names of columns are compared in lower case.
    private static string Bare(string name) => string.Concat(name.ToLowerInvariant().Where(char.IsLetter));
#pragma warning restore CA1308
}
