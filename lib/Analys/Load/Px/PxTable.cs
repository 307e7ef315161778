using System.Collections.Immutable;
using Analys.Load.Cubes;
using Analys.Load.Sources;

namespace Analys.Load.Px;

/// <summary>A PX file: its cube, all its keywords, and what was odd about it.</summary>
/// <remarks>
/// The format of Statistics Sweden and its sister offices (PX-file format specification, AXIS-VERSION 2013). The encoding is decided by
/// the bytes, whatever CHARSET and CODEPAGE say. Faults that do not touch the figures are findings; others refuse the file.
/// </remarks>
public sealed class PxTable : ICubeSource
{
    internal PxTable(ImmutableArray<PxKeyword> keywords, Cube cube, byte[] symbols, ImmutableArray<Finding> findings, string sha256)
    {
        Keywords = keywords;
        Cube = cube;
        SymbolCodes = symbols;
        Findings = findings;
        Sha256 = sha256;
    }

    /// <summary>All keywords but DATA, in the order of the file.</summary>
    public ImmutableArray<PxKeyword> Keywords { get; }

    /// <summary>The table in the file's main language.</summary>
    public Cube Cube { get; }

    /// <summary>What is wrong with the file without touching its figures.</summary>
    public ImmutableArray<Finding> Findings { get; }

    /// <summary>The SHA-256 of the file.</summary>
    public string Sha256 { get; }

    /// <summary>The main language; null where the file does not say.</summary>
    public string? Language => Find("LANGUAGE");

    /// <summary>All its languages.</summary>
    public IReadOnlyList<string> Languages => Keywords.FirstOrDefault(keyword => keyword.Name == "LANGUAGES") is { } several
        ? [.. several.Texts]
        : Language is { } one ? [one] : [];

    /// <summary>The symbol in each cell.</summary>
    public PxSymbol SymbolAt(int cell) => (PxSymbol)SymbolCodes[cell];

    internal byte[] SymbolCodes { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ExtractRejectedException">A fault touches the figures or what they mean.</exception>
    public static PxTable Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Parse(SourceReader.Bytes(path), Path.GetFileName(path));
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="file">The file's name, for findings.</param>
    /// <exception cref="ExtractRejectedException">A fault touches the figures or what they mean.</exception>
    public static PxTable Parse(ReadOnlySpan<byte> bytes, string file) => new PxReader(TextEncoding.Decode(bytes), file, RowTable.Hash(bytes)).Read();

    /// <summary>The text of a keyword without subkeys.</summary>
    /// <param name="name">The keyword.</param>
    /// <param name="language">A language other than the main one.</param>
    public string? Find(string name, string? language = null) =>
        Keywords.FirstOrDefault(keyword => keyword.Name == name && keyword.Language == language && keyword.Subkeys.IsEmpty)?.Text;

    /// <summary>The same table with the words of another of its languages; codes and figures are the same.</summary>
    /// <param name="language">The language, such as <c>sv</c>.</param>
    /// <exception cref="ArgumentException">The file does not have it; the message names those that it has.</exception>
    public PxTable In(string language)
    {
        if (language == Language) return this;
        if (!Languages.Contains(language)) throw new ArgumentException($"The languages are {string.Join(", ", Languages)}.", nameof(language));
        return new PxTable(Keywords, PxTranslation.Translate(this, language), SymbolCodes, Findings, Sha256);
    }
}

/// <summary>What stands in a cell of a PX file instead of a number.</summary>
public enum PxSymbol
{
    /// <summary>A number.</summary>
    None,

    /// <summary>One dot, DATASYMBOL1.</summary>
    Symbol1,

    /// <summary>Two dots, DATASYMBOL2.</summary>
    Symbol2,

    /// <summary>Three dots, DATASYMBOL3.</summary>
    Symbol3,

    /// <summary>Four dots, DATASYMBOL4.</summary>
    Symbol4,

    /// <summary>Five dots, DATASYMBOL5.</summary>
    Symbol5,

    /// <summary>Six dots, DATASYMBOL6.</summary>
    Symbol6,

    /// <summary>A dash, DATASYMBOLNIL.</summary>
    Nil,

    /// <summary>Seven dots, DATASYMBOLSUM: a sum over other symbols.</summary>
    Sum,

    /// <summary>Nothing: the file with keys has no row for the cell.</summary>
    Absent,
}
