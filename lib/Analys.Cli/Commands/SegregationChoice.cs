using System.CommandLine;
using Analys.Measure.Segregation;

namespace Analys.Cli.Commands;

/// <summary>Which measures a call asks for, and with which of their options.</summary>
internal sealed class SegregationChoice
{
    private readonly Option<string[]> measures = CommonOptions.List("--measures", "Measure ids, comma-separated, or all (default); one may carry options: atkinson:b=0.9");

    // Every option of a measure in the catalogue is an option of the command.
    private readonly Dictionary<string, Option<string?>> options = SegregationMeasures.All
        .SelectMany(measure => measure.Options).DistinctBy(option => option.Name)
        .ToDictionary(option => option.Name, option => new Option<string?>("--" + option.Name)
        {
            Description = option.Description + (option.Default is null ? "" : $" (default {option.Default})"),
        });

    public IEnumerable<Option> Options => [measures, .. options.Values];

    /// <summary>The measures, each with its options.</summary>
    public IReadOnlyList<(SegregationMeasure Measure, MeasureArguments Arguments)> Measures(ParseResult call, bool withGeography)
    {
        var arguments = MeasureArguments.None;
        foreach (var (name, option) in options)
        {
            if (call.GetValue(option) is { } value) arguments = arguments.With(name, value);
        }

        var chosen = new List<(SegregationMeasure, MeasureArguments)>();
        foreach (var asked in call.GetValue(measures) is { Length: > 0 } given ? given : ["all"])
        {
            if (asked == "all")
            {
                chosen.AddRange(SegregationMeasures.All.Where(measure => withGeography || !measure.NeedsGeography).Select(measure => (measure, arguments)));
                continue;
            }

            var parts = asked.Split(':', StringSplitOptions.TrimEntries);
            var found = SegregationMeasures.Find(parts[0]).ToList();
            if (found.Count == 0) throw new CallException($"There is no measure {parts[0]}. Measures are {string.Join(", ", SegregationMeasures.Ids)}.");
            var own = arguments;
            foreach (var part in parts.Skip(1))
            {
                var pair = part.Split('=', 2);
                if (pair.Length < 2 || !found.Any(measure => measure.Options.Any(option => option.Name == pair[0])))
                {
                    throw new CallException($"{parts[0]} has no option {pair[0]}. Write {parts[0]}:NAME=VALUE.");
                }

                own = own.With(pair[0], pair[1]);
            }

            chosen.AddRange(found.Select(measure => (measure, own)));
        }

        return chosen;
    }
}
