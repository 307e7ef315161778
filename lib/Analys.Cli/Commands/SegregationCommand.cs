using System.Collections.Immutable;
using System.CommandLine;
using Analys.Load;
using Analys.Measure.Segregation;

namespace Analys.Cli.Commands;

/// <summary><c>analys segregation FILE</c>: segregation measures on counts by unit and group.</summary>
internal static class SegregationCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = CommonOptions.File();
        var schema = CommonOptions.Schema();
        var unit = new Option<string>("--unit") { Description = "The column of the unit (area, school)", Required = true };
        var group = new Option<string?>("--group") { Description = "Long table: the column of the group" };
        var count = new Option<string?>("--count") { Description = "Long table: the column of the count" };
        var groups = CommonOptions.List("--groups", "Wide table: the columns of the groups, comma-separated; each is measured against the rest");
        var total = new Option<string?>("--total") { Description = "Wide table: the column of all persons; without it the sum of the groups" };
        var measures = CommonOptions.List("--measures", "Measure ids, comma-separated, or all (default)");
        var policy = CommonOptions.PolicyName();
        var confidential = CommonOptions.Confidential();
        var format = CommonOptions.Format();
        var command = new Command("segregation", "Segregation of groups across units")
        {
            file, schema, unit, group, count, groups, total, measures, policy, confidential, format,
        };
        command.SetAction(call =>
        {
            var chosen = Choose(call.GetValue(measures) ?? []);
            var extract = CommonOptions.LoadExtract(call.GetRequiredValue(file), call.GetValue(schema));
            var counts = Counts(extract, call.GetRequiredValue(unit), call.GetValue(group), call.GetValue(count), call.GetValue(groups) ?? [], call.GetValue(total));
            var results = counts.Groups
                .SelectMany(name => chosen.Select(measure => measure.Of(counts, name)))
                .Aggregate((all, more) => all.Concat(more));
            terminal.Results(results.ReleaseAs(call.GetValue(policy), call.GetValue(confidential)), call.GetValue(format));
        });
        return command;
    }

    private static GroupCounts Counts(Extract extract, string unit, string? group, string? count, string[] groups, string? total)
    {
        if (groups.Length > 0)
        {
            if (group is not null || count is not null) throw new CallException("Give --groups for a wide table or --group and --count for a long one, not both.");
            return GroupCountsReader.Wide(extract, unit, groups, total);
        }

        if (group is null || count is null) throw new CallException("Give --groups A,B for a wide table, or --group and --count for a long one.");
        return GroupCountsReader.Long(extract, unit, group, count);
    }

    private static ImmutableArray<TwoGroupMeasure> Choose(string[] ids)
    {
        if (ids.Length == 0 || ids is ["all"]) return SegregationMeasures.TwoGroup;
        return [.. ids.Select(id => SegregationMeasures.TwoGroup.FirstOrDefault(measure => measure.Definition.Id == id)
            ?? throw new CallException($"There is no measure {id}. Measures are {string.Join(", ", SegregationMeasures.TwoGroup.Select(measure => measure.Definition.Id))}."))];
    }
}
