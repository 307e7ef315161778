using System.CommandLine;
using Analys.Domain;
using Analys.Measure.Areas;
using Analys.Measure.Areas.Study;

namespace Analys.Cli.Commands.Areas;

/// <summary><c>analys gradient FILE</c>: inequality of a rate along ranked groups.</summary>
internal static class GradientCommand
{
    public static Command Create(Terminal terminal)
    {
        var common = new AreaCall(terminal, "A row per group: rank, count, and a rate or events");
        var rank = AreaCall.Required("--rank", "The column of ranks: 1 is the worst placed; equal ranks are one group");
        var outcome = AreaCall.Optional("--outcome", "The column of the outcome's rate, a fraction");
        var events = AreaCall.Optional("--events", "The column of those with the outcome, instead of --outcome");
        var count = AreaCall.Required("--count", "The column of persons");
        var relative = AreaCall.Choice(AreaOptions.Relative);
        var error = AreaCall.Choice(AreaOptions.Error);
        return common.Command(
            "gradient", "Slope and relative index of inequality, concentration index, Erreygers, Wagstaff",
                [rank, outcome, events, count, relative, error], call =>
            {
                if ((call.GetValue(outcome) is null) == (call.GetValue(events) is null)) throw new CallException(
                    "Give --outcome or --events, one of them.");
                var extract = common.Load(call, call.GetValue(events), call.GetValue(count));
                return GradientStudy.Of(extract, new GradientTerms(call.GetRequiredValue(rank), call.GetValue(outcome),
                    call.GetValue(events), call.GetRequiredValue(count))
                {
                    Relative = call.GetValue(relative) switch
                    {
                        "mean" => RelativeIndex.Mean,
                        "log-binomial" => RelativeIndex.LogBinomial,
                        _ => RelativeIndex.Fit
                    },
                    Error = call.GetValue(error) == "binomial" ? GradientError.Binomial : GradientError.Residuals,
                    Level = common.Level(call),
                });
            });
    }
}

/// <summary><c>analys standardise FILE</c>: rates as they would be if areas had the same ages.</summary>
internal static class StandardiseCommand
{
    public static Command Create(Terminal terminal)
    {
        var common = new AreaCall(terminal, "A row per area and age group: events and persons");
        var area = AreaCall.Required("--area", "The column of areas");
        var age = AreaCall.Required("--age", "The column of age groups");
        var events = AreaCall.Required("--events", "The column of events");
        var count = AreaCall.Required("--count", "The column of persons or person-years");
        var standard = AreaCall.Required("--standard",
            "A file with the same columns: its persons are the weights, its events the rates of the ratio");
        return common.Command(
            "standardise", "Directly standardised rates (Fay-Feuer) and exact standardised ratios with funnel limits",
                [area, age, events, count, standard],
            call => StandardisedStudy.Of(
                common.Load(call, call.GetValue(events), call.GetValue(count)), common.Load(call.GetRequiredValue(standard)),
                new StandardisedTerms(call.GetRequiredValue(area), call.GetRequiredValue(age), call.GetRequiredValue(events),
                    call.GetRequiredValue(count))
                {
                    Level = common.Level(call),
                }));
    }
}

/// <summary><c>analys unions FILE</c>: counts of areas with their errors, added up to unions or carried over to another division.</summary>
internal static class UnionsCommand
{
    public static Command Create(Terminal terminal)
    {
        var common = new AreaCall(terminal, "A row per area: counts, and their standard errors");
        var area = AreaCall.Required("--area", "The column of areas");
        var key = AreaCall.Required("--crosswalk",
            "A CSV table: from, to, and where areas are divided the persons (or part) by which; DeSO to districts, DeSO 2018 to 2025");
        var counts = CommonOptions.List("--counts", "The columns of counts, comma-separated");
        var errors = CommonOptions.List("--errors", "The columns of their standard errors, in the same order");
        var total = AreaCall.Optional("--total", "The column of all persons: shares of it are given, too");
        var totalError = AreaCall.Optional("--total-error", "The column of its standard errors");
        var correlation = CommonOptions.Number("--correlation", AreaOptions.Correlation.Description, 0);
        counts.Required = true;
        return common.Command(
            "unions", "Counts and shares of unions of areas with their standard errors, by a table of parts",
                [area, key, counts, errors, total, totalError, correlation],
            call => UnionStudy.Of(
                common.Load(call, [call.GetValue(total), .. call.GetValue(counts) ?? []]), common.Load(call.GetRequiredValue(key)),
                new UnionTerms(call.GetRequiredValue(area), call.GetValue(counts) ?? [])
                {
                    Errors = call.GetValue(errors) ?? [],
                    Total = call.GetValue(total),
                    TotalError = call.GetValue(totalError),
                    Correlation = call.GetValue(correlation),
                    Level = common.Level(call),
                }));
    }
}

/// <summary><c>analys variance FILE</c>: how much of an outcome's variance lies between areas.</summary>
internal static class VarianceCommand
{
    public static Command Create(Terminal terminal)
    {
        var common = new AreaCall(terminal, "A row per person, or per cell with --count");
        var area = AreaCall.Required("--area", "The column of areas");
        var outcome = AreaCall.Required("--outcome",
            "The column of the outcome: 0 or 1, or an amount; with --count the number with the outcome");
        var count = AreaCall.Optional("--count", "The column of persons of a cell");
        var covariates = CommonOptions.List("--covariates", "Columns that persons are compared given, comma-separated");
        return common.Command(
            "variance", "Variance partition coefficient and median odds ratio between areas (random intercept, adaptive quadrature)",
                [area, outcome, count, covariates],
            call => VarianceStudy.Of(
                common.Load(call, call.GetValue(count)), call.GetRequiredValue(area), call.GetRequiredValue(outcome), call.GetValue(count),
                    call.GetValue(covariates) ?? [], common.Level(call)));
    }
}
