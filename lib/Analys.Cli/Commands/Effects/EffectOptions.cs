using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Analys.Domain;
using Analys.Measure.Effects;
using Analys.Measure.Effects.Draws;
using Analys.Measure.Effects.Panel;

namespace Analys.Cli.Commands.Effects;

/// <summary>The options of an effect study: the same for the study and for its plan.</summary>
internal sealed class EffectOptions
{
    private readonly Option<string?> unit =
        new("--unit") { Description = "The column of the unit: a district, a person", HelpName = "COLUMN" };
    private readonly Option<string?> outcome = new("--outcome") { Description = "The column of the outcome", HelpName = "COLUMN" };
    private readonly Option<string?> time = new("--time") { Description = "Of a panel: the column of the period", HelpName = "COLUMN" };
    private readonly Option<string?> start = new("--start")
    {
        Description = "Of a panel: the column of the period from which the unit has the measure; empty cells for never",
        HelpName = "COLUMN",
    };

    private readonly Option<string?> treated =
        new("--treated") { Description = "Of persons seen once: the column that says who got the measure (0 or 1)", HelpName = "COLUMN" };
    private readonly Option<string?> cluster =
        new("--cluster")
        {
            Description = "The column of clusters coarser than the unit; alone it means --inference cluster",
            HelpName = "COLUMN"
        };
    private readonly Option<string?> weight = new("--weight") { Description = "The column of weights", HelpName = "COLUMN" };
    private readonly Option<string[]> covariates =
        CommonOptions.List("--covariates", "Columns from before the measure to compare like with like");
    private readonly Option<string?> comparison =
        new("--comparison")
        {
            Description = EffectMeasureOptions.Comparison.Description,
            HelpName = "never|not-yet"
        };
    private readonly Option<string[]> measures =
        CommonOptions.List("--measures", "Measure ids; all that the data allow without it. See analys measures");
    private readonly Option<string[]> inference =
        CommonOptions.List("--inference", EffectMeasureOptions.Inference.Description);

    private readonly Option<double> level = CommonOptions.Level(EffectMeasureOptions.Level.Description);
    private readonly Option<int?> replicates =
        new("--replicates") { Description = EffectMeasureOptions.Replicates.Description };
    private readonly Option<long> seed = CommonOptions.Seed(EffectMeasureOptions.Seed.Description);
    private readonly Option<string> weights = new("--weights")
    {
        Description = EffectMeasureOptions.Weights.Description,
        DefaultValueFactory = _ => "rademacher",
        HelpName = "rademacher|webb",
    };

    private readonly Option<double?> detect =
        CommonOptions.Number("--detect", EffectMeasureOptions.Detect.Description);
    private readonly Option<int> ratio =
        new("--ratio") { Description = EffectMeasureOptions.Ratio.Description, DefaultValueFactory = _ => 1 };
    private readonly Option<bool> replacement =
        new("--replacement") { Description = EffectMeasureOptions.Replacement.Description };
    private readonly Option<double?> caliper =
        CommonOptions.Number("--caliper", EffectMeasureOptions.Caliper.Description);
    private readonly Option<string[]> cutpoints =
        CommonOptions.List("--cutpoints", EffectMeasureOptions.Cutpoints.Description);
    private readonly Option<int> classes =
        new("--classes") { Description = EffectMeasureOptions.Classes.Description, DefaultValueFactory = _ => 6 };

    /// <summary>All options.</summary>
    public IEnumerable<Option> All =>
    [
        unit, outcome, time, start, treated, cluster, weight, covariates, comparison, measures, inference, weights, level, replicates,
            seed, detect,
            ratio, replacement, caliper, cutpoints, classes,
    ];

    /// <summary>Which column is what.</summary>
    /// <exception cref="CallException">The options do not say what kind of study it is.</exception>
    public EffectColumns Columns(ParseResult call)
    {
        EffectColumns columns = new()
        {
            Unit = call.GetValue(unit),
            Outcome = call.GetValue(outcome),
            Time = call.GetValue(time),
            Start = call.GetValue(start),
            Treated = call.GetValue(treated),
            Cluster = call.GetValue(cluster),
            Weight = call.GetValue(weight),
            Covariates = call.GetValue(covariates)!,
        };
        if (columns.Outcome is null) throw new CallException("Name the outcome: --outcome COLUMN.");
        if (columns.Treated is not null && (columns.Time is not null || columns.Start is not null))
            throw new CallException("Give --time and --start for a panel, or --treated for persons seen once, not both.");
        if (columns.Treated is null && (columns.Time is null || columns.Start is null))
            throw new CallException("Give --time and --start for a panel, or --treated for persons seen once.");
        if (columns.IsPanel && columns.Unit is null)
            throw new CallException("A panel needs --unit: the column that says whose rows belong together.");
        string?[] named = [columns.Unit, columns.Outcome, columns.Time, columns.Start, columns.Treated];
        if (named.OfType<string>().GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new CallException($"The column {twice.Key} cannot be two things at once.");
        if (columns.Covariates.Any(name => name == columns.Outcome || name == columns.Treated))
            throw new CallException("A covariate is from before the measure: neither the outcome nor who was treated.");
        return columns;
    }

    /// <summary>What is asked.</summary>
    /// <exception cref="CallException">An option has a value that it cannot have.</exception>
    public EffectCall Call(ParseResult call, bool panel)
    {
        string[] ids = [.. call.GetValue(measures)!.Where(id => id != "all")];
        if (ids.FirstOrDefault(id => !EffectMeasures.Has(id)) is { } unknown)
        {
            var known = string.Join(", ",
                EffectMeasures.All.Select(one => one.Id)
                .Where(id => EffectMeasures.Serves(id, panel) && !id.EndsWith("-p", StringComparison.Ordinal)));
            throw new CallException($"There is no measure {unknown}.{Nearest.Hint(unknown, known.Split(", "))} Measures are {known}.");
        }

        if (ids.FirstOrDefault(id => !EffectMeasures.Serves(id, panel)) is { } other)
            throw new CallException(panel ? $"{other} is for persons seen once: give --treated."
                : $"{other} is for a panel: give --time and --start.");
        if (call.GetValue(level) is not (>= 0.5 and < 1)) throw new CallException("--level is from 0.5 to below 1, such as 0.95.");
        if (call.GetValue(replicates) is < 99 or > 10_000_000) throw new CallException("--replicates is from 99 to 10000000.");
        if (call.GetValue(ratio) is < 1 or > 100) throw new CallException("--ratio is from 1 to 100.");
        if (call.GetValue(caliper) is <= 0) throw new CallException("--caliper is larger than 0.");
        if (call.GetValue(classes) is < 2 or > 100) throw new CallException("--classes is from 2 to 100.");
        ImmutableHashSet<EffectInference> kinds = [.. call.GetValue(inference)!.Select(Kind)];
        if (kinds.Contains(EffectInference.Cluster) && call.GetValue(cluster) is null)
            throw new CallException("--inference cluster needs --cluster COLUMN.");
        return new()
        {
            Measures = [.. ids],
            Inference = kinds,
            Comparison = Group(call.GetValue(comparison)),
            Level = call.GetValue(level),
            Replicates = call.GetValue(replicates),
            Seed = call.GetValue(seed),
            Weights = call.GetValue(weights) switch
            {
                "rademacher" => WildWeights.Rademacher,
                "webb" => WildWeights.Webb,
                _ => throw new CallException("--weights is rademacher or webb."),
            },
            Detect = call.GetValue(detect),
            Match = new(call.GetValue(ratio), call.GetValue(replacement), call.GetValue(caliper)),
            Cuts = Cuts(call.GetValue(cutpoints)!),
            Classes = call.GetValue(classes),
        };
    }

    private static EffectInference Kind(string text) =>
        Enum.GetValues<EffectInference>().Cast<EffectInference?>()
            .FirstOrDefault(kind => kind.ToString()!.Equals(text, StringComparison.OrdinalIgnoreCase))
        ?? throw new CallException("--inference is one or several of analytic, cluster, wild, randomisation, placebo.");

    private static ComparisonGroup Group(string? text) => text switch
    {
        null or "never" => ComparisonGroup.Never,
        "not-yet" => ComparisonGroup.NotYet,
        _ => throw new CallException("--comparison is never or not-yet."),
    };

    private static ImmutableDictionary<string, double[]> Cuts(string[] texts)
    {
        var cuts = ImmutableDictionary.CreateBuilder<string, double[]>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var at = text.LastIndexOf('=');
            var numbers = at <= 0 ? [] : text[(at + 1)..].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    && double.IsFinite(number) ? number : double.NaN).ToArray();
            if (numbers.Length == 0 || numbers.Any(double.IsNaN))
                throw new CallException("--cutpoints is written age=20;25;30,income=0.5;5000, with decimal points.");
            cuts[text[..at]] = numbers;
        }

        return cuts.ToImmutable();
    }
}
