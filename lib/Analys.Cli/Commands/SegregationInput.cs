using System.CommandLine;
using Analys.Load;
using Analys.Measure.Segregation;

namespace Analys.Cli.Commands;

/// <summary>The options of <c>analys segregation</c> that say where the counts stand.</summary>
internal sealed class SegregationInput
{
    private readonly Option<string> unit = new("--unit") { Description = "The column of the unit (area, school)", Required = true };
    private readonly Option<string?> group = new("--group") { Description = "Long table: the column of the group" };
    private readonly Option<string?> count = new("--count") { Description = "Long table: the column of the count" };
    private readonly Option<string[]> groups = CommonOptions.List("--groups", "Wide table: the columns of the groups, comma-separated; each is measured against the rest");
    private readonly Option<string?> total = new("--total") { Description = "Wide table: the column of all persons; without it the sum of the groups" };
    private readonly Option<string[]> within = CommonOptions.List("--within", "Columns of the areas that units lie in, the largest first: each area its own reference, and M and H within and between");

    private readonly Option<string[]> order = CommonOptions.List("--group-order", "Long table: the groups in their order, for the ordinal measures; by default the schema's categories, numbers in theirs, else as the file first has them (of a database: alphabetical)");

    public IEnumerable<Option> Options => [unit, group, count, groups, total, within, order];

    public string UnitOf(ParseResult call) => call.GetRequiredValue(unit);

    /// <summary>The columns that rows are divided by, and those that are added up.</summary>
    public (string[] Keys, string[] Sums) Columns(ParseResult call)
    {
        string[] columns = call.GetValue(groups) ?? [], areas = call.GetValue(within) ?? [];
        string? groupColumn = call.GetValue(group), countColumn = call.GetValue(count);
        if (new[] { UnitOf(call), groupColumn, countColumn, call.GetValue(total) }.Concat(columns).Concat(areas).OfType<string>().GroupBy(name => name).FirstOrDefault(named => named.Count() > 1) is { } twice)
        {
            throw new CallException($"The column {twice.Key} is named twice: the unit, the group, the count, the total and the areas are columns of their own.");
        }

        if (columns.Length > 0)
        {
            if (groupColumn is not null || countColumn is not null) throw new CallException("Give --groups for a wide table or --group and --count for a long one, not both.");
            if (call.GetValue(order) is { Length: > 0 }) throw new CallException("--group-order belongs to a long table; in a wide one the groups stand in the order of --groups.");
            return ([.. areas, UnitOf(call)], [.. columns, .. new[] { call.GetValue(total) }.OfType<string>()]);
        }

        if (groupColumn is null || countColumn is null) throw new CallException("Give --groups A,B for a wide table, or --group and --count for a long one.");
        if (call.GetValue(total) is not null) throw new CallException("--total belongs to a wide table; in a long one the total is the sum of the groups.");
        return ([.. areas, UnitOf(call), groupColumn], [countColumn]);
    }

    /// <summary>The counts that a call names.</summary>
    public NestedCounts Counts(ParseResult call, Extract extract)
    {
        _ = Columns(call);
        string[] columns = call.GetValue(groups) ?? [], areas = call.GetValue(within) ?? [];
        return columns.Length > 0
            ? GroupCountsReader.Wide(extract, UnitOf(call), columns, call.GetValue(total), areas)
            : GroupCountsReader.Long(extract, UnitOf(call), call.GetValue(group)!, call.GetValue(count)!, areas, call.GetValue(order) is { Length: > 0 } given ? given : null);
    }
}
