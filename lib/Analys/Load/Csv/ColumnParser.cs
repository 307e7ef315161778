using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Analys.Load.Schema;
using Analys.Load.Screening;
using Analys.Load.Undescribed;

namespace Analys.Load.Csv;

/// <summary>Parses the cells of one column, block after block.</summary>
internal sealed unsafe class ColumnParser
{
    private readonly Field field;
    private readonly int slot;
    private readonly CellCheck check;
    private readonly (byte[] Text, Mark Mark)[] marks;
    private readonly bool slowNumbers;
    private readonly bool mustBeWhole;
    private readonly bool checkNumbers;
    private readonly bool checkWhole;
    private readonly byte point;
    private readonly double scale;
    private readonly TextInterner interner = new();
    private readonly List<(string Code, string Expected)?> textFindings = [];
    private readonly List<Mark> textMarks = [];
    private bool anyBroken;
    private double[] numbers = [];
    private int[] codes = [];
    private ColumnTarget target = null!;
    private int offset;
    private ParsedBlock block = null!;

    public ColumnParser(Field field, int index, TableSchema schema, int slot)
    {
        this.field = field;
        this.slot = slot;
        Index = index;
        IsNumeric = field.IsNumeric;
        check = new CellCheck(field);
        marks = [.. (field.MissingValues ?? schema.MissingValues).Select(missing => (Encoding.UTF8.GetBytes(missing.Value), missing.Mark))];
        var marksLookLikeNumbers = marks.Any(mark => mark.Text.Length > 0 && mark.Text.Any(b => char.IsAsciiDigit((char)b)));
        slowNumbers = marksLookLikeNumbers || field.Type == FieldType.Boolean || field.DecimalChar > 127;
        mustBeWhole = field.Type is FieldType.Integer or FieldType.Year;
        checkNumbers = check.HasNumberConstraints || mustBeWhole;
        // Digits alone are a whole number: nothing but a constraint or the span of years can be broken.
        checkWhole = check.HasNumberConstraints || field.Type == FieldType.Year;
        point = (byte)field.DecimalChar;
        scale = field.Scale;
    }

    /// <summary>The column in the file.</summary>
    public int Index { get; }

    /// <summary>Whether its values are kept as numbers.</summary>
    public bool IsNumeric { get; }

    /// <summary>The distinct texts by code.</summary>
    public IReadOnlyList<string> Texts => interner.Texts;

    /// <summary>Whether a text stands for a mark, and is no category.</summary>
    public bool IsMarkText(int code) => textMarks[code] != Mark.None;

    public void Begin(ParsedBlock into)
    {
        block = into;
        target = into.Targets[slot];
        offset = into.Offset;
        numbers = target.Numbers;
        codes = target.Codes;
    }

    /// <summary>Reads the number at <paramref name="p"/>; gives the separator or break behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public byte* ReadNumber(byte* p, byte separator, int record, int row)
    {
        var start = p;
        if (!slowNumbers)
        {
            var negative = *p == (byte)'-';
            if (negative) p++;
            ulong mantissa = 0;
            var first = p;
            uint digit;
            while ((digit = (uint)(*p - '0')) <= 9)
            {
                mantissa = (mantissa * 10) + digit;
                p++;
            }

            var digits = (int)(p - first);
            var decimals = 0;
            if (digits > 0 && *p == point && point != separator)
            {
                var fraction = ++p;
                while ((digit = (uint)(*p - '0')) <= 9)
                {
                    mantissa = (mantissa * 10) + digit;
                    p++;
                }

                decimals = (int)(p - fraction);
                digits = decimals == 0 ? 0 : digits + decimals;
            }

            if ((uint)(digits - 1) < NumberText.ExactDigits && (*p == separator || *p is (byte)'\n' or (byte)'\r'))
            {
                var value = decimals == 0 ? (long)mantissa : (long)mantissa / NumberText.Powers[decimals];
                if (negative) value = -value;
                numbers[offset + row] = value * scale;
                if (decimals == 0 && !checkWhole)
                {
                    if (!negative && mantissa >= PersonalNumber.Least) block.PersonalNumbers[slot].Add((long)mantissa);
                }
                else if (checkNumbers || value >= PersonalNumber.Least)
                {
                    CheckNumber(value, record);
                }

                return p;
            }
        }

        p = Cells.End(start, separator);
        AddNumber(new ReadOnlySpan<byte>(start, (int)(p - start)), true, record, row);
        return p;
    }

    /// <summary>Reads the text at <paramref name="p"/>; gives the separator or break behind it.</summary>
    public byte* ReadText(byte* p, byte separator, int record, int row)
    {
        var end = Cells.End(p, separator);
        AddText(new ReadOnlySpan<byte>(p, (int)(end - p)), true, record, row);
        return end;
    }

    /// <summary>Adds a cell; <paramref name="present"/> is false where the row was too short.</summary>
    public void Add(ReadOnlySpan<byte> text, bool present, int record, int row)
    {
        if (IsNumeric) AddNumber(text, present, record, row);
        else AddText(text, present, record, row);
    }

    /// <summary>Whether a cell could stand in this column: a number or a mark in a number column, anything in a text column.</summary>
    public bool Accepts(ReadOnlySpan<byte> text) => !IsNumeric || FindMark(text) is not null || NumberText.TryParse(text, field, out _);

    private void AddNumber(ReadOnlySpan<byte> text, bool present, int record, int row)
    {
        if (!present || FindMark(text) is not null)
        {
            SetMark(present ? FindMark(text)!.Value : Mark.Missing, present, record, row);
            return;
        }

        double value;
        if (field.Type == FieldType.Boolean ? TryBoolean(text, out value) : NumberText.TryParse(text, field, out value))
        {
            numbers[offset + row] = value * scale;
            CheckNumber(value, record);
            return;
        }

        if (!Utf8.IsValid(text)) throw new NotUtf8Exception();
        block.PersonalNumbers[slot].Add(Encoding.UTF8.GetString(text));
        Report(FindingCodes.Type, record, check.Expected);
        numbers[offset + row] = double.NaN;
    }

    private void CheckNumber(double value, int record)
    {
        block.PersonalNumbers[slot].Add(value);
        if (mustBeWhole && !IsWhole(value)) Report(FindingCodes.Type, record, check.Expected);
        else if (checkNumbers && check.Broken(value) is { } broken) Report(FindingCodes.Constraint, record, broken);
    }

    private void AddText(ReadOnlySpan<byte> text, bool present, int record, int row)
    {
        if (!present)
        {
            SetMark(Mark.Missing, present, record, row);
            return;
        }

        var code = interner.Intern(text);
        if (code == textFindings.Count) SeeText(text, code);
        if (anyBroken && textFindings[code] is { } broken) Report(broken.Code, record, broken.Expected);
        if (textMarks[code] is var mark && mark != Mark.None) SetMark(mark, present, record, row);
        else codes[offset + row] = code;
    }

    private void SeeText(ReadOnlySpan<byte> text, int code)
    {
        if (!Utf8.IsValid(text)) throw new NotUtf8Exception();
        var mark = FindMark(text);
        var broken = mark is null ? check.Broken(interner.Texts[code]) : null;
        anyBroken |= broken is not null;
        textFindings.Add(broken);
        textMarks.Add(mark ?? Mark.None);
    }

    private Mark? FindMark(ReadOnlySpan<byte> text)
    {
        foreach (var (known, mark) in marks)
        {
            if (text.SequenceEqual(known)) return mark;
        }

        return null;
    }

    private void SetMark(Mark mark, bool present, int record, int row)
    {
        if (present && field.Constraints.Required) Report(FindingCodes.Constraint, record, "a value, since the field is required");
        target.DemandMarks()[offset + row] = mark;
        if (IsNumeric) numbers[offset + row] = double.NaN;
        else codes[offset + row] = -1;
    }

    private bool IsWhole(double value) => NumberText.IsWhole(value) && (field.Type != FieldType.Year || value is >= 0 and <= 9999);

    private bool TryBoolean(ReadOnlySpan<byte> text, out double value)
    {
        var word = Encoding.UTF8.GetString(text);
        value = field.TrueValues.Contains(word) ? 1 : 0;
        return value == 1 || field.FalseValues.Contains(word);
    }

    private void Report(string code, int record, string expected) =>
        block.Report(new RawFinding(code, record, field.Name, Index + 1, expected));
}

/// <summary>The bytes are not UTF-8: the file is read again as Windows-1252.</summary>
internal sealed class NotUtf8Exception() : Exception("The bytes are not UTF-8.");

/// <summary>Gives each distinct text of a column a number, in the order of first appearance, from UTF-8 bytes without a string
/// each.</summary>
/// <remarks>An open-addressing table over one array of bytes: a column of codes costs a hash of at most a few words and one comparison a
/// cell.</remarks>
internal sealed class TextInterner
{
    private readonly List<string> texts = [];
    private Entry[] table = new Entry[64];
    private byte[] bytes = new byte[1024];
    private int used;
    private int lastStart;
    private int lastLength = -1;
    private int lastCode;

    /// <summary>The distinct texts, by code.</summary>
    public IReadOnlyList<string> Texts => texts;

    /// <summary>The code of a text; a new text has the count of those before it.</summary>
    public int Intern(ReadOnlySpan<byte> text)
    {
        // Registers are sorted by area or household: the text above is the likeliest.
        if (text.Length == lastLength && text.SequenceEqual(bytes.AsSpan(lastStart, lastLength))) return lastCode;
        var hash = Hash(text);
        var mask = table.Length - 1;
        for (var at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            ref var entry = ref table[at];
            if (entry.Length == 0) return Add(text, hash, at);
            if (entry.Hash == hash && entry.Length == text.Length + 1 && text.SequenceEqual(bytes.AsSpan(entry.Start, text.Length)))
            {
                (lastStart, lastLength, lastCode) = (entry.Start, text.Length, entry.Code);
                return entry.Code;
            }
        }
    }

    private int Add(ReadOnlySpan<byte> text, uint hash, int at)
    {
        var code = texts.Count;
        if (used + text.Length > bytes.Length) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, used + text.Length));
        text.CopyTo(bytes.AsSpan(used));
        table[at] = new Entry(hash, used, text.Length + 1, code);
        (lastStart, lastLength, lastCode) = (used, text.Length, code);
        used += text.Length;
        texts.Add(Encoding.UTF8.GetString(text));
        if (texts.Count * 2 > table.Length) Grow();
        return code;
    }

    private void Grow()
    {
        var larger = new Entry[table.Length * 4];
        foreach (var entry in table)
        {
            if (entry.Length == 0) continue;
            var at = (int)entry.Hash & (larger.Length - 1);
            while (larger[at].Length != 0) at = (at + 1) & (larger.Length - 1);
            larger[at] = entry;
        }

        table = larger;
    }

    private static uint Hash(ReadOnlySpan<byte> text)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        var length = text.Length;
        ulong hash = (ulong)length * 0x9E3779B97F4A7C15UL;
        if (length >= 8)
        {
            for (var i = 0; i + 8 < length; i += 8) hash = Mix(hash ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, i)));
            hash = Mix(hash ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, length - 8)));
        }
        else if (length >= 4)
        {
            hash = Mix(hash ^ Unsafe.ReadUnaligned<uint>(
                ref start) ^ ((ulong)Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, length - 4)) << 32));
        }
        else
        {
            foreach (var b in text) hash = (hash ^ b) * 0x9E3779B97F4A7C15UL;
            hash = Mix(hash);
        }

        return (uint)(hash >> 32);
    }

    private static ulong Mix(ulong value)
    {
        value *= 0xD6E8FEB86659FD93UL;
        return value ^ (value >> 32);
    }

    private readonly record struct Entry(uint Hash, int Start, int Length, int Code);
}
