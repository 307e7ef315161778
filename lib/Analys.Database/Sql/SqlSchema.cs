using Analys.Load.Schema;

namespace Analys.Database.Sql;

/// <summary>The schema of a table: the given one, whose columns must be there, or names and types as the engine has them.</summary>
internal static class SqlSchema
{
    public static TableSchema Of(IReadOnlyList<(string Name, Type Type)> columns, TableSchema? given, string table)
    {
        if (given is null)
        {
            return new TableSchema
            {
                Name = table,
                Fields =
                [.. columns.Select(column => new Field { Name = column.Name, Type = TypeOf(column.Type) })]
            };
        }

        var names = columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var missing = given.Fields.Where(field => !names.Contains(field.Name)).Select(field => field.Name).ToArray();
        // A view need not have every column of the schema; one that is asked for and not there is then said to be missing.
        return missing.Length == 0 ? given : given with { Fields = [.. given.Fields.Where(field => names.Contains(field.Name))] };
    }

    private static FieldType TypeOf(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => FieldType.Boolean,
        TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Int64
            or TypeCode.UInt64 => FieldType.Integer,
        TypeCode.Single or TypeCode.Double or TypeCode.Decimal => FieldType.Number,
        _ => FieldType.String,
    };
}
