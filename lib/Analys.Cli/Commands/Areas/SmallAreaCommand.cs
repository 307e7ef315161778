using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Analys.Cli.Commands.Measure;
using Analys.Cli.Errors;
using Analys.Domain;
using Analys.Load.Geo;
using Analys.Measure.Areas;
using Analys.Measure.Areas.Study;
using Analys.Measure.Space;
using Analys.Measure.Study;

namespace Analys.Cli.Commands.Areas;

/// <summary><c>analys smallarea FILE</c>: direct estimates of areas borrow strength from what resembles them.</summary>
internal sealed class SmallAreaCommand
{
    private readonly AreaCall common;
    private readonly Option<string> area = AreaCall.Required("--area", "The column of areas");
    private readonly Option<string?> estimate =
        AreaCall.Optional("--estimate", "The column of direct estimates; with --unit-level of the outcome");
    private readonly Option<string?> variance = AreaCall.Optional("--variance", "The column of their sampling variances");
    private readonly Option<string[]> covariates =
        CommonOptions.List("--covariates", "Columns that explain the areas, comma-separated; an intercept is always there");
    private readonly Option<string> method = AreaCall.Choice(AreaOptions.VarianceMethod);
    private readonly Option<string?> count =
        AreaCall.Optional("--count", "The column of persons: weights of --benchmark, and what disclosure control counts");
    private readonly Option<string?> neighbours =
        new("--neighbours") { Description = AreaOptions.Neighbours.Description };
    private readonly Option<string?> geometry = new("--geometry")
    {
        Description = "The areas' polygons, neighbours by touching: the spatial model. GeoJSON, GeoPackage or shapefile, or the "
            + "shipped boundaries:sdo11 (sdo13, sdo14, stadsdel117)",
    };
    private readonly Option<string?> id =
        new("--id") { Description = "The property of --geometry that holds the areas' codes; by default that of --area, else id" };
    private readonly Option<string?> benchmark =
        new("--benchmark") { Description = AreaOptions.Benchmark.Description };
    private readonly Option<string> benchmarkBy = AreaCall.Choice(AreaOptions.BenchmarkBy);
    private readonly Option<bool> unitLevel =
        new("--unit-level") { Description = "A row is a person: Battese, Harter and Fuller's model of --estimate" };
    private readonly Option<string?> means =
        new("--population-means") { Description = "With --unit-level: a file with the covariates' means by area in the whole population" };
    private readonly Option<string?> fromPoverty = new("--from-poverty")
    {
        Description = "FILE holds persons: the direct estimates come from poverty with these options (in quotes), such as \"--line "
            + "median:60 --ages 0-17\"; only the model's results leave",
    };
    private readonly Option<string?> covariateFile =
        new("--covariate-file")
        {
            Description =
            "With --from-poverty: a file with the covariates by area; without it they are means of FILE's columns"
        };

    private SmallAreaCommand(Terminal terminal) => common =
        new AreaCall(terminal, "Direct estimates by area, or persons (--unit-level, --from-poverty)");

    public static Command Create(Terminal terminal)
    {
        var own = new SmallAreaCommand(terminal);
        return own.common.Command(
            "smallarea", "Small-area estimates (Fay-Herriot, spatial, unit level) with mean squared errors",
            [
                own.area, own.estimate, own.variance, own.covariates, own.method, own.count, own.neighbours, own.geometry, own.id,
                    own.benchmark, own.benchmarkBy,
                own.unitLevel, own.means, own.fromPoverty, own.covariateFile,
            ],
            own.Run);
    }

    private Results Run(ParseResult call)
    {
        var columns = call.GetValue(covariates) ?? [];
        if (columns.Distinct(StringComparer.Ordinal)
            .Count() < columns.Length) throw new CallException("--covariates names a column twice.");
        var extract = common.Load(call, call.GetValue(count));
        var name = call.GetRequiredValue(area);
        if (call.GetValue(unitLevel))
        {
            if (call.GetValue(fromPoverty) is not null) throw new CallException("--unit-level and --from-poverty exclude each other.");
            return UnitLevelStudy.Of(
                extract, name, call.GetValue(estimate)
                    ?? throw new CallException("--unit-level needs --estimate: the column of the outcome."), columns,
                call.GetValue(means) is { } path ? common.Load(path) : null, common.Level(call));
        }

        var terms = Terms(call, columns, extract);
        if (call.GetValue(fromPoverty) is { } options) return FromPoverty(call, terms, options, extract);
        if (terms.Estimate.Length == 0
            || terms.Variance.Length == 0) throw new CallException("Give --estimate and --variance, --from-poverty, or --unit-level.");
        return SmallAreaStudy.Of(extract, terms);
    }

    private SmallAreaTerms Terms(ParseResult call, string[] columns, Extract extract)
    {
        var asked = call.GetValue(benchmark);
        double? city = null;
        if (asked is not (null or "city"))
        {
            city = double.TryParse(asked, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                ? value
                : throw new CallException("--benchmark is city or a number.");
        }

        return new SmallAreaTerms(
            call.GetRequiredValue(area), call.GetValue(estimate) ?? "", call.GetValue(variance) ?? "", columns,
            Enum.Parse<VarianceMethod>(call.GetValue(method)!, ignoreCase: true))
        {
            Count = call.GetValue(count),
            Geography = Geography(call, extract),
            Benchmark = asked is not null,
            City = city,
            Ratio = call.GetValue(benchmarkBy) == "ratio",
            Level = common.Level(call),
        };
    }

    private UnitGeography? Geography(ParseResult call, Extract extract)
    {
        var (pairs, shapes) = (call.GetValue(neighbours), call.GetValue(geometry));
        if (pairs is null && shapes is null) return null;
        if (pairs is not null && shapes is not null) throw new CallException("Give --neighbours or --geometry, not both.");
        if (call.GetValue(method) != "reml") throw new CallException("The spatial model is fitted by reml.");
        var name = call.GetRequiredValue(area);
        if (shapes is not null)
        {
            var file = GeometryOption.Load(shapes);
            var field = call.GetValue(id) ?? GeometryOption.Field(file, name, UnitKeys.Of(extract[name]).OfType<string>());
            // Who is whose neighbour is the same in every plane: degrees are projected unasked.
            return GeographyReader.FromGeoJson(file, field, file.CouldBeDegrees ? CoordinateReference.Parse("EPSG:3006") : null);
        }

        string[] units = [.. UnitKeys.Of(extract[name]).OfType<string>().Distinct(StringComparer.Ordinal)];
        return GeographyReader.WithAdjacency(new UnitGeography([.. units], [], [], [], [], null, Provenance.None), common.Load(pairs!));
    }

    // The direct estimates never leave this process: only the model's results are released.
    private Results FromPoverty(ParseResult call, SmallAreaTerms terms, string options, Extract extract)
    {
        if (terms.Estimate.Length > 0
            || terms.Variance.Length > 0) throw new CallException(
            "--from-poverty brings its own estimates: leave out --estimate and --variance.");
        var persons = new PersonOptions();
        var measures = CommonOptions.List("--measures", "One measure id");
        var inner = new Command("poverty") { measures };
        foreach (var option in persons.All) inner.Add(option);
        string[] words = [.. CommandLineParser.SplitCommandLine(options)];
        if (!words.Any(word => word == "--area" || word.StartsWith("--area=", StringComparison.Ordinal))) words =
            [.. words, "--area", terms.Area];
        if (!words.Any(word => word.StartsWith("--interval", StringComparison.Ordinal))) words = [.. words, "--interval", "linearised"];
        var parsed = inner.Parse(words);
        if (parsed.Errors.Count > 0) throw new CallException($"--from-poverty: {CallErrors.Message(parsed.Errors[0], [inner])}");
        string[] ids = parsed.GetValue(measures) is { Length: > 0 } given ? given : ["at-risk-of-poverty-rate"];
        if (ids.Length != 1) throw new CallException("--from-poverty takes one measure.");
        var results = IncomeStudies.Poverty(extract, ids, persons.Of(parsed), new NormChoices(), CancellationToken.None);
        var table = call.GetValue(covariateFile) is { } path ? common.Load(path) : null;
        var all = new List<Result>();
        foreach (var period in results.Where(result => result.Area is not null && result.Group is null)
            .GroupBy(result => result.Period, StringComparer.Ordinal))
        {
            if (period.GroupBy(result => result.Area).Any(group => group.Count() > 1))
                throw new CallException("--from-poverty takes one line, one span of ages and the break-down by area alone.");
            all.AddRange(Period(terms, table, extract, period.Key, [.. period]));
        }

        if (all.Count == 0) throw new CallException("--from-poverty gave no estimate by area.");
        var provenance = table is null ? results.Provenance : results.Provenance.Merge(table.Provenance);
        return new Results(all, results.Confidentiality, provenance.With("small-area model of the direct estimates"));
    }

    private static IEnumerable<Result> Period(SmallAreaTerms terms, Extract? table, Extract persons, string? period, Result[] results)
    {
        var (areas, rows) = table is null ? Means(terms, persons, period, results) : Rows(terms, table, period);
        var found = results.ToDictionary(result => result.Area!, StringComparer.Ordinal);
        DirectEstimate[] direct =
        [
            .. areas.Select(name => found.GetValueOrDefault(name) is { Value.HasNumber: true } result
                ? new DirectEstimate(
                    name, result.Value.Number, result.StandardError is { } error ? error * error : double.NaN, result.N ?? 1, result.N,
                    result.Basis, result.Unit == Units.Share ? 1 / Math.Max(1, result.Basis?.Denominator ?? 1)
                        : result.Basis?.Complete.Influence)
                : new DirectEstimate(name, double.NaN, double.NaN, 0, found.GetValueOrDefault(name)?.N,
                    found.GetValueOrDefault(name)?.Basis ?? new Basis(null, 0), null)),
        ];
        return SmallAreaStudy.Of(rows, period, terms, direct);
    }

    private static (string[] Areas, IReadOnlyList<(string Name, double[] Values)> Columns) Rows(SmallAreaTerms terms, Extract table,
        string? period)
    {
        var periods = AreaInputs.Periods(table, [terms.Area, .. terms.Covariates]);
        var inputs = periods.FirstOrDefault(item => item.Period == period) ?? (periods.Count == 1 ? periods[0] : null)
            ?? throw new CallException("--covariate-file has no rows of a period that FILE has.");
        return (inputs.Areas(terms.Area), inputs.Covariates(terms.Covariates));
    }

    private static (string[] Areas, IReadOnlyList<(string Name, double[] Values)> Columns) Means(SmallAreaTerms terms, Extract persons,
        string? period, Result[] results)
    {
        string[] areas = [.. results.Select(result => result.Area!)];
        if (terms.Covariates.Count == 0) return (areas, []);
        var inputs = AreaInputs.Periods(persons, [terms.Area, .. terms.Covariates]).Single(item => item.Period == period);
        var labels = inputs.Texts(terms.Area);
        var number = areas.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
        // Of a category the mean is its share.
        return (areas, [.. inputs.Covariates(terms.Covariates).Select(covariate =>
        {
            double[] values = covariate.Values, sums = new double[areas.Length], counts = new double[areas.Length];
            for (var i = 0; i < values.Length; i++)
            {
                if (labels[i] is not { } label || !number.TryGetValue(label, out var place) || !double.IsFinite(values[i])) continue;
                sums[place] += values[i];
                counts[place]++;
            }

            return (covariate.Name, sums.Select((sum, i) => sum / counts[i]).ToArray());
        })]);
    }
}
