using System.Collections.Immutable;
using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Report.Tables;

/// <summary>A file that was given to a report: an extract, or why it is none.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Extract">The extract; null where it was refused.</param>
/// <param name="Refusal">Table, column, rule and remedy in one line; null where it was read. Never a value.</param>
/// <param name="Guessed">Whether roles were guessed from names because no schema was found.</param>
/// <param name="Statement">The user's word that the table is published; null where a schema says what it is.</param>
internal sealed record TableInput(string File, Extract? Extract, string? Refusal, bool Guessed, PublicStatement? Statement)
{
    /// <summary>Whether the user's word that it is published was not believed.</summary>
    public bool Doubted { get; init; }

    /// <summary>The rule that the file breaks first; null where it was read, or is no table at all.</summary>
    public string? Rule { get; init; }

    /// <summary>The column in which it does; null for none.</summary>
    public string? Column { get; init; }

    private static readonly string[] Endings = [".csv", ".tsv", ".txt", ".px", ".xlsx", ".xls", ".json", ".parquet"];

    /// <summary>The provenance of figures from this table; what the user stated stands as the origin, and as a statement.</summary>
    /// <param name="provenance">The extract's own.</param>
    public Provenance Origins(Provenance provenance) => Statement is null
        ? provenance
        : (provenance with
        {
            Sources = [.. provenance.Sources.Select(source =>
            source with { Origin = source.Origin ?? new Origin(Title: Statement.Source, TableId: File) })]
        })
            .With($"{File} is a published table by the user's statement: {Statement.Source}");

    /// <summary>The files of the paths: a folder stands for those of its files that can hold a table.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="statement">The user's word for files without a schema.</param>
    /// <param name="rows">Which rows are meant, of the files that have the columns; null for all.</param>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    /// <exception cref="ColumnNotFoundException">No file has a column that the choice of rows names.</exception>
    public static IReadOnlyList<TableInput> Read(IEnumerable<string> paths, PublicStatement? statement, RowChoice? rows = null)
    {
        // Files know nothing of each other: they are read beside each other, and stand as they were named.
        var reading = paths.SelectMany(Files).Distinct(StringComparer.Ordinal).Select(path => Task.Run(() => Open(path, statement)))
            .ToArray();
        TableInput[] inputs = [.. reading.Select(task => task.GetAwaiter().GetResult())];
        return rows is null || rows.Conditions.IsEmpty ? inputs : Chosen(inputs, rows);
    }

    // A folder holds tables of several kinds: a condition is for those that have its column, and some table must.
    private static TableInput[] Chosen(TableInput[] inputs, RowChoice rows)
    {
        rows = rows.Among([.. inputs.SelectMany(input => input.Extract?.Columns.Select(column => column.Name) ?? [])]);
        if (rows.Conditions.FirstOrDefault(one => !inputs.Any(input => input.Extract?.Has(one.Field) == true)) is { } unknown)
            throw new ColumnNotFoundException($"No table has a column {unknown.Field}, which --where names.");
        return [.. inputs.Select(input => input.Extract is not { } extract ? input
            : input with { Extract = extract.Where(new RowChoice([.. rows.Conditions.Where(one => extract.Has(one.Field))])) })];
    }

    private static IEnumerable<string> Files(string path)
    {
        if (System.IO.File.Exists(path)) return [path];
        if (!Directory.Exists(path)) throw new FileNotFoundException(
            $"There is no file or folder {Path.GetFileName(Path.TrimEndingDirectorySeparator(path))}.");
        return Directory.GetFiles(path).Where(file => Endings.Contains(Path.GetExtension(file).ToLowerInvariant())
            && !IsAbout(Path.GetFileName(file))).Order(StringComparer.Ordinal);
    }

    // Schemas, packages and the records of a run stand beside data and are none.
    private static bool IsAbout(string name) => name.EndsWith(".schema.json", StringComparison.OrdinalIgnoreCase)
        || name.ToLowerInvariant() is "datapackage.json" or "manifest.json" or "readme.txt" or "lasmig.txt";

    private static TableInput Open(string path, PublicStatement? statement)
    {
        var file = Path.GetFileName(path);
        try
        {
            var schema = SchemaFinder.Find(path);
            if (schema is not null) return Checked(file, Extract.Load(path, schema), false, null);
            var bare = Extract.Load(path);
            var guessed = Guess(bare, file, statement);
            var extract = Extract.Load(path, guessed);
            return statement is not null && PublicStatement.Doubt(extract) is { } doubt
                ? new(file, null, $"{file}: --public is not believed: {doubt}. Give it a schema.", true, null) { Doubted = true }
                : Checked(file, extract, true, statement);
        }
        catch (ExtractRejectedException rejected)
        {
            var first = rejected.Findings[0];
            var more = rejected.Findings.Count > 1 ? $" ({rejected.Findings.Count} findings)" : "";
            var column = first.Column is null ? "" : $", column {first.Column}";
            return new(file, null, $"{file}{column}: {first.Code}, {first.Expected}{more}. See analys check {file}.", false, null)
            { Rule = first.Code, Column = first.Column };
        }
        catch (Exception e) when (e is SchemaException or SchemaNotFoundException or SheetNotFoundException or ColumnNotFoundException)
        {
            return new(file, null, $"{file}: {e.Message} See analys check {file}.", false, null);
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or NotSupportedException or ArgumentException)
        {
            // What others write of a file that they cannot read may quote it.
            return new(file, null, $"{file}: it cannot be read as a table. See analys check {file}.", false, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(file, null, $"{file}: cannot be read. Check that it is there and not open elsewhere.", false, null);
        }
    }

    private static TableInput Checked(string file, Extract extract, bool guessed, PublicStatement? statement) => extract.RowCount == 0
        ? new(file, null, $"{file}: has no rows. Choose the sheet or the file that holds the table.", guessed, null)
        : new(file, extract, null, guessed, statement);

    private static TableSchema Guess(Extract extract, string file, PublicStatement? statement)
    {
        var fields = extract.Columns.Select(column => ColumnMeaning.Of(column.Field, column is NumberColumn numbers ? Largest(numbers)
            : double.NaN)).ToList();
        // Where nothing is named as the area, the first column of texts is.
        if (fields.TrueForAll(field => field.Role != Role.Area) && fields.FindIndex(field =>
            field is { Role: Role.None, IsNumeric: false }) is >= 0 and var at)
        {
            fields[at] = fields[at] with { Role = Role.Area };
        }

        OneArea(extract, fields);
        // What a bare column of values holds is said by the file, or by the column that names the measures.
        var named = extract.Columns.OfType<TextColumn>().FirstOrDefault(column => ColumnMeaning.NamesMeasures(column.Name));
        var about = named is null ? $"{extract.Schema.Title} {Path.GetFileNameWithoutExtension(file)}"
            : string.Join(' ', named.Categories);
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i] is { Role: Role.None, IsNumeric: true } && ColumnMeaning.IsBare(fields[i].Name)
                && extract.Columns[i] is NumberColumn values)
                fields[i] = ColumnMeaning.OfValue(fields[i], about, Largest(values));
        }

        Numbers(extract, fields, about, statement);
        Dated(fields, $"{extract.Schema.Title} {Path.GetFileNameWithoutExtension(file)}");
        Groups(extract, fields);
        return extract.Schema with
        {
            Fields = [.. fields],
            Confidentiality = statement is null ? extract.Schema.Confidentiality : Confidentiality.Public,
        };
    }

    // Of a municipality's and its areas' columns the areas' is compared; the other says where they are.
    private static void OneArea(Extract extract, List<Field> fields)
    {
        var areas = fields.FindAll(field => field.Role == Role.Area && extract[field.Name] is TextColumn);
        if (areas.Count < 2) return;
        var finest = areas.MaxBy(field => ((TextColumn)extract[field.Name]).Categories.Count);
        foreach (var other in areas.Where(field => field != finest)) fields[fields.IndexOf(other)] = other with { Role = Role.None };
    }

    // Of a published table without shares, counts and amounts the other numbers are its figures: an index, years of life. Of any other
    // table they may be a register's.
    private static void Numbers(Extract extract, List<Field> fields, string about, PublicStatement? statement)
    {
        if (statement is null || fields.Exists(field => field.Role is Role.Rate or Role.Count or Role.Amount or Role.Total
            or Role.Person or Role.Household or Role.DisposableIncome or Role.EquivalisedIncome)) return;
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i] is { Role: Role.None, IsNumeric: true } && extract.Columns[i] is NumberColumn
                && !ColumnMeaning.IsCode(fields[i].Name))
                fields[i] = ColumnMeaning.OfNumber(fields[i], about);
        }
    }

    // Figures of a table of which only the title or the file says the year.
    private static void Dated(List<Field> fields, string about)
    {
        if (fields.Exists(field => field.Role == Role.Period || field.Period is not null) || ColumnMeaning.OnlyYear(about) is not { } year)
            return;
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].Role is Role.Rate or Role.Count or Role.Amount or Role.Total) fields[i] = fields[i] with { Period = year };
        }
    }

    // Counts by area and one more column of a few texts that return: counts by group, a question of segregation.
    private static void Groups(Extract extract, List<Field> fields)
    {
        if (!fields.Exists(field => field.Role == Role.Count) || fields.Exists(field => field.Role is Role.Rate or Role.Amount or Role.Group
            or Role.Background)) return;
        var kinds = fields.FindAll(field => field is { Role: Role.None, IsNumeric: false } && extract[field.Name] is TextColumn text
            && text.Categories.Count is > 1 and <= 30 && text.Categories.Count * 2 <= extract.RowCount
            && text.Categories.All(category => ColumnMeaning.Ages(category) is null));
        if (kinds is [var only]) fields[fields.IndexOf(only)] = only with { Role = Role.Group };
    }

    private static double Largest(NumberColumn column)
    {
        var largest = double.NaN;
        foreach (var value in column.Values)
        {
            if (!double.IsNaN(value) && !(value <= largest)) largest = value;
        }

        return largest;
    }
}
