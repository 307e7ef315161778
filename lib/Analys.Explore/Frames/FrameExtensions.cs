using System.Globalization;
using Analys.Explore.Frames;
using Analys.Load;
using Analys.Load.Schema;
using Microsoft.Data.Analysis;

namespace Analys;

/// <summary>Data frames of public extracts and released results, and extracts of data frames.</summary>
/// <remarks>
/// A frame is a bridge to other libraries. Its own GroupBy and Description are wrong where values are missing: use <c>Where</c>,
/// <c>With</c>, <c>Join</c> and
/// <c>GroupBy</c> of the extract. Marks (<c>..</c>, withheld, nil) become null on the way and do not come back.
/// </remarks>
public static class FrameExtensions
{
    /// <summary>The rows of a public extract as a data frame.</summary>
    /// <param name="extract">The extract.</param>
    /// <exception cref="InvalidOperationException">Individuals stand behind the rows, and the session was not declared secure.</exception>
    public static DataFrame ToDataFrame(this Extract extract)
    {
        ArgumentNullException.ThrowIfNull(extract);
        SecureSession.Demand(extract.Confidentiality);
        return new DataFrame(extract.Columns.Select(Copy));
    }

    /// <summary>Released results as a data frame: the columns of the record; a value that is withheld or undefined is null, <c>status</c>
    /// and <c>reason</c> say why.</summary>
    /// <param name="released">The results.</param>
    public static DataFrame ToDataFrame(this Released released)
    {
        ArgumentNullException.ThrowIfNull(released);
        return new DataFrame(
            Text("measure", result => result.Measure.Id), Text("area", result => result.Area), Text("period", result => result.Period),
            Text("population", result => result.Population?.ToString()), Text("group", result => result.Group),
            Text("reference", result => result.Reference),
            Text("parameters", result => string.Join("; ", result.Parameters.Select(pair => $"{pair.Key}={pair.Value}"))),
            Number("value", result => result.Value.HasNumber ? result.Value.Number : null),
            Number("standardError", result => result.StandardError),
            Number("lower", result => result.Lower), Number("upper", result => result.Upper), Text("unit", result => result.Unit),
            Number("n", result => result.N),
            Text("status", result => result.Value.Status.ToString().ToLowerInvariant()), Number("step", result => result.Step),
            Text("reason", result => result.Value.Reason));

        DataFrameColumn Number(string name, Func<Result, double?> value) =>
            FrameColumns.Numbers(name, released.Select(result => value(result) ?? double.NaN).ToArray());

        DataFrameColumn Text(string name, Func<Result, string?> value) =>
            new StringDataFrameColumn(name, released.Select(result => value(result)));
    }

    extension(Extract)
    {
        /// <summary>The rows of a data frame as an extract, validated and screened as a file's would be.</summary>
        /// <param name="frame">The frame.</param>
        /// <param name="schema">The schema; what it says of the form of a file does not matter here.</param>
        /// <param name="name">What provenance calls the rows.</param>
        /// <exception cref="ExtractRejectedException">The rows do not satisfy the schema, or hold identifiers.</exception>
        public static Extract From(DataFrame frame, TableSchema schema, string name = "frame")
        {
            ArgumentNullException.ThrowIfNull(frame);
            PlainColumn[] columns = [.. frame.Columns.Select(FrameColumns.Take)];
            return Extract.FromCells([.. columns.Select(column => column.Name)], Enumerable.Range(0, checked((int)frame.Rows.Count))
                .Select(row => columns.Select(column => Cell(column, row)).ToArray()), schema, name);
        }
    }

    private static object? Cell(PlainColumn column, int row) => column switch
    {
        { Codes: { } codes } => codes[row] < 0 ? null : column.Texts[codes[row]],
        { Kind: PlainKind.Boolean } => double.IsNaN(column.Numbers![row]) ? null : column.Numbers[row] != 0,
        { Kind: PlainKind.Integer } => double.IsNaN(column.Numbers![row])
            ? null : column.Numbers[row].ToString("F0", CultureInfo.InvariantCulture) is var whole
            && long.TryParse(whole, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number : column.Numbers[row],
        _ => double.IsNaN(column.Numbers![row]) ? null : column.Numbers[row],
    };

    private static DataFrameColumn Copy(Column column) => column switch
    {
        TextColumn texts => FrameColumns.Texts(texts.Name, texts.Codes, texts.Categories),
        NumberColumn { Field.Type: FieldType.Integer or FieldType.Year } numbers => FrameColumns.Integers(numbers.Name, numbers.Values),
        NumberColumn { Field.Type: FieldType.Boolean } numbers => FrameColumns.Booleans(numbers.Name, numbers.Values),
        var other => FrameColumns.Numbers(other.Name, ((NumberColumn)other).Values),
    };
}
