using System.CommandLine;
using Analys.Disclosure;

namespace Analys.Cli.Commands;

/// <summary><c>analys release FILE</c>: disclosure control of a table with its proof.</summary>
internal static class ReleaseCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = CommonOptions.File();
        var schema = CommonOptions.Schema();
        var sheet = CommonOptions.Sheet();
        var dimensions = CommonOptions.List("--dimensions", "The columns that span the table, comma-separated");
        var count = new Option<string?>("--count") { Description = "The column with the counts; without it rows are counted" };
        var complement = new Option<string?>("--complement") { Description = "The column with everyone of whom --count counts some: the others are protected as well, in a last dimension with counted, others and T" };
        var contributors = new Option<string?>("--contributors") { Description = "The column of the household: distinct ones are counted; beside --count a column of numbers is a count of households" };
        var amount = new Option<bool>("--amount") { Description = "--count is an amount of money: the dominance rules of the policy judge it by --contributors" };
        var hierarchy = CommonOptions.List("--hierarchy", "CSV child,parent or JSON {child: parent}: values that are sums of others; several files for several dimensions");
        var policy = CommonOptions.PolicyName();
        var audit = new Option<bool>("--audit") { Description = "Also give the attacker's bounds of every withheld cell. They are for whoever answers for the release, not for publication" };
        var ledger = new Option<string?>("--ledger") { Description = "A file that remembers releases (no values): the table is refused if it and an earlier one give a cell away" };
        var population = new Option<string?>("--population") { Description = "Who is counted, for the ledger: tables of other populations are other cells", DefaultValueFactory = _ => "" };
        var format = CommonOptions.Format();
        var command = new Command("release", "Disclosure control of a table: small cells and those that would give them away are withheld, with proof")
        {
            file, schema, sheet, dimensions, count, complement, contributors, amount, hierarchy, policy, audit, ledger, population, format,
        };
        command.SetAction(call =>
        {
            if (call.GetValue(dimensions) is not { Length: > 0 } columns) throw new CallException("Name the columns of the table with --dimensions A,B.");
            if (call.GetValue(complement) is not null && call.GetValue(count) is null) throw new CallException("--complement needs --count: everyone, and how many of them.");
            var rules = Policy.Load(call.GetValue(policy) ?? "stockholm");
            var extract = CommonOptions.LoadExtract(terminal, call.GetRequiredValue(file), call.GetValue(schema), call.GetValue(sheet));
            DimensionHierarchy[] hierarchies = [.. (call.GetValue(hierarchy) ?? []).Select(DimensionHierarchy.Load)];
            var table = ExtractTable.Of(extract, columns, call.GetValue(count), call.GetValue(contributors), call.GetValue(amount), hierarchies);
            var cells = table.Table;
            if (call.GetValue(complement) is { } all)
            {
                cells = ComplementTable.Of(cells, ExtractTable.Of(extract, columns, all, null, false, hierarchies).Table);
                columns = [.. columns, ComplementTable.Dimension];
            }

            var released = ReleasedTable.Of(cells, rules, extract.Confidentiality, call.GetValue(contributors) is not null);
            string[] notices = [.. released.Notices, .. table.TotalRows > 0 ? ["rows that are totals were left out; totals are computed"] : Array.Empty<string>()];
            if (call.GetValue(ledger) is { } path)
            {
                var what = call.GetValue(complement) ?? call.GetValue(count) ?? "rows";
                LedgerFile.CheckAndAppend(path, released, new CellIdentity(what, call.GetValue(population) ?? "", columns), extract.Provenance.Sources[0].Sha256, string.Join(' ', columns));
            }

            ReleaseOutput.Write(terminal, new ReleaseOutput.Document(released, columns, extract.Provenance, notices, call.GetValue(audit)), call.GetValue(format));
            return ExitCode.Done;
        });
        return command;
    }
}
