using System.CommandLine;
using Analys.Database.Pushed;
using Analys.Database.Sql;
using Analys.Disclosure;
using Analys.Disclosure.CellKey;
using Analys.Disclosure.Ledgers;
using Analys.Disclosure.Tables;
using Analys.Domain;
using Analys.Load.Schema;

namespace Analys.Cli.Commands.Report;

/// <summary><c>analys release FILE</c>: disclosure control of a table with its proof.</summary>
internal static class ReleaseCommand
{
    public static Command Create(Terminal terminal)
    {
        var sources = new SourceOptions();
        var schema = CommonOptions.Schema();
        var sheet = CommonOptions.Sheet();
        var dimensions = CommonOptions.List("--dimensions", "The columns that span the table, comma-separated");
        var count = new Option<string?>("--count") { Description = "The column with the counts; without it rows are counted" };
        var complement =
            new Option<string?>("--complement")
            {
                Description =
                "The column with everyone of whom --count counts some: the others are protected as well, in a last dimension with "
                    + "counted, others and T"
            };
        var contributors = new Option<string?>("--contributors")
        {
            Description =
            "The column of the household: distinct ones are counted; beside --count a column of numbers is a count of households"
        };
        var amount = new Option<bool>("--amount")
        {
            Description =
            "--count is an amount of money: the dominance rules of the policy judge it by --contributors"
        };
        var hierarchy = CommonOptions.List("--hierarchy",
            "CSV child,parent or JSON {child: parent}: values that are sums of others; several files for several dimensions");
        var policy = CommonOptions.PolicyName();
        var audit = new Option<bool>("--audit")
        {
            Description =
            "Also give the attacker's bounds of every withheld cell. They are for whoever answers for the release, not for publication"
        };
        var ledger = new LedgerOption();
        var population =
            new Option<string?>("--population")
            {
                Description =
                "Who is counted, for the ledger, as 0-17 or 0-17, sex=woman: tables of other populations are other cells",
                DefaultValueFactory = _ => ""
            };
        var person = new Option<string?>("--person") { Description = "The column of the person, for policies with noise by cell keys" };
        var keys = new CellKeyOptions();
        var format = CommonOptions.Format();
        var command =
            new Command("release",
                "Disclosure control of a table: small cells and those that would give them away are withheld, with proof")
        {
            sources.File, schema, sheet, dimensions, count, complement, contributors, amount, hierarchy, policy, audit, ledger.Option,
                ledger.Because,
            population, person, keys.Seed, keys.Key, format,
        };
        foreach (var option in sources.All) command.Add(option);
        command.SetAction((call, cancel) =>
        {
            if (call.GetValue(dimensions) is not { Length: > 0 } columns)
                throw new CallException("Name the columns of the table with --dimensions A,B.");
            if (call.GetValue(complement) is not null && call.GetValue(count) is null)
                throw new CallException("--complement needs --count: everyone, and how many of them.");
            var rules = Policy.Load(call.GetValue(policy) ?? "stockholm");
            DimensionHierarchy[] hierarchies = [.. (call.GetValue(hierarchy) ?? []).Select(DimensionHierarchy.Load)];
            var households = call.GetValue(contributors);
            using var source = sources.FileOf(call) is null ? Database(call) : null;
            var extract = source is null
                ? CommonOptions.LoadExtract(terminal, sources.FileOf(call)!, call.GetValue(schema), call.GetValue(sheet)) : null;
            if (extract is not null && !call.GetValue(amount))
            {
                foreach (var counting in new[] { call.GetValue(count), call.GetValue(complement) }.OfType<string>())
                    MoneyAsCount.Refuse(extract, counting);
            }

            if (source is not null && call.GetValue(amount))
                throw new NotPushedException(
                    "--amount judges each contributor's share of a cell, which would have to leave the database: take a file.");
            (ExtractTable Table, Extract Extract) Table(string? of, string? behind, bool isAmount) => source is null
                ? (ExtractTable.Of(extract!, columns, of, behind, isAmount, hierarchies), extract!)
                : SourceAddress.Guarded(() => CountedTable.Of(source, columns, of, behind, hierarchies, cancel));

            var (table, counted) = Table(call.GetValue(count), households, call.GetValue(amount));
            var cells = table.Table;
            var names = Names(columns, counted.Schema);
            var who =
                string.Join(", ", new[] { call.GetValue(population), ledger.Of(call) is null
                    ? null : OnePeriod(columns, extract, source, cancel) }.Where(text => !string.IsNullOrEmpty(text)));
            var identity = new CellIdentity(call.GetValue(count) ?? "persons", who, names) { Label = LedgerLabels.Of(extract, columns,
                names) };
            if (call.GetValue(complement) is { } all)
            {
                cells = ComplementTable.Of(cells, Table(all, null, false).Table.Table);
                columns = [.. columns, ComplementTable.Dimension];
                identity = CellIdentity.WithComplement(call.GetValue(count)!, all, who, names);
            }

            var released = rules.CellKey is not null && call.GetValue(count) is null && call.GetValue(complement) is null
                && KeysOf(call) is { } known ? ReleasedTable.OfCellKeys(cells, rules, known)
                : ledger.Of(call) is { } book
                ? ReleasedTable.Of(cells, rules, book, identity, counted.Provenance, counted.Confidentiality, households is not null,
                    Question())
                : ReleasedTable.Of(cells, rules, counted.Confidentiality, households is not null);
            string[] notices = [.. released.Notices, .. table.TotalRows > 0 ? ["rows that are totals were left out; totals are computed"]
                : Array.Empty<string>()];
            ReleaseOutput.Write(terminal, new ReleaseOutput.Document(released, columns, counted.Provenance, notices, call.GetValue(audit)),
                call.GetValue(format));
            return Task.FromResult(ExitCode.Done);

            // The same rows by other columns; a table beside everyone is not asked for so.
            TableQuestion? Question() => extract is null || call.GetValue(complement) is not null ? null : new(columns,
                other => ExtractTable.Of(AsItWas(other), Plain(other), call.GetValue(count), households, call.GetValue(amount),
                    hierarchies).Table,
                other => new CellIdentity(call.GetValue(count) ?? "persons", who, Names(Plain(other), extract.Schema)));

            Extract AsItWas(IReadOnlyList<string> other) => other.Where(IsOriginal).Aggregate(extract!, (rows, column) =>
                rows.WithOriginal(column[..^SourcePersons.AsItWas.Length]));

            string[] Plain(IReadOnlyList<string> other) => [.. other.Select(column => IsOriginal(column)
                ? column[..^SourcePersons.AsItWas.Length] : column)];

            bool IsOriginal(string column) => column.EndsWith(SourcePersons.AsItWas, StringComparison.Ordinal);

            Func<string, uint>? KeysOf(ParseResult asked)
            {
                if (extract is not null)
                    return keys.Of(asked, extract, asked.GetValue(person), rules) is { } drawn ? CellKeyTable.Of(table, drawn) : null;
                if (asked.GetValue(keys.Key) is { } column) return CellKeyTable.OfSums(Table(column, null, false).Table.Table);
                if (asked.GetValue(person) is null || asked.GetValue(keys.Seed) is null) return null;
                throw new NotPushedException("Keys are drawn where the rows are read: give the database a column of keys with --cell-key.");
            }

            SqlSource Database(ParseResult asked)
            {
                var opened = sources.Open(asked, SourceOptions.Schema(asked.GetValue(schema)));
                if (opened is SqlSource database) return database;
                opened.Dispose();
                throw new CallException("release takes one database as --source; a file is given as FILE.");
            }
        });
        return command;
    }

    // Figures of measures name their year: a table of one year is of that year, too.
    private static string? OnePeriod(string[] columns, Extract? extract, SqlSource? source, CancellationToken cancel)
    {
        var schema = extract?.Schema ?? source!.Description.Schema;
        if (schema.Fields.FirstOrDefault(field => field.Role == Role.Period) is not { } period || columns.Contains(period.Name))
            return null;
        var table = extract is not null ? ExtractTable.Of(extract, [period.Name])
            : SourceAddress.Guarded(() => CountedTable.Of(source!, [period.Name], null, null, [], cancel)).Table;
        return table.Table.Cells.Select(cell => cell.Id).Where(id => id != TableCell.Total).ToArray() is [var only] ? $"period={only}"
            : null;
    }

    // Columns by what they are, so that tables with other headings meet in the ledger.
    private static string[] Names(string[] columns, TableSchema schema) =>
        [.. columns.Select(column => schema.Find(column) is { } field ? RoleGuess.Known(field) : column)];
}
