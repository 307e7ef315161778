using System.CommandLine;
using System.Globalization;
using Analys.Cli.Tables;
using Analys.Domain;
using Analys.Explore.AreaTypes;
using Analys.Load.Schema;

namespace Analys.Cli.Commands.Areas;

/// <summary><c>analys typology FILE</c>: areas put into types, by what they have in common or by SCB's rule.</summary>
internal static class TypologyCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = CommonOptions.File("The extract: one row for each area");
        var schema = CommonOptions.Schema();
        var sheet = CommonOptions.Sheet();
        var unit = new Option<string?>("--unit") { Description = "The column with the area; without it the one with the role area" };
        var variables = CommonOptions.List("--variables", "Columns of numbers, comma-separated: what makes areas alike");
        var weights = CommonOptions.List("--weights", "How much each of them counts, in the same order; without it all count the same");
        var k = new Option<string>("--k")
        {
            Description =
            "How many types, or auto (default): the number with the largest silhouette, 2 to 10",
            DefaultValueFactory = _ => "auto"
        };
        var seed = CommonOptions.Seed("The seed of the starts (default 1)");
        var rule = new Option<string>("--rule")
        {
            Description = "kmeans (default), or scb: standard deviations of an index from its mean",
            DefaultValueFactory = _ => "kmeans"
        };
        rule.AcceptOnlyFromAmong("kmeans", "scb");
        var index = new Option<string?>("--index") { Description = "With --rule scb: the column with the index; higher is worse" };
        var mean =
            CommonOptions.Number("--mean", "With --rule scb: the mean over all areas of the country; without it that of these areas");
        var deviation = CommonOptions.Number("--deviation", "With --rule scb: the standard deviation over all areas of the country");
        var gate = new GateOptions();
        var command = new Command("typology", "Types of areas: k-means on standardised variables, or SCB's rule for an index")
        {
            file, schema, sheet, unit, variables, weights, k, seed, rule, index, mean, deviation,
        };
        foreach (var option in gate.All) command.Add(option);
        command.SetAction((call, _) =>
        {
            var extract = CommonOptions.LoadExtract(terminal, call.GetValue(file)!, call.GetValue(schema), call.GetValue(sheet));
            var (rows, areas) = Areas(extract, call.GetValue(unit));
            if (call.GetValue(rule) == "scb")
            {
                var column = call.GetValue(index) ?? throw new CallException("--rule scb needs --index COLUMN.");
                if (call.GetValue(mean) is null && call.GetValue(deviation) is null)
                    terminal.Errors.WriteLine(
                        "analys: note: mean and deviation are those of these areas; SCB takes those of the whole country (--mean, "
                            + "--deviation)");
                if (call.GetValue(deviation) is <= 0) throw new CallException("--deviation must be above 0.");
                var types = AreaTypeRule.Types(Values(extract, column, rows), call.GetValue(mean), call.GetValue(deviation));
                Print(TypologyResults.OfRule(areas, types, column, extract));
                return Task.FromResult(ExitCode.Done);
            }

            if (call.GetValue(variables) is not { Length: > 0 } names)
                throw new CallException("Name the variables with --variables A,B,C.");
            if (names.Distinct(StringComparer.Ordinal).Count() < names.Length)
                throw new CallException("--variables names a column twice: give it a weight of two with --weights instead.");
            var typology = Typology.Find(areas, Variables(extract, names, call.GetValue(weights) ?? [], rows), Count(call.GetValue(k)!),
                call.GetValue(seed), bootstrap: 0);
            Print(TypologyResults.Of(typology, extract, call.GetValue(seed)));
            // The profiles tell means of the areas: only where the figures themselves are shown.
            if (terminal.OutFile is not null || gate.Format(call) != OutputFormat.Table
                || (extract.Confidentiality == Confidentiality.Confidential && !gate.IsConfidential(call)))
                return Task.FromResult(ExitCode.Done);
            foreach (var profile in typology.Profiles(terminal.Screen.Language.Code()))
                foreach (var line in TextLayout.Wrap(profile, terminal.Screen.Wide ? int.MaxValue : terminal.Screen.Width))
                    terminal.Output.WriteLine(line);
            return Task.FromResult(ExitCode.Done);

            void Print(Results results) => gate.Print(terminal, call, results);
        });
        return command;
    }

    private static int? Count(string text) => text == "auto" ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 2 and <= 1000 ? count
        : throw new CallException("--k is a whole number from 2, or auto.");

    // Sums among the areas are no areas; a row without an area cannot be named.
    private static (int[] Rows, string[] Areas) Areas(Extract extract, string? unit)
    {
        var column = unit is not null ? extract[unit] : extract.Get(Role.Area);
        var names = Enumerable.Range(0, extract.RowCount)
            .Select(row => (Row: row, Name: Convert.ToString(column.ValueAt(row), CultureInfo.InvariantCulture)))
            .Where(one => !string.IsNullOrEmpty(one.Name) && !extract.Schema.Totals.Contains(one.Name)).ToArray();
        if (names.DistinctBy(one => one.Name).Count() < names.Length)
            throw new CallException($"The column {column.Name} has an area in several rows: one row for each area is wanted, of one year.");
        return ([.. names.Select(one => one.Row)], [.. names.Select(one => one.Name!)]);
    }

    private static TypologyVariable[] Variables(Extract extract, string[] names, string[] weights, int[] rows)
    {
        if (weights.Length > 0 && weights.Length != names.Length)
            throw new CallException("--weights has one number for each of --variables.");
        return [.. names.Select((name, i) => new TypologyVariable(name, Values(extract, name, rows), weights.Length == 0 ? 1
            : double.TryParse(weights[i], NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) && weight > 0 ? weight
            : throw new CallException("--weights are numbers above 0.")))];
    }

    private static double[] Values(Extract extract, string name, int[] rows)
    {
        var column = extract.Number(name);
        return [.. rows.Select(row => column.Values[row])];
    }
}
