using System.Text;
using Analys.Load.Screening;

namespace Analys.Load.Csv;

/// <summary>Parses the cells of one column, block after block.</summary>
internal sealed class ColumnParser
{
    private readonly Field field;
    private readonly int slot;
    private readonly CellCheck check;
    private readonly (byte[] Text, Mark Mark)[] marks;
    private readonly bool marksLookLikeNumbers;
    private readonly bool mustBeWhole;
    private readonly bool checkNumbers;
    private readonly TextInterner interner = new();
    private readonly List<(string Code, string Expected)?> textFindings = [];
    private double[] numbers = [];
    private int[] codes = [];
    private Mark[]? cellMarks;
    private int rows;
    private ParsedBlock block = null!;

    public ColumnParser(Field field, int index, TableSchema schema, int slot)
    {
        this.field = field;
        this.slot = slot;
        Index = index;
        check = new CellCheck(field);
        marks = [.. (field.MissingValues ?? schema.MissingValues).Select(missing => (Encoding.UTF8.GetBytes(missing.Value), missing.Mark))];
        marksLookLikeNumbers = marks.Any(mark => mark.Text.Length > 0 && (char.IsAsciiDigit((char)mark.Text[0]) || (mark.Text[0] == '-' && mark.Text.Length > 1)));
        mustBeWhole = field.Type is FieldType.Integer or FieldType.Year;
        checkNumbers = check.HasNumberConstraints;
    }

    /// <summary>The column in the file.</summary>
    public int Index { get; }

    /// <summary>The distinct texts by code.</summary>
    public IReadOnlyList<string> Texts => interner.Texts;

    public void Begin(ParsedBlock into)
    {
        block = into;
        rows = 0;
        cellMarks = null;
        if (field.IsNumeric) numbers = new double[Math.Max(1024, numbers.Length)];
        else codes = new int[Math.Max(1024, codes.Length)];
    }

    public void End()
    {
        if (field.IsNumeric) block.Numbers[slot] = numbers;
        else block.Codes[slot] = codes;
        block.Marks[slot] = cellMarks;
    }

    /// <summary>Adds a cell; <paramref name="present"/> is false where the row was too short.</summary>
    public void Add(ReadOnlySpan<byte> text, bool present, int record)
    {
        if (field.IsNumeric) AddNumber(text, present, record);
        else AddText(text, present, record);
        rows++;
    }

    private void AddNumber(ReadOnlySpan<byte> text, bool present, int record)
    {
        if (rows == numbers.Length) Array.Resize(ref numbers, rows * 2);
        if ((text.IsEmpty || marksLookLikeNumbers) && IsMark(text, present, record)) return;
        double value;
        if (field.Type == FieldType.Boolean ? TryBoolean(text, out value) : NumberText.TryParse(text, field, out value))
        {
            if ((text.Length is 10 or 12) && PersonalNumber.IsMatch(text)) block.PersonalNumbers[slot]++;
            if (mustBeWhole && !IsWhole(value)) Report(FindingCodes.Type, record, check.Expected);
            else if (checkNumbers && check.Broken(value) is { } broken) Report(FindingCodes.Constraint, record, broken);
            numbers[rows] = value;
            return;
        }

        if (!marksLookLikeNumbers && IsMark(text, present, record)) return;
        if (PersonalNumber.IsMatch(text)) block.PersonalNumbers[slot]++;
        Report(FindingCodes.Type, record, check.Expected);
        numbers[rows] = double.NaN;
    }

    private void AddText(ReadOnlySpan<byte> text, bool present, int record)
    {
        if (rows == codes.Length) Array.Resize(ref codes, rows * 2);
        if (marks.Length > 0 && IsMark(text, present, record)) return;
        var code = interner.Intern(text, out var isNew);
        if (isNew) textFindings.Add(check.Broken(interner.Texts[code]));
        if (textFindings[code] is { } broken) Report(broken.Code, record, broken.Expected);
        codes[rows] = code;
    }

    private bool IsMark(ReadOnlySpan<byte> text, bool present, int record)
    {
        foreach (var (known, mark) in marks)
        {
            if (!text.SequenceEqual(known)) continue;
            if (present && field.Constraints.Required) Report(FindingCodes.Constraint, record, "a value, since the field is required");
            SetMark(mark);
            return true;
        }

        if (present) return false;
        SetMark(Mark.Missing);
        return true;
    }

    private void SetMark(Mark mark)
    {
        var capacity = field.IsNumeric ? numbers.Length : codes.Length;
        if (cellMarks is null) cellMarks = new Mark[capacity];
        else if (cellMarks.Length < capacity) Array.Resize(ref cellMarks, capacity);
        cellMarks[rows] = mark;
        if (field.IsNumeric) numbers[rows] = double.NaN;
        else codes[rows] = -1;
    }

    private bool IsWhole(double value) => NumberText.IsWhole(value) && (field.Type != FieldType.Year || value is >= 0 and <= 9999);

    private bool TryBoolean(ReadOnlySpan<byte> text, out double value)
    {
        var word = Encoding.UTF8.GetString(text);
        value = field.TrueValues.Contains(word) ? 1 : 0;
        return value == 1 || field.FalseValues.Contains(word);
    }

    private void Report(string code, int record, string expected) =>
        block.Findings.Add(new RawFinding(code, record, field.Name, Index + 1, expected));
}
