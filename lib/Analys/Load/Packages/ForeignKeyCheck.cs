namespace Analys.Load.Packages;

/// <summary>Foreign keys: every combination that is there must occur in the other table.</summary>
internal static class ForeignKeyCheck
{
    public static IEnumerable<Finding> Check(DataResource resource, Extract? extract, IReadOnlyDictionary<string, (DataResource Resource, Extract? Extract)> tables)
    {
        foreach (var key in resource.Schema?.ForeignKeys ?? [])
        {
            var target = key.Resource is null ? (resource, extract) : tables.GetValueOrDefault(key.Resource);
            if (key.Resource is not null && !tables.ContainsKey(key.Resource))
            {
                yield return new Finding(FindingCodes.Package, resource.File, null, string.Join(", ", key.Fields), null, "a reference to a resource of the package");
                continue;
            }

            // A table that could not be read has its own findings.
            if (extract is null || target.Item2 is not { } other) continue;
            if (key.Reference.Any(name => !other.Has(name)) || key.Fields.Any(name => !extract.Has(name)))
            {
                yield return new Finding(FindingCodes.Package, resource.File, null, string.Join(", ", key.Fields), null, "a reference to fields that exist");
                continue;
            }

            var known = new HashSet<string>(StringComparer.Ordinal);
            for (var row = 0; row < other.RowCount; row++) known.Add(Key(other, key.Reference, row) ?? "");
            for (var row = 0; row < extract.RowCount; row++)
            {
                if (Key(extract, key.Fields, row) is { } value && !known.Contains(value))
                {
                    yield return new Finding(
                        FindingCodes.ForeignKey, resource.File, row + 1L + extract.Schema.Dialect.HeaderRow, string.Join(", ", key.Fields), null, $"a row of {key.Resource ?? resource.Name} with this key");
                }
            }
        }
    }

    // Null where a part is missing: an empty key points nowhere.
    private static string? Key(Extract extract, IEnumerable<string> names, int row)
    {
        var parts = names.Select(name => extract[name].ValueAt(row)).ToList();
        return parts.Any(part => part is null) ? null : string.Join('\u001F', parts.Select(part => Convert.ToString(part, System.Globalization.CultureInfo.InvariantCulture)));
    }
}
