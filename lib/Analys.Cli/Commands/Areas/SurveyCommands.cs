using System.CommandLine;
using System.Globalization;
using System.Text;
using Analys.Domain;
using Analys.Measure.Areas;
using Analys.Measure.Areas.Study;

namespace Analys.Cli.Commands.Areas;

/// <summary><c>analys pool FILE</c>: means of several years whose samples share persons.</summary>
internal static class PoolCommand
{
    public static Command Create(Terminal terminal)
    {
        var common = new AreaCall(terminal, "A row per person and period");
        var outcome = AreaCall.Required("--outcome", "The column of the outcome: 0 or 1, or an amount");
        var years = AreaCall.Required("--time", "The column of periods");
        var key = AreaCall.Required("--key", "The column that tells persons (or households) apart, the same over periods");
        var weight = AreaCall.Optional("--weight", "The column of weights");
        var stratum = AreaCall.Optional("--stratum", "The column of strata");
        var area = AreaCall.Optional("--area", "The column of areas: each beside the whole");
        var window = new Option<int?>("--window")
        {
            Description = AreaOptions.Window.Description,
        };
        return common.Command(
            "pool", "Means of pooled years, and changes between them with the error that shared persons leave",
            [outcome, years, key, weight, stratum, area, window],
            call => PooledStudy.Of(common.Load(call), new PooledTerms(call.GetRequiredValue(outcome), call.GetRequiredValue(years),
                call.GetRequiredValue(key))
            {
                Weight = call.GetValue(weight),
                Stratum = call.GetValue(stratum),
                Area = call.GetValue(area),
                Window = call.GetValue(window) is not < 1 ? call.GetValue(window) : throw new CallException("--window is at least 1."),
                Level = common.Level(call),
            }));
    }
}

/// <summary><c>analys calibrate FILE</c>: weights that add up to known margins.</summary>
internal static class CalibrateCommand
{
    public static Command Create(Terminal terminal)
    {
        var common = new AreaCall(terminal, "A row per person");
        var margins = AreaCall.Required("--margins", "A file of margins: variable, category (empty for the total of a number), total");
        var outcome = AreaCall.Required("--outcome", "The column of the outcome: 0 or 1, or an amount");
        var weight = AreaCall.Optional("--weight", "The column of the design's weights");
        var method = AreaCall.Choice(AreaOptions.CalibrationMethod);
        var area = AreaCall.Optional("--area", "The column of areas: each beside the whole");
        var cluster = AreaCall.Optional("--cluster", "The column of clusters that were drawn, such as households");
        var stratum = AreaCall.Optional("--stratum", "The column of strata");
        var replicates = new Option<int>("--replicates")
        {
            Description = AreaOptions.Replicates.Description,
            DefaultValueFactory = _ => 200,
        };
        var seed = CommonOptions.Seed(AreaOptions.Seed.Description);
        var save = new Option<string?>("--save-weights")
        {
            Description = "Write the rows' weights to a CSV file: of public data, or with --confidential",
            HelpName = "FILE",
        };
        return common.Command(
            "calibrate", "Means with weights calibrated to margins (raking, GREG), errors from a calibrated bootstrap",
            [margins, outcome, weight, method, area, cluster, stratum, replicates, seed, save],
            call =>
            {
                if (call.GetValue(replicates) is < 0 or 1 or > 100_000) throw new CallException("--replicates is 0, or 2 to 100000.");
                var extract = common.Load(call);
                var target = call.GetValue(save);
                if (target is not null && extract.Confidentiality == Confidentiality.Confidential && !common.InSecureEnvironment(call))
                    throw new CallException("--save-weights writes a row for each person: inside the secure environment, say "
                        + "--confidential.");
                var (results, weights) = CalibrationStudy.Of(extract, common.Load(call.GetRequiredValue(margins)),
                    new CalibrationTerms(call.GetRequiredValue(outcome), Enum.Parse<CalibrationMethod>(call.GetValue(method)!,
                        ignoreCase: true))
                    {
                        Weight = call.GetValue(weight),
                        Area = call.GetValue(area),
                        Cluster = call.GetValue(cluster),
                        Stratum = call.GetValue(stratum),
                        Replicates = call.GetValue(replicates),
                        Seed = call.GetValue(seed),
                        Level = common.Level(call),
                    });
                if (target is not null) OutputFile.Write(target, stream => Write(stream, weights));
                return results;
            });
    }

    private static void Write(Stream stream, double[] weights)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("row,weight");
        for (var i = 0; i < weights.Length; i++) writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i + 1},{weights[i]:R}"));
    }
}
