using System.Text;
using Analys.Load.Csv;
using CsvHelper;

namespace Analys.Load;

/// <summary>A first schema for a file that has none, from its first megabyte. It is confidential until somebody says otherwise.</summary>
internal static class SchemaInference
{
    // All of the first block: a register is often sorted, and its first thousand rows are then not like the rest.
    private const int Rows = 100_000;
    private static readonly MissingValue[] Marks =
        [new("", Mark.Missing), new("..", Mark.NotAvailable), new(".", Mark.NotApplicable), new("-", Mark.Nil), new("–", Mark.Nil), new("X", Mark.Suppressed), new("NA", Mark.Missing)];

    public static TableSchema Infer(CsvBlock block, string[] header, CsvReaderOptions options, int skip, string file)
    {
        var kinds = header.Select(name => new Guess()).ToArray();
        using var reader = CsvReader.Create(block.Bytes, options);
        for (var row = 0; reader.Read() && row < Rows + skip; row++)
        {
            // In a table of one column a row is no footnote for having only its first cell.
            if (row < skip || (header.Length > 1 && IsFootnote(reader))) continue;
            for (var i = 0; i < Math.Min(header.Length, reader.FieldCount); i++) kinds[i].See(reader.GetSpan(i));
        }

        // A column whose name is blank or repeated is reported by the header check; it needs no field.
        var fields = header.Select((name, i) => (name, i)).Where(pair => pair.name.Length > 0).DistinctBy(pair => pair.name)
            .Select(pair => kinds[pair.i].ToField(pair.name, options.Separator ?? ','));
        return new TableSchema
        {
            Name = Path.GetFileNameWithoutExtension(file),
            Fields = [.. fields],
            MissingValues = [.. Marks],
            Dialect = new Dialect(options.Separator, skip, Footer: true),
        };
    }

    private static bool IsFootnote(CsvReader reader)
    {
        for (var i = 1; i < reader.FieldCount; i++)
        {
            if (!reader.GetSpan(i).IsEmpty) return false;
        }

        return true;
    }

    private sealed class Guess
    {
        private static readonly Field Dot = new() { Name = "", Type = FieldType.Number };
        private static readonly Field Comma = new() { Name = "", Type = FieldType.Number, DecimalChar = ',', GroupChar = ' ' };
        private bool dot = true, comma = true, whole = true, leadingZero, any;

        public void See(ReadOnlySpan<byte> text)
        {
            if (IsMark(text)) return;
            any = true;
            leadingZero |= text.Length > 1 && text[0] == '0' && char.IsAsciiDigit((char)text[1]);
            dot = dot && NumberText.TryParse(text, Dot, out _);
            comma = comma && NumberText.TryParse(text, Comma, out _);
            whole = whole && (NumberText.TryParse(text, Dot, out var value) || NumberText.TryParse(text, Comma, out value)) && NumberText.IsWhole(value);
        }

        public Field ToField(string name, char separator)
        {
            // Codes with leading zeros (0180) are text.
            if (!any || leadingZero || !(dot || comma)) return new Field { Name = name, Type = FieldType.String };
            var type = whole ? FieldType.Integer : FieldType.Number;
            return dot
                ? new Field { Name = name, Type = type }
                : new Field { Name = name, Type = type, DecimalChar = separator == ',' ? '.' : ',', GroupChar = ' ' };
        }

        private static bool IsMark(ReadOnlySpan<byte> text)
        {
            foreach (var mark in Marks)
            {
                if (text.SequenceEqual(Encoding.UTF8.GetBytes(mark.Value))) return true;
            }

            return false;
        }
    }
}
