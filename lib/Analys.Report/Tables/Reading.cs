using System.Globalization;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure.Indicators;
using Analys.Measure.Swedish;

namespace Analys.Report.Tables;

/// <summary>One thing that a table tells: a measure of one population, by area and period.</summary>
/// <param name="Input">The file.</param>
/// <param name="Title">What it is, for a heading.</param>
/// <param name="Results">The results: areas by name, the whole without area, sums of areas left out.</param>
/// <param name="Country">The results of the country, where the table holds it.</param>
internal sealed record Reading(TableInput Input, string Title, Results Results, Results Country)
{
    /// <summary>The formula of a measure of which the source's word is all that is known.</summary>
    public const string AsPublished = "as published";

    /// <summary>The measure.</summary>
    public Definition Measure => Results[0].Measure;

    /// <summary>Share, kronor or a number of persons.</summary>
    public string Unit => Results[0].Unit;

    /// <summary>Who is measured; null for everyone.</summary>
    public string? Population => PopulationText.Of(Results[0]);

    /// <summary>The periods in order of time; none where the table has none.</summary>
    public IReadOnlyList<string> Periods { get; } = [.. Results.Select(row => row.Period).OfType<string>().Distinct()
        .Order(PeriodOrder.InTime)];

    /// <summary>How many areas it tells of.</summary>
    public int AreaCount { get; } = Results.Select(row => row.Area).OfType<string>().Distinct().Count();

    /// <summary>Everything that a table tells, in the order of its columns; nothing of a register of persons.</summary>
    /// <param name="input">The table.</param>
    public static IReadOnlyList<Reading> Of(TableInput input)
    {
        if (input.Extract is not { } extract || IsRegister(extract)) return [];
        var values = extract.Columns.OfType<NumberColumn>().Where(column => column.Field.Role is Role.Rate or Role.Count or Role.Amount)
            .ToList();
        // Counts beside rates are what the rates are of.
        if (values.Exists(column => column.Field.Role == Role.Rate)) values.RemoveAll(column => column.Field.Role == Role.Count);
        // Counts by group are a question of segregation.
        if (extract.Columns.Any(column => column.Field.Role == Role.Group)) values.RemoveAll(column => column.Field.Role == Role.Count);
        // So are several counts beside one total, without years or ages to tell them apart.
        if (values.Count(column => column.Field is { Role: Role.Count, Period: null, Population: null }) >= 3
            && extract.Columns.Any(column => column.Field.Role == Role.Total)) values.RemoveAll(column => column.Field.Role == Role.Count);
        return [.. values.GroupBy(column => (column.Field.Role, column.Field.Population, column.Field.Unit, Stem: Stem(column)))
            .SelectMany(group => Long(input, extract, [.. group])).Where(reading => reading.Results.Any(row => row.Value.HasNumber))];
    }

    /// <summary>Whether rows are persons.</summary>
    public static bool IsRegister(Extract extract) => extract.Columns.Any(column =>
        column.Field.Role is Role.Person or Role.Household or Role.EquivalisedIncome or Role.DisposableIncome or Role.IncomeSupportMonths);

    // What is left of a column's name without its year tells columns of one measure from those of another.
    private static string Stem(Column column) => column.Field.Period is { } period
        ? column.Name.Replace(period, "", StringComparison.Ordinal) is { Length: > 0 } stem ? stem : "värde" : column.Name;

    private static IEnumerable<Reading> Long(TableInput input, Extract extract, List<NumberColumn> columns)
    {
        // Axes of a long table beside area and period: ages, sex, kinds.
        var axes = Axes(extract);
        var combinations = Enumerable.Range(0, extract.RowCount).Select(row => string.Join('\u001f', axes.Select(axis => axis.Codes[row])))
            .Distinct().ToList();
        // Everyone first, then the kinds in their order.
        foreach (var combination in combinations.OrderBy(text => axes.Zip(text.Split('\u001f')).Count(pair => int.Parse(pair.Second,
            CultureInfo.InvariantCulture) is >= 0 and var code && Everyone(pair.First.Categories[code]) is not null)).Take(40))
        {
            var names = axes.Zip(combination.Split('\u001f'), (axis, code) =>
                (axis, Code: axes.Count == 0 ? -1 : int.Parse(code, CultureInfo.InvariantCulture))).ToList();
            var population = names.Where(name => IsAges(name.axis) && name.Code >= 0)
                .Select(name => ColumnMeaning.Ages(name.axis.Categories[name.Code]) ?? Everyone(name.axis.Categories[name.Code]))
                .FirstOrDefault();
            // "Totalt" is no kind: it is everyone.
            var kinds = names.Where(name => !IsAges(name.axis) && name.Code >= 0).Select(name => name.axis.Categories[name.Code])
                .Where(kind => Everyone(kind) is not null).ToList();
            var definition = Define(input, extract, columns[0], kinds);
            var found = columns.SelectMany(column => Rows(extract, definition, column, population, row =>
                names.All(name => name.axis.Codes[row] == name.Code))).ToList();
            if (found.Count == 0) continue;
            var split = new RowNames(extract, input.File);
            var kept = found.Where(row => split.Of(row.Area) is RowNames.Kind.Area or RowNames.Kind.Whole)
                .Select(row => split.Of(row.Area) == RowNames.Kind.Whole ? row with { Area = null } : row).ToList();
            if (kept.Count == 0) continue;
            yield return new Reading(
                input, definition.Swedish, new Results(kept, extract.Confidentiality, input.Origins(extract.Provenance)
                    .With($"{definition.Id} as published")),
                new Results(found.Where(row => split.Of(row.Area) == RowNames.Kind.Country), extract.Confidentiality,
                    input.Origins(extract.Provenance)));
        }
    }

    // Columns with a role for kinds, and others of a few texts as far as they are needed to tell rows apart: a note or a level is none.
    private static List<TextColumn> Axes(Extract extract)
    {
        var axes = extract.Columns.OfType<TextColumn>().Where(column =>
            column.Field.Role is Role.Age or Role.Sex or Role.FamilyType or Role.Group or Role.Background or Role.Tenure or Role.Education)
            .ToList();
        foreach (var column in extract.Columns.OfType<TextColumn>().Where(column => column.Field.Role == Role.None
            && IsKind(extract, column)).OrderByDescending(IsAges))
        {
            if (Distinct(extract, axes) == extract.RowCount) break;
            if (Distinct(extract, [.. axes, column]) > Distinct(extract, axes)) axes.Add(column);
        }

        return axes;
    }

    private static int Distinct(Extract extract, List<TextColumn> axes)
    {
        Column[] all = [.. axes, .. extract.Columns.Where(column => column.Field.Role is Role.Area or Role.Period)];
        return Enumerable.Range(0, extract.RowCount).Select(row => string.Join('\u001f', all.Select(column => column.ValueAt(row))))
            .Distinct().Count();
    }

    // A few texts that return: a kind. Notes and sources are another text in nearly every row, or one for all.
    private static bool IsKind(Extract extract, TextColumn column) => column.Categories.Count is > 1 and <= 12
        && column.Categories.Count * 3 <= extract.RowCount
        && !column.HasMarks && column.Categories.All(category => category.Length <= 40);

    private static string? Everyone(string category) => ColumnMeaning.Plain(
        category) is "samtliga" or "alla" or "totalt" or "total" or "all" ? null : category;

    // Ages, whatever the column is called: most of its texts are spans.
    private static bool IsAges(TextColumn column) => column.Field.Role == Role.Age
        || column.Categories.Count(text => ColumnMeaning.Ages(text) is not null) * 2 > column.Categories.Count;

    private static IEnumerable<Result> Rows(Extract extract, Definition definition, NumberColumn column, string? population, Func<int,
        bool> where)
    {
        if (column.Field is { Role: Role.Rate, Decimals: not null }
            && extract.Find(Role.Count, column.Field.Period, column.Field.Population) is NumberColumn && extract.Find(Role.Period) is null)
        {
            // With the number behind a rounded percentage the share has an interval.
            var ages = column.Field.Population is { } span && char.IsAsciiDigit(span[0]) ? AgeSpan.Parse(span) : (AgeSpan?)null;
            if (ages is not null || column.Field.Population is null) return IncomeSupportShare.Of(extract, ages, column.Field.Period)
                .Select(row => row with { Measure = definition });
        }

        return Published.Of(extract, definition, column.Name, population, where);
    }

    private static Definition Define(TableInput input, Extract extract, NumberColumn column, List<string> kinds)
    {
        var title = extract.Schema.Title ?? "";
        var about = ColumnMeaning.Plain($"{title} {column.Field.Title} {input.File} {column.Name}");
        var share = column.Field.Role == Role.Rate;
        if (share && about.Contains("radda barnen", StringComparison.Ordinal) | about.Contains("radda-barnen",
            StringComparison.Ordinal)) return ChildPovertyIndex.Definition;
        if (share && kinds.Count == 0 && about.Contains("bistand", StringComparison.Ordinal)) return IncomeSupportShare.Definition;
        if (column.Field.Role == Role.Amount && about.Contains("mean_disp", StringComparison.Ordinal)) return Published.MeanHouseholdIncome;
        var name = MeasureName.Of(input, column, kinds);
        var unit = share ? Units.Share : column.Field.Role == Role.Count ? Units.Persons
            : column.Field.Unit is Units.Index or Units.Years ? column.Field.Unit : Units.Kronor;
        return new Definition(
            MeasureName.Id(name), name, name, AsPublished, unit, share ? ValueRange.Unit : ValueRange.Any,
            extract.Provenance.Sources.Select(source => source.Origin?.Title).OfType<string>().FirstOrDefault() ?? input.Statement?.Source
                ?? title.Trim() switch { "" => input.File, var text => text })
        {
            SwedishFormula = "enligt källan",
        };
    }
}

/// <summary>Who is measured, as a text that recipes and headings can name.</summary>
internal static class PopulationText
{
    /// <summary>Such as <c>0-17</c>; null for everyone.</summary>
    /// <param name="row">A result.</param>
    public static string? Of(Result row) => row.Population?.ToString() is { Length: > 0 } text ? text : null;
}
