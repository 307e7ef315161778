using Analys.Load.Screening;

namespace Analys.Load.Csv;

/// <summary>Makes columns of what the blocks left in their targets; the result does not depend on which thread parsed which
/// block.</summary>
internal static class ColumnAssembly
{
    public static Column[] Assemble(CsvLayout layout, IReadOnlyList<ParsedBlock> blocks)
    {
        var rows = checked((int)blocks.Sum(block => (long)block.Rows));
        var shared = blocks[0].Targets;
        // Where every block stands in the shared arrays, gaps (header, blank rows) are closed in place; else everything is copied.
        var inPlace = blocks.All(block => ReferenceEquals(block.Targets, shared));
        var columns = new Column[layout.Columns.Count];
        Parallel.For(0, columns.Length, slot =>
        {
            var field = layout.Columns[slot].Field;
            var target = inPlace ? shared[slot] : new ColumnTarget(field, rows);
            Place(blocks, slot, target, field.IsNumeric);
            var marks = target.Marks;
            if (field.IsNumeric)
            {
                // The parser has looked at what stands in the file; of a scale the columns hold other numbers.
                columns[slot] = new NumberColumn(field, target.Numbers, rows, marks)
                {
                    Looks = field.Scale == 1 ? Looks(blocks, slot) : null,
                };
                return;
            }

            var names = new CodeMap(slot);
            columns[slot] =
                new TextColumn(field, target.Codes, names.Renumber(blocks, target.Codes), rows, marks) { HasTrimmed = names.HasTrimmed };
        });
        return columns;
    }

    /// <summary>What the numbers of a column look like, added up over blocks.</summary>
    public static NumberTally Looks(IReadOnlyList<ParsedBlock> blocks, int slot)
    {
        var tally = new NumberTally();
        foreach (var block in blocks) tally.Add(block.PersonalNumbers[slot]);
        return tally;
    }

    private static void Place(IReadOnlyList<ParsedBlock> blocks, int slot, ColumnTarget target, bool numeric)
    {
        var to = 0;
        foreach (var block in blocks)
        {
            var from = block.Targets[slot];
            if (!ReferenceEquals(from, target) || block.Offset != to)
            {
                if (numeric) from.Numbers.AsSpan(block.Offset, block.Rows).CopyTo(target.Numbers.AsSpan(to));
                else from.Codes.AsSpan(block.Offset, block.Rows).CopyTo(target.Codes.AsSpan(to));
                if (from.Marks is { } marks) marks.AsSpan(block.Offset, block.Rows).CopyTo(target.DemandMarks().AsSpan(to));
            }

            to += block.Rows;
        }
    }
}

/// <summary>Renumbers the codes of one text column: each thread numbered its own texts, the column numbers them in the order of its
/// rows.</summary>
internal sealed class CodeMap(int slot)
{
    private readonly Dictionary<string, int> byText = new(StringComparer.Ordinal);
    private readonly Dictionary<BlockParser, int[]> maps = [];
    private readonly List<string> categories = [];

    /// <summary>The texts numbered so far.</summary>
    public List<string> Categories => categories;

    /// <summary>Whether blanks around any text were left out.</summary>
    public bool HasTrimmed { get; private set; }

    /// <summary>The map from a parser's codes to the column's, up to and with this block. Blocks come in the order of the file.</summary>
    public int[] Map(ParsedBlock block)
    {
        var (from, to) = block.NewCodes[slot];
        var texts = block.Parser.Columns[slot];
        maps.TryGetValue(block.Parser, out var map);
        if (map is null || map.Length < to) Array.Resize(ref map, Math.Max(to, (map?.Length ?? 8) * 2));
        maps[block.Parser] = map;
        for (var code = from; code < to; code++)
        {
            if (texts.IsMarkText(code)) continue;
            // A name with a blank behind it is the same name: it would be another unit, and its people would stand apart.
            var text = texts.Texts[code];
            if (text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])) && text.Trim() is { Length: > 0 } trimmed)
            {
                text = trimmed;
                HasTrimmed = true;
            }

            if (!byText.TryGetValue(text, out var number))
            {
                byText[text] = number = categories.Count;
                categories.Add(text);
            }

            map[code] = number;
        }

        return map;
    }

    /// <summary>Renumbers codes that stand in one array, block after block.</summary>
    public string[] Renumber(IReadOnlyList<ParsedBlock> blocks, int[] codes)
    {
        var to = 0;
        foreach (var block in blocks)
        {
            var map = Map(block);
            Apply(map, codes.AsSpan(to, block.Rows));
            to += block.Rows;
        }

        return [.. categories];
    }

    /// <summary>Renumbers the codes of a block; −1 stays.</summary>
    public static void Apply(int[] map, Span<int> codes)
    {
        for (var i = 0; i < codes.Length; i++)
        {
            if (codes[i] is var code && code >= 0) codes[i] = map[code];
        }
    }
}
