using Analys.Load.Screening;

namespace Analys.Load.Csv;

/// <summary>A finding whose row is counted from the start of its block.</summary>
internal readonly record struct RawFinding(string Code, int Record, string? Column, int? Field, string Expected);

/// <summary>What a block gave: where its rows stand in which targets, and what is wrong with them.</summary>
internal sealed class ParsedBlock(int index, BlockParser parser, ColumnTarget[] targets, int offset, int columns)
{
    /// <summary>More findings than this in one block are counted, not kept.</summary>
    public const int MaxFindings = 50_000;

    public int Index { get; } = index;

    /// <summary>Who parsed it: its texts are coded by that parser's interners.</summary>
    public BlockParser Parser { get; } = parser;

    /// <summary>Where its rows stand.</summary>
    public ColumnTarget[] Targets { get; private set; } = targets;

    /// <summary>Its first row in the targets.</summary>
    public int Offset { get; } = offset;

    /// <summary>Data rows.</summary>
    public int Rows { get; set; }

    /// <summary>Records, the header and blank ones included.</summary>
    public int Records { get; set; }

    /// <summary>The record where the footnotes begin; null where there are none.</summary>
    public int? FooterRecord { get; set; }

    /// <summary>A record after the footnotes that looks like data.</summary>
    public int? DataAfterFooter { get; set; }

    /// <summary>Records without any value, in order.</summary>
    public List<int> BlankRecords { get; } = [];

    /// <summary>Those of them that have separators: rows, not empty lines.</summary>
    public HashSet<int> EmptyRows { get; } = [];

    public List<RawFinding> Findings { get; } = [];

    /// <summary>Findings that were not kept.</summary>
    public long FindingsLeftOut { get; private set; }

    /// <summary>By column, the parser's codes that were new in this block: from the first, up to but not including the second.</summary>
    public (int From, int To)[] NewCodes { get; } = new (int, int)[columns];

    /// <summary>By column, how many numbers look like a personal number.</summary>
    public NumberTally[] PersonalNumbers { get; } = new NumberTally[columns];

    /// <summary>Whether a record is the last blank one so far.</summary>
    public bool IsBlank(int record) => BlankRecords.Count > 0 && BlankRecords[^1] == record;

    /// <summary>Lets go of the values, which somebody else has now.</summary>
    public void Forget() => Targets = [];

    public void Report(in RawFinding finding)
    {
        if (Findings.Count < MaxFindings) Findings.Add(finding);
        else FindingsLeftOut++;
    }
}
