namespace Analys.Load.Csv;

/// <summary>Puts the columns of all blocks together; the result does not depend on which thread parsed which block.</summary>
internal static class ColumnAssembly
{
    public static Column[] Assemble(CsvLayout layout, IReadOnlyList<ParsedBlock> blocks)
    {
        var offsets = new int[blocks.Count + 1];
        for (var i = 0; i < blocks.Count; i++) offsets[i + 1] = checked(offsets[i] + blocks[i].Rows);
        var columns = new Column[layout.Columns.Count];
        Parallel.For(0, columns.Length, slot => columns[slot] = Assemble(layout.Columns[slot].Field, slot, blocks, offsets));
        return columns;
    }

    private static Column Assemble(Field field, int slot, IReadOnlyList<ParsedBlock> blocks, int[] offsets)
    {
        var marks = blocks.Any(block => block.Marks[slot] is not null) ? new Mark[offsets[^1]] : null;
        for (var i = 0; i < blocks.Count && marks is not null; i++)
        {
            if (blocks[i].Marks[slot] is { } part) part.AsSpan(0, Math.Min(part.Length, blocks[i].Rows)).CopyTo(marks.AsSpan(offsets[i]));
        }

        if (field.IsNumeric)
        {
            var values = GC.AllocateUninitializedArray<double>(offsets[^1]);
            for (var i = 0; i < blocks.Count; i++)
            {
                blocks[i].Numbers[slot].AsSpan(0, blocks[i].Rows).CopyTo(values.AsSpan(offsets[i]));
                blocks[i].Numbers[slot] = null;
            }

            return new NumberColumn(field, values, marks);
        }

        var codes = GC.AllocateUninitializedArray<int>(offsets[^1]);
        var categories = new List<string>();
        var byText = new Dictionary<string, int>(StringComparer.Ordinal);
        // Each thread numbered its own texts; renumber them in the order of the rows.
        var renumber = new Dictionary<BlockParser, int[]>();
        for (var i = 0; i < blocks.Count; i++)
        {
            var parser = blocks[i].Parser;
            if (!renumber.TryGetValue(parser, out var map))
            {
                renumber[parser] = map = new int[parser.Columns[slot].Texts.Count];
                Array.Fill(map, -1);
            }

            var texts = parser.Columns[slot].Texts;
            var from = blocks[i].Codes[slot].AsSpan(0, blocks[i].Rows);
            var to = codes.AsSpan(offsets[i], from.Length);
            for (var row = 0; row < from.Length; row++)
            {
                var code = from[row];
                if (code >= 0 && map[code] is var known && known >= 0)
                {
                    to[row] = known;
                    continue;
                }

                to[row] = code < 0 ? -1 : map[code] = Number(texts[code]);
            }

            blocks[i].Codes[slot] = null;
        }

        return new TextColumn(field, codes, [.. categories], marks);

        int Number(string text)
        {
            if (byText.TryGetValue(text, out var code)) return code;
            byText[text] = code = categories.Count;
            categories.Add(text);
            return code;
        }
    }
}
