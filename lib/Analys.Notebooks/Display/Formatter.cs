using System.Collections;

namespace Analys.Notebooks.Display;

/// <summary>Turns any value into what a notebook can show.</summary>
/// <remarks>
/// A type that brings its own formatters (<see cref="FormatterConvention"/>) is shown by them and by nothing else: a result that refuses
/// to show its numbers must not be shown by a look at its properties.
/// </remarks>
public static class Formatter
{
    /// <summary>The value in each MIME type that it offers.</summary>
    /// <param name="value">The value.</param>
    /// <param name="rowLimit">How many rows of a table are shown.</param>
    public static MimeBundle Format(object? value, int rowLimit = 100)
    {
        switch (value)
        {
            case null: return MimeBundle.OfText("null");
            case MimeBundle bundle: return bundle;
            case string text: return MimeBundle.OfText(text);
        }
        if (FormatterConvention.For(value.GetType()) is { } own) return own.Format(value);
        if (ValueText.IsPlain(value)) return MimeBundle.OfText(ValueText.Of(value));
        if (TableSource.ReaderOf(value) is { } reader)
        {
            // A reader that the cell made is the cell's own; one that was made here is closed here.
            try
            {
                return Table(TableData.Read(reader, rowLimit));
            }
            finally
            {
                if (!ReferenceEquals(reader, value)) reader.Dispose();
            }
        }
        if (value is IEnumerable sequence) return Table(TableData.Read(sequence, rowLimit));
        return Single(value);
    }

    private static MimeBundle Table(TableData table) => table.Columns.Count == 1 && table.Columns[0].Length == 0
        ? MimeBundle.Of(MimeBundle.Html, HtmlTable.List(table), TextTable.List(table))
        : MimeBundle.Of(MimeBundle.Html, HtmlTable.Write(table), TextTable.Write(table));

    private static MimeBundle Single(object value)
    {
        var columns = RecordColumns.Of(value.GetType());
        if (columns.Count == 0 || RecordColumns.HasOwnText(value.GetType())) return MimeBundle.OfText(ValueText.Of(value));
        var rows = columns.Select(column => new[] { column.Name, ValueText.Of(column.Read(value)) }).ToArray();
        var table = new TableData(["", "value"], rows, rows.Length, new bool[2]);
        var lines = rows.Select(row => $"{row[0]} = {row[1]}");
        return MimeBundle.Of(MimeBundle.Html, HtmlTable.Write(table), $"{value.GetType().Name} {{ {string.Join(", ", lines)} }}");
    }
}
