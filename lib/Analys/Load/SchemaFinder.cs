namespace Analys.Load;

/// <summary>Which schema belongs to a file that was given without one.</summary>
internal static class SchemaFinder
{
    /// <summary>The file <c>NAME.schema.json</c> beside it, the schema of the data package beside it, or a shipped one of its name; null for none.</summary>
    public static TableSchema? Find(string path)
    {
        var stem = Path.Combine(Path.GetDirectoryName(path) ?? "", Path.GetFileNameWithoutExtension(path));
        if (File.Exists(stem + ".schema.json")) return TableSchema.Load(stem + ".schema.json");
        return DataPackage.FindSchema(path) ?? TableSchema.TryLoadShipped(Path.GetFileNameWithoutExtension(path));
    }
}
