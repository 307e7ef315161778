using System.Buffers;
using System.Text;

namespace Analys.Load.Formats;

/// <summary>How a file is to be read.</summary>
internal enum Reading
{
    /// <summary>Lines of text with a separator, or nothing that is known.</summary>
    Text,

    /// <summary>JSON, in one document.</summary>
    Json,

    /// <summary>JSON, one document a line.</summary>
    JsonLines,

    /// <summary>A PX file.</summary>
    Px,

    /// <summary>A workbook.</summary>
    Workbook,

    /// <summary>A statistics program's file.</summary>
    Records,

    /// <summary>One file packed by zip.</summary>
    Zip,

    /// <summary>One file packed by gzip.</summary>
    Gzip,

    /// <summary>None that is read here: the kind says what to do.</summary>
    Other,
}

/// <summary>What a file is, told by its first bytes; its name only where they do not tell.</summary>
/// <param name="Reading">How it is read.</param>
/// <param name="What">What it is, in words; null where it is read.</param>
/// <param name="WayOut">What to do instead.</param>
internal sealed record FileKind(Reading Reading, string? What = null, string? WayOut = null)
{
    /// <summary>How many bytes of the beginning tell.</summary>
    public const int Sample = 4096;

    private static readonly SearchValues<char> RuleSigns = SearchValues.Create("|-: \r\t");

    private const string AskForTable = "ask for the table as CSV or Excel";

    // How scripts of SQL begin; a name of a column may be one of the words, but not with what follows.
    private static readonly string[] Statements =
        ["CREATE TABLE ", "CREATE DATABASE ", "INSERT INTO ", "DROP TABLE ", "SELECT * ", "BEGIN TRANSACTION", "SET NAMES ",
            "-- MySQL dump", "-- PostgreSQL database dump", "--\n-- PostgreSQL", "PRAGMA "];

    private static readonly (byte[] Start, string What, string WayOut)[] Known =
    [
        ([.. "%PDF-"u8], "a PDF", "ask for the table behind it as CSV or Excel; copied tables lose their columns"),
        ([.. "%!PS"u8], "a PostScript page", AskForTable),
        ([0x89, .. "PNG"u8], "an image (PNG)", AskForTable),
        ([0xFF, 0xD8, 0xFF], "an image (JPEG)", AskForTable),
        ([.. "GIF8"u8], "an image (GIF)", AskForTable),
        ([.. "II*\0"u8], "an image (TIFF)", AskForTable),
        ([.. "MM\0*"u8], "an image (TIFF)", AskForTable),
        ([.. "RIFF"u8], "a picture, sound or film", AskForTable),
        ([.. "{\\rtf"u8], "a text document (RTF)", AskForTable),
        ([.. "BZh"u8], "packed by bzip2", "unpack it first"),
        ([0xFD, .. "7zXZ"u8], "packed by xz", "unpack it first"),
        ([0x28, 0xB5, 0x2F, 0xFD], "packed by Zstandard", "unpack it first"),
        ([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], "packed by 7-Zip", "unpack it first"),
        ([.. "Rar!"u8], "packed by RAR", "unpack it first"),
        ([.. "ARROW1"u8], "an Arrow file (Feather)", "write it as Parquet or CSV"),
        ([.. "FEA1"u8], "an old Feather file", "write it as Parquet or CSV"),
        ([.. "ORC"u8], "an ORC file", "write it as Parquet or CSV"),
        ([0x89, .. "HDF"u8], "an HDF5 file (MATLAB, h5)", "write it as Parquet or CSV"),
        ([.. "RDX"u8], "data of R (.RData)", "write it with write.csv or haven::write_dta"),
        ([.. "X\n\0\0"u8], "data of R (.rds)", "write it with write.csv or haven::write_dta"),
        ([.. "HEADER RECORD*******LIB"u8], "a SAS transport file (.xpt)", "write it as sas7bdat or CSV"),
        ([0, 1, 0, 0, .. "Standard "u8], "an Access database", "export the table as CSV"),
        ([0, 0, 0x27, 0x0A], "a shapefile: geometry, not a table", "give it to --geometry"),
        ([.. "MZ"u8, 0x90], "a program", AskForTable),
        ([0x7F, .. "ELF"u8], "a program", AskForTable),
        ([.. "SQLite format 3\0"u8], "a SQLite database or GeoPackage",
            "give it as --source \"sqlite:FILE\" --table NAME, or as --geometry"),
        ([0x80, 0x04, 0x95], "data of Python (pickle)", "write it as Parquet or CSV"),
        ([0x93, .. "NUMPY"u8], "data of NumPy", "write it as CSV"),
    ];

    /// <summary>The kind of a file.</summary>
    /// <param name="start">Its first bytes, up to <see cref="Sample"/>.</param>
    /// <param name="name">Its name; a file of texts is told by its ending.</param>
    public static FileKind Of(ReadOnlySpan<byte> start, string name)
    {
        foreach (var (mark, what, wayOut) in Known)
        {
            if (start.StartsWith(mark)) return new FileKind(Reading.Other, what, wayOut);
        }

        // Behind a splash in several character sets.
        if (start[..Math.Min(start.Length, 400)].IndexOf("SPSS PORT FILE"u8) >= 0)
            return new FileKind(Reading.Other, "an SPSS portable file (.por)", "save it as .sav");
        if (start.Length >= 263 && start[257..].StartsWith("ustar"u8)) return new FileKind(Reading.Other, "an archive (tar)",
            "unpack it first");
        var ending = Path.GetExtension(name).ToUpperInvariant();
        if (start is [0x1F, 0x8B, ..]) return new FileKind(Reading.Gzip);
        if (start.StartsWith("PK\x03\x04"u8) || start.StartsWith("PK\x05\x06"u8)) return OfZip(start, ending);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            return ending is ".DOC" or ".PPT" or ".MSG" or ".MDB"
                ? new FileKind(Reading.Other, "a document of old Office (.doc, .ppt, .msg)", AskForTable)
                : new FileKind(Reading.Workbook);
        }

        if (start.StartsWith("PAR1"u8) || start.StartsWith("$FL2"u8) || start.StartsWith("$FL3"u8) || start.StartsWith("<stata_dta>"u8)
            || Records.Sas.SasPages.IsMagic(start)) return new FileKind(Reading.Records);
        // The name decides where the first bytes do not: a damaged file is still one of its kind.
        return ending switch
        {
            ".DTA" or ".SAV" or ".ZSAV" or ".SAS7BDAT" or ".PARQUET" => new FileKind(Reading.Records),
            ".XLSX" or ".XLSM" or ".XLS" or ".XLSB" or ".ODS" =>
                start.IndexOf((byte)0) < 0 && OfText(start, ending) is { What: not null } text ? text : new FileKind(Reading.Workbook),
            ".GZ" => new FileKind(Reading.Gzip),
            ".ZIP" => new FileKind(Reading.Zip),
            ".PX" => OfText(start, ending) is { What: not null } page ? page : new FileKind(Reading.Px),
            ".JSON" => new FileKind(Reading.Json),
            ".NDJSON" or ".JSONL" => new FileKind(Reading.JsonLines),
            _ => OfText(start, ending),
        };
    }

    private static FileKind OfZip(ReadOnlySpan<byte> start, string ending)
    {
        bool Names(ReadOnlySpan<byte> start, params ReadOnlySpan<string> parts)
        {
            foreach (var part in parts)
            {
                if (start.IndexOf(Encoding.ASCII.GetBytes(part)) >= 0) return true;
            }

            return false;
        }

        // A workbook packed once more, unpressed: the names in it are not the archive's own.
        var named = start.Length > 30 ? start[30..Math.Min(start.Length, 30 + start[26] + (start[27] << 8))] : [];
        if (Path.GetExtension(Encoding.UTF8.GetString(named)).ToUpperInvariant() is ".XLSX" or ".XLSM" or ".XLSB" or ".ODS" or ".ZIP")
            return new FileKind(Reading.Zip);
        if (ending is ".DOCX" or ".DOCM" or ".ODT" || Names(start, "word/", "opendocument.text")) return new FileKind(Reading.Other,
            "a text document (Word)", AskForTable);
        if (ending is ".PPTX" or ".ODP" || Names(start, "ppt/", "opendocument.presentation")) return new FileKind(Reading.Other,
            "slides (PowerPoint)", AskForTable);
        if (ending is ".XLSX" or ".XLSM" or ".XLSB" or ".ODS"
            || Names(start, "xl/", "opendocument.spreadsheet")) return new FileKind(Reading.Workbook);
        return new FileKind(Reading.Zip);
    }

    // Text that is a page or a document and no table.
    private static FileKind OfText(ReadOnlySpan<byte> start, string ending)
    {
        var text = start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? start[3..] : start;
        text = text.TrimStart(" \t\r\n"u8);
        if (text.Length == 0) return new FileKind(Reading.Text);
        var head = Encoding.Latin1.GetString(text[..Math.Min(text.Length, 512)]);
        bool Begins(string with) => head.StartsWith(with, StringComparison.OrdinalIgnoreCase);
        if (Begins("<!doctype html") || Begins("<html") || (Begins("<?xml") && head.Contains("<html", StringComparison.OrdinalIgnoreCase))
            || Begins("<head") || Begins("<body"))
        {
            return new FileKind(Reading.Other, "a web page, perhaps a log-in or an error that was saved",
                "open it in a browser, and fetch the data once more");
        }

        if (Begins("<table")) return new FileKind(Reading.Other, "a table of a web page (HTML)",
            "open it in Excel or LibreOffice and save it as CSV or a workbook");
        if (Begins("<?xml") || (Begins("<") && head.Contains("xmlns", StringComparison.Ordinal))) return new FileKind(Reading.Other,
            $"XML{Dialect(head)}", "export it as CSV, JSON or a workbook");
        if (Begins("MIME-Version") || Begins("Content-Type: multipart")) return new FileKind(Reading.Other, "a saved mail or web archive",
            AskForTable);
        if (IsMarkdown(head)) return new FileKind(Reading.Other, "a table in Markdown",
            "write it as CSV or a workbook: of the rules that draw it one would be a row of data");
        if (Statements.Any(Begins)) return new FileKind(Reading.Other, "a script of SQL",
            "run it in its database, and give that with --source, or write the table as CSV");
        if (Begins("BEGIN:VC")) return new FileKind(Reading.Other, "a calendar or an address book", AskForTable);
        if (Begins("{") || Begins("[{")) return IsJsonLines(text) ? new FileKind(Reading.JsonLines) : new FileKind(Reading.Json);
        if (ending is ".CSV" or ".TXT" or "" && (Begins("CHARSET=") || Begins("AXIS-VERSION="))) return new FileKind(Reading.Px);
        return new FileKind(Reading.Text);
    }

    // A line of cells between bars, and below it a rule of dashes, bars and colons alone.
    private static bool IsMarkdown(string head) => head.Split('\n') is [var names, var rule, ..]
        && names.Contains('|', StringComparison.Ordinal) && rule.Contains("--", StringComparison.Ordinal)
        && rule.Contains('|', StringComparison.Ordinal) && rule.AsSpan().IndexOfAnyExcept(RuleSigns) < 0;

    private static string Dialect(string head) => head switch
    {
        _ when head.Contains("<kml", StringComparison.Ordinal) => " (KML, geometry)",
        _ when head.Contains("opengis.net/gml", StringComparison.Ordinal) => " (GML, geometry)",
        _ when head.Contains("office:spreadsheet", StringComparison.Ordinal)
            || head.Contains("urn:schemas-microsoft-com:office:spreadsheet", StringComparison.Ordinal) => " (a workbook of 2003)",
        _ when head.Contains("sdmx", StringComparison.OrdinalIgnoreCase) => " (SDMX)",
        _ => "",
    };

    // One object closes on the first line, and another begins on the next.
    private static bool IsJsonLines(ReadOnlySpan<byte> text)
    {
        if (text[0] != (byte)'{') return false;
        var end = text.IndexOf((byte)'\n');
        if (end < 0) return false;
        var first = text[..end].TrimEnd(" \r"u8);
        var rest = text[end..].TrimStart(" \r\n"u8);
        return first.Length > 0 && first[^1] == (byte)'}' && rest.Length > 0 && rest[0] == (byte)'{';
    }
}
