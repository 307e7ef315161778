using System.CommandLine;
using Analys.Cli.Errors;
using Analys.Database.Pushed;
using Analys.Database.Sql;
using Analys.Disclosure;
using Analys.Disclosure.CellKey;
using Analys.Disclosure.Ledgers;
using Analys.Disclosure.Tables;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Load.Undescribed;

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
        var audit = new Option<bool>("--audit")
        {
            Description =
            "Also give the attacker's bounds of every withheld cell. They are for whoever answers for the release, not for publication"
        };
        var gate = new GateOptions(GateParts.Policy | GateParts.Ledger | GateParts.Format);
        var population =
            new Option<string?>("--population")
            {
                Description =
                "Who is counted, for the ledger, as 0-17 or 0-17, sex=woman: tables of other populations are other cells",
                DefaultValueFactory = _ => ""
            };
        var keys = new CellKeyOptions();
        var command =
            new Command("release",
                "Disclosure control of a table: small cells and those that would give them away are withheld, with proof")
        {
            sources.File, schema, sheet, dimensions, count, complement, contributors, amount, hierarchy, audit, population,
        };
        foreach (var option in gate.All.Concat(keys.All).Concat(sources.All)) command.Add(option);
        command.SetAction((call, cancel) =>
        {
            if (call.GetValue(dimensions) is not { Length: > 0 } columns)
                throw new CallException("Name the columns of the table with --dimensions A,B.");
            if (call.GetValue(complement) is not null && call.GetValue(count) is null)
                throw new CallException("--complement needs --count: everyone, and how many of them.");
            var rules = gate.PolicyOf(call);
            DimensionHierarchy[] hierarchies = [.. (call.GetValue(hierarchy) ?? []).Select(DimensionHierarchy.Load)];
            var households = call.GetValue(contributors);
            var extract = sources.FileOf(call) is { } path
                ? CommonOptions.LoadExtract(terminal, path, call.GetValue(schema), call.GetValue(sheet)) : null;
            if (extract is not null && !call.GetValue(amount))
            {
                foreach (var counting in new[] { call.GetValue(count), call.GetValue(complement) }.OfType<string>())
                    MoneyAsCount.Refuse(extract, counting);
            }

            if (extract is null && call.GetValue(amount))
                throw new NotPushedException(
                    "--amount judges each contributor's share of a cell, which would have to leave the database: take a file.");
            string[] summed = [.. new[] { call.GetValue(count), call.GetValue(complement), households }.OfType<string>()];
            using var whole = extract is null ? Database(null) : null;
            var periodName = CommonOptions.AddsUpPeriods(call) ? null : extract is not null ? Periods.Find(extract, summed)?.Name
                : CommonOptions.PeriodColumn(whole!.Description.Schema) is { } told && !summed.Contains(told) ? told : null;
            // A year is no dimension that has a total: there is a table for each.
            var asked = columns;
            if (periodName is not null && columns.Contains(periodName) && columns.Length > 1)
                columns = [.. columns.Where(column => column != periodName)];
            IReadOnlyList<(string? Period, Extract? Extract)> parts = periodName is null || asked is [_] && asked[0] == periodName
                ? [(null, extract)]
                : extract is not null ? [.. Periods.Split(extract, columns, summed).Select(part => (part.Period, (Extract?)part.Extract))]
                : PeriodsOf(whole!, periodName, cancel);
            // Of one year alone the table is as it was asked for.
            if (parts is [(null, _)]) columns = asked;
            var documents = parts.Select(part => Released(part.Period, part.Extract)).ToList();
            ReleaseOutput.Write(terminal, documents, documents.Count > 1 || parts[0].Period is not null ? periodName : null,
                extract?.Selection ?? CommonOptions.Rows(call, whole!.Description.Schema).Text, gate.Format(call));
            return Task.FromResult(ExitCode.Done);

            ReleaseOutput.Document Released(string? period, Extract? rows)
            {
                using var part = rows is null && period is not null ? Database($"{periodName}={period}") : null;
                var source = rows is null ? part ?? whole : null;
                string[] spanned = columns;
                (ExtractTable Table, Extract Extract) Table(string? of, string? behind, bool isAmount) => source is null
                    ? (ExtractTable.Of(rows!, spanned, of, behind, isAmount, hierarchies), rows!)
                    : SourceAddress.Guarded(() => CountedTable.Of(source, spanned, of, behind, hierarchies, cancel));

                var (table, counted) = Table(call.GetValue(count), households, call.GetValue(amount));
                // An extract says so itself.
                var origin = rows is null && CommonOptions.AddsUpPeriods(call)
                    && CommonOptions.PeriodColumn(whole!.Description.Schema) is not null ? counted.Provenance.With(Ledger.AllPeriods)
                        : counted.Provenance;
                var cells = table.Table;
                var names = Names(spanned, counted.Schema);
                var time = gate.LedgerOf(call) is null ? null : period is not null ? $"period={period}"
                    : OnePeriod(spanned, rows, source, cancel);
                var who = string.Join(", ", new[] { call.GetValue(population), time }.Where(text => !string.IsNullOrEmpty(text)));
                var identity = new CellIdentity(call.GetValue(count) ?? "persons", who, names)
                {
                    Label = LedgerLabels.Of(rows, spanned,
                    names)
                };
                if (call.GetValue(complement) is { } all)
                {
                    cells = ComplementTable.Of(cells, Table(all, null, false).Table.Table);
                    spanned = [.. spanned, ComplementTable.Dimension];
                    identity = CellIdentity.WithComplement(call.GetValue(count)!, all, who, names);
                }

                var released = rules.CellKey is not null && call.GetValue(count) is null && call.GetValue(complement) is null
                    && KeysOf() is { } known ? ReleasedTable.OfCellKeys(cells, rules, known)
                    : gate.LedgerOf(call) is { } book
                    ? ReleasedTable.Of(cells, rules, book, identity, origin, counted.Confidentiality, households is not null,
                        Question())
                    : ReleasedTable.Of(cells, rules, counted.Confidentiality, households is not null);
                string[] notices = [.. released.Notices, .. table.TotalRows > 0
                    ? ["rows that are totals were left out; totals are computed"] : Array.Empty<string>()];
                return new ReleaseOutput.Document(period, released, spanned,
                    counted.Confidentiality == Confidentiality.Public || rules.Unprotected ? counted.Provenance : counted.Provenance.Told(),
                    notices, call.GetValue(audit));

                // The same rows by other columns; a table beside everyone is not asked for so.
                TableQuestion? Question() => rows is null || call.GetValue(complement) is not null ? null : new(columns,
                    other => ExtractTable.Of(AsItWas(other), Plain(other), call.GetValue(count), households, call.GetValue(amount),
                        hierarchies)
                        .Table,
                    other => new CellIdentity(call.GetValue(count) ?? "persons", who, Names(Plain(other), rows.Schema)));

                Extract AsItWas(IReadOnlyList<string> other) => other.Where(IsOriginal).Aggregate(rows!, (table, column) =>
                    table.WithOriginal(column[..^SourcePersons.AsItWas.Length]));

                Func<string, uint>? KeysOf()
                {
                    if (rows is not null)
                        return keys.Of(call, rows, rules) is { } drawn ? CellKeyTable.Of(table, drawn) : null;
                    if (keys.ColumnOf(call) is { } column) return CellKeyTable.OfSums(Table(column, null, false).Table.Table);
                    if (!keys.AreDrawn(call)) return null;
                    throw new NotPushedException("Keys are drawn where the rows are read: give the database a column of keys with "
                        + "--cell-key.");
                }
            }

            static string[] Plain(IReadOnlyList<string> other) =>
                [.. other.Select(column => IsOriginal(column) ? column[..^SourcePersons.AsItWas.Length] : column)];

            static bool IsOriginal(string column) => column.EndsWith(SourcePersons.AsItWas, StringComparison.Ordinal);

            SqlSource Database(string? also)
            {
                var opened = sources.Open(call, SourceOptions.Schema(call.GetValue(schema)), also);
                if (opened is SqlSource database) return database;
                opened.Dispose();
                throw new CallException("release takes one database as --source; a file is given as FILE.");
            }
        });
        return command;
    }

    // The periods of a table in a database, each to be asked for on its own; one where it has none or one.
    private static List<(string? Period, Extract? Extract)> PeriodsOf(SqlSource source, string column, CancellationToken cancel)
    {
        var found = SourceAddress.Guarded(() => source.Cells([column], [], cancel)).Select(cell => cell.Keys[0]).ToList();
        if (found.Count < 2) return [(null, null)];
        return found.Contains(null)
            ? throw new CellException($"column {column}: rows have no period: choose others with --period or --where.")
            : [.. found.Order(PeriodOrder.InTime).Select(period => (period, (Extract?)null))];
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
