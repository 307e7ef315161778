using System.CommandLine;
using Analys.Domain;
using Analys.Measure.Segregation;
using Analys.Measure.Segregation.Resampling;

namespace Analys.Cli.Commands;

/// <summary>The options of <c>analys segregation</c> that ask for intervals and tests.</summary>
internal sealed class SegregationResampling
{
    private readonly Option<int?> replicates = new("--replicates") { Description = "Bootstrap replicates: standard error, interval and bias (999 where only --null is given)" };
    private readonly Option<long> seed = new("--seed") { Description = "The seed of every random procedure", DefaultValueFactory = _ => 1 };
    private readonly Option<double> level = new("--level") { Description = "The coverage of intervals", DefaultValueFactory = _ => 0.95 };
    private readonly Option<string> interval = new("--interval") { Description = "basic (freed from the bias of resampling) or percentile", DefaultValueFactory = _ => "basic" };
    private readonly Option<string?> model = new("--null") { Description = "Test against independence (both margins fixed), persons (the same, by shuffled persons) or geographic (units shuffled over positions)" };
    private readonly Option<string?> tail = new("--tail") { Description = "greater, less or two-sided; by default what the measure itself says" };

    public SegregationResampling()
    {
        interval.AcceptOnlyFromAmong("basic", "percentile");
        model.AcceptOnlyFromAmong("independence", "persons", "geographic");
        tail.AcceptOnlyFromAmong("greater", "less", "two-sided");
    }

    public IEnumerable<Option> Options => [replicates, seed, level, interval, model, tail];

    /// <summary>What a call asks for.</summary>
    public Plan Of(ParseResult call, bool pairs, CancellationToken cancel)
    {
        var number = call.GetValue(replicates);
        if (number is < 2 or > 1_000_000) throw new CallException("--replicates must be from 2 to 1000000.");
        var coverage = call.GetValue(level);
        if (coverage is not (> 0 and < 1)) throw new CallException("--level must be above 0 and below 1.");
        NullModel? nullModel = call.GetValue(model) switch
        {
            null => null,
            "independence" => NullModel.Independence,
            "persons" => NullModel.Persons,
            _ => NullModel.Geographic,
        };
        return new Plan(number is not null, nullModel, new ResamplingOptions
        {
            Replicates = number ?? 999,
            Seed = call.GetValue(seed),
            Level = coverage,
            Interval = call.GetValue(interval) == "percentile" ? IntervalKind.Percentile : IntervalKind.Basic,
            Tail = call.GetValue(tail) switch { null => null, "greater" => Tail.Greater, "less" => Tail.Less, _ => Tail.TwoSided },
            Pairs = pairs,
            Cancel = cancel,
        });
    }

    /// <summary>How figures are computed: alone, with a bootstrap, against a null model.</summary>
    internal sealed record Plan(bool Bootstrap, NullModel? Null, ResamplingOptions Options)
    {
        public Results Run(IReadOnlyList<SegregationMeasure> ready, GroupCounts counts)
        {
            var arguments = MeasureArguments.None with { Pairs = Options.Pairs };
            var results = new Results([], counts.Confidentiality, counts.Provenance);
            List<SegregationMeasure> resampled = [.. ready.Where(measure => !measure.PointOnly)];
            foreach (var measure in ready.Where(measure => !Bootstrap || measure.PointOnly)) results = results.Concat((measure with { Configure = null }).Of(counts, arguments));
            if (Bootstrap) results = results.Concat(SegregationInference.Bootstrap(resampled, counts, Options));
            return Null is { } model ? results.Concat(SegregationInference.Test(resampled, counts, model, Options)) : results;
        }
    }
}
