using System.CommandLine;
using Analys.Domain;
using Analys.Explore.Regression;
using Analys.Load;

namespace Analys.Cli.Commands.Areas;

/// <summary><c>analys regress FILE</c>: a regression table with errors that hold in small samples and clusters.</summary>
internal static class RegressCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = CommonOptions.File();
        var schema = CommonOptions.Schema();
        var sheet = CommonOptions.Sheet();
        var outcome = new Option<string?>("--outcome") { Description = "The column that is explained" };
        var variables =
            CommonOptions.List("--variables", "The columns that explain it, comma-separated; a column of texts is taken as kinds");
        var reference = CommonOptions.List("--reference",
            "COLUMN=KIND, comma-separated: the kind that others are compared with (default: the most common)");
        var model = new Option<RegressionKind>("--model")
        {
            Description =
            "linear (default), logistic (0 and 1, or shares with --weight) or poisson (counts)",
            HelpName = "linear|logistic|poisson"
        };
        var errors =
            new Option<RegressionErrors?>("--errors")
            {
                Description =
                "classic, hc0, hc1, hc2, hc3 (default) or cluster (default where --cluster is given)",
                HelpName = "classic|hc0|hc1|hc2|hc3|cluster"
            };
        var cluster = new Option<string?>("--cluster") { Description = "The column of rows that go together" };
        var weight =
            new Option<string?>("--weight") { Description = "The column of weights; in a logistic model of shares, what the share is of" };
        var exposure = new Option<string?>("--exposure")
        {
            Description =
            "In a Poisson model: the column that counts are counted over (persons, person-years)"
        };
        var household = new Option<string?>("--household")
        {
            Description =
            "The column of the household, for disclosure control; without it each row is one"
        };
        var level = CommonOptions.Level("The coverage of intervals");
        var gate = new GateOptions();
        var command = new Command("regress", "A regression table: what goes together with what, with standard errors; it tells no cause")
        {
            file, schema, sheet, outcome, variables, reference, model, errors, cluster, weight, exposure, household, level,
        };
        foreach (var option in gate.All) command.Add(option);
        command.SetAction((call, _) =>
        {
            var extract = CommonOptions.LoadExtract(terminal, call.GetValue(file)!, call.GetValue(schema), call.GetValue(sheet));
            var y = call.GetValue(outcome) ?? throw new CallException("Name what is explained with --outcome COLUMN.");
            if (call.GetValue(variables) is not { Length: > 0 } names)
                throw new CallException("Name what explains it with --variables A,B,C.");
            if (names.Contains(y)) throw new CallException("--outcome is among --variables: a column does not explain itself.");
            if (call.GetValue(level) is not (> 0 and < 1)) throw new CallException("--level is between 0 and 1, such as 0.95.");
            if (call.GetValue(exposure) is not null && call.GetValue(model) != RegressionKind.Poisson)
                throw new CallException("--exposure belongs to --model poisson.");
            var clusters = Codes(call.GetValue(cluster));
            var kind = call.GetValue(errors) ?? (clusters is null ? RegressionErrors.HC3 : RegressionErrors.Cluster);
            if (kind == RegressionErrors.Cluster && clusters is null) throw new CallException("--errors cluster needs --cluster COLUMN.");
            if (clusters is not null && kind != RegressionErrors.Cluster) throw new CallException("--cluster belongs to --errors cluster.");
            var (design, rows) = Design(extract, names, References(call.GetValue(reference) ?? [], names));
            double[]? weights = Numbers(call.GetValue(weight));
            var table = RegressionTable.Make(call.GetValue(model), Numbers(y)!, design, kind, weights, Numbers(call.GetValue(exposure)),
                clusters is null ? null : Pick(clusters), call.GetValue(level));
            // How many they are is a count of persons that no rule has looked at.
            if (table.LeftOut + extract.RowCount - rows.Length is > 0 and var left)
                terminal.Errors.WriteLine(extract.Confidentiality == Confidentiality.Confidential && !gate.IsConfidential(call)
                    ? "analys: rows without a value in every column were left out"
                    : $"analys: {left} rows without a value in every column were left out");
            var households = Codes(call.GetValue(household));
            gate.Print(terminal, call,
                RegressionResults.Of(table, design, households is null ? null : Pick(households), extract, y, Numbers(y)!));
            return Task.FromResult(ExitCode.Done);

            double[]? Numbers(string? name) => name is null ? null : [.. rows.Select(row => extract.Number(name).Values[row])];

            int[] Pick(int[] all) => [.. rows.Select(row => all[row])];

            int[]? Codes(string? name)
            {
                if (name is null) return null;
                var (column, known) = (extract[name], new Dictionary<object, int>());
                return [.. Enumerable.Range(0, extract.RowCount).Select(row => column.ValueAt(row) is not { } value ? -1
                    : known.TryGetValue(value, out var code) ? code : known[value] = known.Count)];
            }
        });
        return command;
    }

    // Rows without a kind are left out before, since a category has no number for "missing".
    private static (DesignMatrix Design, int[] Rows) Design(Extract extract, string[] names, Dictionary<string, string> references)
    {
        Column[] columns = [.. names.Select(name => extract[name])];
        int[] rows =
            [.. Enumerable.Range(0, extract.RowCount).Where(row => columns.OfType<TextColumn>().All(column => column.Codes[row] >= 0))];
        if (rows.Length == 0) throw new ModelException("No row has a value in every column.");
        var design = new DesignMatrix(rows.Length);
        foreach (var column in columns)
        {
            if (column is TextColumn texts)
            {
                design.AddCategories(column.Name, [.. rows.Select(row => texts.Codes[row])], texts.Categories,
                    references.GetValueOrDefault(column.Name));
                continue;
            }

            if (references.ContainsKey(column.Name))
                throw new CallException($"--reference {column.Name}: the column holds numbers, not kinds.");
            var numbers = extract.Number(column.Name);
            design.Add(column.Name, [.. rows.Select(row => numbers.Values[row])]);
        }

        return (design, rows);
    }

    private static Dictionary<string, string> References(string[] given, string[] names)
    {
        var references = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in given)
        {
            var parts = pair.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length < 2 || !names.Contains(parts[0]))
                throw new CallException("--reference is COLUMN=KIND, a column of --variables.");
            references[parts[0]] = parts[1];
        }

        return references;
    }
}
