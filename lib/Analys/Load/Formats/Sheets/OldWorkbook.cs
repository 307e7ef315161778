using System.Globalization;
using Analys.Load.Formats.Records;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace Analys.Load.Formats.Sheets;

/// <summary>A workbook of Excel's binary formats (<c>.xls</c>, <c>.xlsb</c>).</summary>
/// <remarks>The package does not tell a cell with an error, or a formula without a stored value, from an empty one: both are read as
/// blank.</remarks>
internal sealed class OldWorkbook : IWorkbook
{
    private const long MaxCells = 50_000_000;
    private readonly List<(string Name, bool IsHidden)> sheets = [];
    private readonly IExcelDataReader reader;

    /// <summary>Reads the list of sheets.</summary>
    public OldWorkbook(Stream stream)
    {
        _ = TextEncoding.Windows1252;
        reader = Foreseen(() => ExcelReaderFactory.CreateReader(stream));
        Foreseen(() =>
        {
            do sheets.Add((reader.Name, reader.VisibleState != "visible"));
            while (reader.NextResult());
            reader.Reset();
            return 0;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, bool IsHidden)> Sheets => sheets;

    /// <inheritdoc/>
    public Sheet Read(int index) => Foreseen(() =>
    {
        reader.Reset();
        for (var i = 0; i < index; i++) reader.NextResult();
        var sheet = new Sheet([], [], [], 0);
        var texts = new CellTexts();
        var cells = new List<string>();
        var total = 0L;
        for (var row = 1; reader.Read(); row++)
        {
            cells.Clear();
            for (var column = 0; column < Math.Min(reader.FieldCount, 16_384); column++)
            {
                var text = Text(column);
                if (text.Length == 0) continue;
                while (cells.Count < column) cells.Add("");
                cells.Add(texts.Of(text));
            }

            if (cells.Count == 0) continue;
            if ((total += cells.Count) > MaxCells) throw new UnreadableFileException("a sheet of fewer than 50 million cells");
            sheet.Rows.Add(new SheetRow(row, [.. cells]));
        }

        foreach (var range in reader.MergeCells
            ?? []) sheet.Merged.Add(new MergedCells(range.FromRow + 1, range.ToRow + 1, range.FromColumn, range.ToColumn));
        return sheet;
    });

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private string Text(int column)
    {
        var (shape, width) = reader.GetNumberFormatString(column) is { } format ? CellFormats.Of(format) : default;
        return reader.GetValue(column) switch
        {
            null => "",
            double number => CellFormats.Text(number, shape, width, false),
            bool flag => flag ? "true" : "false",
            // A time of day stands on the calendar's day before the first.
            DateTime moment when shape == CellFormats.Shape.Time =>
                CellFormats.Text((moment - new DateTime(1899, 12, 31)).TotalDays is var days && days >= 0 ? days
                : (moment - new DateTime(1899, 12, 30)).TotalDays, shape, 0, false),
            DateTime moment =>
                moment.ToString(moment.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
            TimeSpan time => CellFormats.Text(time.TotalDays, CellFormats.Shape.Time, 0, false),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            var value => value.ToString()!.Replace('\n', ' ').Replace("\r", "", StringComparison.Ordinal).Trim(),
        };
    }

    // The reader throws what it happens to meet in a broken file; its message may hold a cell.
    private static T Foreseen<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is ExcelReaderException or InvalidDataException or System.Xml.XmlException or FormatException
            or ArgumentException or IndexOutOfRangeException or NullReferenceException or InvalidOperationException
            or OverflowException or NotSupportedException or KeyNotFoundException or EndOfStreamException or InvalidCastException)
        {
            throw new DamagedFileException("it cannot be read");
        }
    }
}
