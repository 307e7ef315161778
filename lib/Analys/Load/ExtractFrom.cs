using System.Collections;
using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Text;
using Analys.Load;
using Analys.Load.Schema;

namespace Analys;

/// <summary>Rows that come from code and not from a file: under the same schema, validation and screening as a file's.</summary>
public sealed partial class Extract
{
    /// <summary>The rows of a database reader.</summary>
    /// <param name="reader">The reader; it is read to its end and not closed.</param>
    /// <param name="schema">The schema. What it says of the form of a file (delimiter, encoding) does not matter here.</param>
    /// <param name="name">What provenance calls the rows.</param>
    /// <exception cref="ExtractRejectedException">The rows do not satisfy the schema, or hold identifiers.</exception>
    public static Extract From(DbDataReader reader, TableSchema schema, string name = "database")
    {
        ArgumentNullException.ThrowIfNull(reader);
        string[] header = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        return FromCells(header, Rows(), schema, name);

        IEnumerable<object?[]> Rows()
        {
            while (reader.Read())
            {
                var row = new object[header.Length];
                reader.GetValues(row);
                yield return row;
            }
        }
    }

    /// <summary>Records: the columns are the public properties, by their names.</summary>
    /// <param name="records">The records.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="name">What provenance calls the rows.</param>
    /// <exception cref="ExtractRejectedException">The rows do not satisfy the schema, or hold identifiers.</exception>
    public static Extract From<T>(IEnumerable<T> records, TableSchema schema, string name = "records")
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(records);
        PropertyInfo[] members = [.. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(member => member.CanRead && member.GetIndexParameters().Length == 0)];
        return FromCells([.. members.Select(member => member.Name)],
            records.Select(record => members.Select(member => member.GetValue(record)).ToArray()), schema, name);
    }

    /// <summary>Published figures as records, which whoever calls this declares to be public: columns are the public properties, texts and
    /// numbers by their type.</summary>
    /// <param name="records">The records; anonymous types serve.</param>
    /// <param name="name">What provenance, and panels of indicators, call them.</param>
    /// <param name="sector">Of an indicator: its sector, such as <c>ekonomi</c>.</param>
    /// <param name="direction">Of an indicator: <c>higher-is-worse</c> or <c>lower-is-worse</c>.</param>
    /// <exception cref="ExtractRejectedException">A value does not satisfy its type, or the rows hold identifiers.</exception>
    public static Extract FromPublished<T>(IEnumerable<T> records, string name, string? sector = null, string? direction = null)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(name);
        static FieldType Kind(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
        {
            TypeCode.Boolean => FieldType.Boolean,
            >= TypeCode.SByte and <= TypeCode.UInt64 => FieldType.Integer,
            TypeCode.Single or TypeCode.Double or TypeCode.Decimal => FieldType.Number,
            _ => FieldType.String,
        };
        TableSchema schema = new()
        {
            Name = name,
            Title = name,
            Confidentiality = Confidentiality.Public,
            Sector = sector,
            Direction = direction,
            Fields = [.. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(member => member.CanRead && member.GetIndexParameters().Length == 0)
                .Select(member => new Field { Name = member.Name, Type = Kind(member.PropertyType) })],
        };
        return From(records, schema, name);
    }

    /// <summary>Cells in memory, as a file of them would be read.</summary>
    internal static Extract FromCells(IReadOnlyList<string> header, IEnumerable<object?[]> rows, TableSchema schema, string name)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Field?[] fields = [.. header.Select(schema.Find)];
        string[] missing =
            [.. fields.Select(field => (field?.MissingValues ?? schema.MissingValues)
                .FirstOrDefault(value => value.Mark == Mark.Missing)?.Value ?? "")];
        var texts = new List<string?[]> { header.ToArray<string?>() };
        foreach (var row in rows) texts.Add([.. row.Select((cell, i) => Text(cell, fields[i], missing[i]))]);
        var table = new RowTable(texts);
        var (extract, findings) = table.ToExtract(name,
            RowTable.Hash(Encoding.UTF8.GetBytes(string.Join('\n', texts.Select(row => string.Join('\u001f', row))))), schema);
        return extract ?? throw new ExtractRejectedException(name, findings);
    }

    // A value that is typed already is written as the schema expects it in a file; a text goes as it is.
    private static string Text(object? cell, Field? field, string missing) => cell switch
    {
        null or DBNull => missing,
        double.NaN or float.NaN => missing,
        string text => text,
        bool flag => field is { Type: FieldType.Boolean } ? (flag ? field.TrueValues : field.FalseValues)[0] : flag ? "true" : "false",
        DateTime date => date.ToString(date.TimeOfDay == TimeSpan.Zero && field?.Type != FieldType.DateTime ? "yyyy-MM-dd"
            : "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        float number => Number(number.ToString("R", CultureInfo.InvariantCulture), number, field),
        double number => Number(number.ToString("R", CultureInfo.InvariantCulture), number, field),
        decimal number => Number(number.ToString(CultureInfo.InvariantCulture), (double)number, field),
        IFormattable number and (sbyte or byte or short or ushort or int or uint or long or ulong) =>
            Number(number.ToString(null, CultureInfo.InvariantCulture), Convert.ToDouble(number, CultureInfo.InvariantCulture), field),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? missing,
    };

    // The schema multiplies what it reads; the numbers of code have their unit already.
    private static string Number(string text, double number, Field? field)
    {
        if (field is null || !field.IsNumeric) return text;
        if (field.Scale != 1) text = (number / field.Scale).ToString("R", CultureInfo.InvariantCulture);
        return field.DecimalChar == '.' ? text : text.Replace('.', field.DecimalChar);
    }
}

/// <summary>Reads an extract row by row, as a database would.</summary>
internal sealed class ExtractDataReader(Extract extract) : DbDataReader
{
    private int row = -1;

    // A notebook finds this by its name, and does not show the reader then.
    internal bool IsConfidential => extract.Confidentiality == Confidentiality.Confidential;

    public override int FieldCount => extract.Columns.Count;

    public override bool HasRows => extract.RowCount > 0;

    public override bool IsClosed => row >= extract.RowCount;

    public override int RecordsAffected => -1;

    public override int Depth => 0;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read() => ++row < extract.RowCount;

    public override bool NextResult() => false;

    public override string GetName(int ordinal) => extract.Columns[ordinal].Name;

    public override int GetOrdinal(string name)
    {
        for (var i = 0; i < FieldCount; i++)
        {
            if (GetName(i) == name) return i;
        }

        throw new ColumnNotFoundException($"There is no column {name}.");
    }

    public override Type GetFieldType(int ordinal) => extract.Columns[ordinal].ValueType;

    public override string GetDataTypeName(int ordinal) => GetFieldType(ordinal).Name;

    public override object GetValue(int ordinal) => extract.Columns[ordinal].ValueAt(row) ?? DBNull.Value;

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++) values[i] = GetValue(i);
        return count;
    }

    public override bool IsDBNull(int ordinal) => extract.Columns[ordinal].MarkAt(row) != Mark.None;

    public override bool GetBoolean(int ordinal) => Convert.ToBoolean(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override byte GetByte(int ordinal) => Convert.ToByte(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override char GetChar(int ordinal) => Convert.ToChar(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override DateTime GetDateTime(int ordinal) => Convert.ToDateTime(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override decimal GetDecimal(int ordinal) => Convert.ToDecimal(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override double GetDouble(int ordinal) => Convert.ToDouble(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override float GetFloat(int ordinal) => Convert.ToSingle(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override Guid GetGuid(int ordinal) => Guid.Parse(GetString(ordinal), CultureInfo.InvariantCulture);

    public override short GetInt16(int ordinal) => Convert.ToInt16(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override int GetInt32(int ordinal) => Convert.ToInt32(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override long GetInt64(int ordinal) => Convert.ToInt64(GetValue(ordinal), CultureInfo.InvariantCulture);

    public override string GetString(int ordinal) => Convert.ToString(GetValue(ordinal), CultureInfo.InvariantCulture)!;

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException("An extract has no binary columns.");

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length)
    {
        var text = GetString(ordinal).AsSpan((int)dataOffset);
        if (buffer is null) return text.Length;
        var count = Math.Min(length, text.Length);
        text[..count].CopyTo(buffer.AsSpan(bufferOffset));
        return count;
    }

    /// <summary>What DataTable.Load and bulk copies ask of the columns.</summary>
    public override DataTable GetSchemaTable()
    {
        var table = new DataTable("SchemaTable") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add(SchemaTableColumn.ColumnName, typeof(string));
        table.Columns.Add(SchemaTableColumn.ColumnOrdinal, typeof(int));
        table.Columns.Add(SchemaTableColumn.ColumnSize, typeof(int));
        table.Columns.Add(SchemaTableColumn.DataType, typeof(Type));
        table.Columns.Add(SchemaTableColumn.AllowDBNull, typeof(bool));
        for (var i = 0; i < FieldCount; i++) table.Rows.Add(GetName(i), i, -1, GetFieldType(i), extract.Columns[i].HasMarks);
        return table;
    }

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);
}
