using Analys.Disclosure.Tables;

namespace Analys.Disclosure.Ledgers;

/// <summary>A table as it can be asked for by other columns of the same rows.</summary>
/// <param name="Columns">The columns of its dimensions.</param>
/// <param name="Make">The table by other columns, as many and in the same order.</param>
/// <param name="Identity">What the cells of such a table are called in the ledger.</param>
internal sealed record TableQuestion(
    IReadOnlyList<string> Columns, Func<IReadOnlyList<string>, ProtectionTable> Make, Func<IReadOnlyList<string>, CellIdentity> Identity);

/// <summary>Lays beside a table what earlier releases told by columns that its own are cut from, or that are cut from its own.</summary>
/// <remarks>
/// A column that takes categories of another together has other cells under other names, and a reader adds one to the other all the same.
/// Two columns hang together where their categories fall into several blocks that nobody crosses: then the cells of a block add up to the
/// same by either. The earlier cells stand in the table as hidden ones, known or withheld as they were released. Swedish: <i>samma
/// personer, annan indelning</i>.
/// </remarks>
internal static class RelatedColumns
{
    private const int MostTables = 12;

    /// <summary>The hash under which a ledger remembers a column.</summary>
    public static string Hash(string source, string column) => CellIdentity.Hash(source, $"column {column}")[..16];

    /// <summary>The table with what earlier releases told, and the names of all its cells.</summary>
    /// <param name="table">The table that is to be released.</param>
    /// <param name="own">What its cells are called.</param>
    /// <param name="question">How it is asked for by other columns.</param>
    /// <param name="releases">The releases so far.</param>
    /// <param name="source">The source, as the ledger remembers it.</param>
    /// <param name="persons">The rows.</param>
    public static (ProtectionTable Table, Func<string, string> Name) With(ProtectionTable table, Func<string, string> own,
        TableQuestion question, ReleaseLedger releases, string source, SourcePersons persons)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        string Name(string id) => names.TryGetValue(id, out var name) ? name : own(id);
        if (!table.IsInteger) return (table, Name);
        var union = LedgerUnion.Of(releases.Entries.Where(entry => entry.Extract == source));
        var used = releases.Columns(source);
        string[] earlier = [.. persons.Columns.Where(column => used.Contains(Hash(source, column.Known))
            && !question.Columns.Contains(column.Name))
            .Select(column => column.Name)];
        // A column whose categories were taken together stands beside itself as it was, for releases that are still to come.
        earlier = [.. earlier.Union(question.Columns.Select(column => column + SourcePersons.AsItWas).Where(column =>
            persons.Columns.Any(own =>
            own.Name == column)))];
        var options = question.Columns.Select(column => earlier.Select(other => ColumnBlocks.Of(persons, column, other))
            .Where(blocks => blocks.Count > 1).ToArray()).ToArray();
        if (options.All(blocks => blocks.Length == 0)) return (table, Name);
        var builder = new ProtectionTableBuilder { IsInteger = true };
        builder.Add(table);
        foreach (var choice in Choices(options).Skip(1).Take(MostTables)) Add(choice);
        return (builder.Build(), Name);

        void Add(ColumnBlocks?[] choice)
        {
            string[] columns = [.. question.Columns.Select((column, d) => choice[d]?.Other ?? column)];
            if (columns.Distinct(StringComparer.Ordinal).Count() < columns.Length) return;
            var (other, identity) = (question.Make(columns), question.Identity(columns));
            var always = choice.All(one => one is null || one.Other.EndsWith(SourcePersons.AsItWas, StringComparison.Ordinal));
            bool IsTold(string id) => always || union.Cells.Contains(LedgerName.Key(source, identity.Of(id)));
            var sums = new List<(string[] Mine, string[] Theirs)>();
            foreach (var (mine, theirs) in Sides(table, choice))
            {
                string[] own = [.. mine.Where(table.Contains)], told = [.. theirs.Where(other.Contains)];
                if (own.Length > 0 && told.Length > 0 && told.All(IsTold)) sums.Add((own, told));
            }

            foreach (var id in sums.SelectMany(sum => sum.Theirs).Distinct(StringComparer.Ordinal))
            {
                names[Id(id)] = identity.Of(id);
                builder.Add(other[id] with { Id = Id(id), Hidden = true });
            }

            foreach (var (mine, theirs) in sums)
            {
                if (mine.Length == 1) builder.Equate(mine[0], theirs.Select(Id));
                else if (theirs.Length == 1) builder.Equate(Id(theirs[0]), mine);
                else
                {
                    var both = $"{Id(theirs[0])} and {theirs.Length - 1} more";
                    names[both] = $"{identity.Of(theirs[0])}\nwith={string.Join('+', theirs)}";
                    builder.Add(new TableCell { Id = both, Value = mine.Sum(id => table[id].Value), Hidden = true });
                    builder.Equate(both, mine).Equate(both, theirs.Select(Id));
                }
            }

            string Id(string id) => $"{string.Join(", ", columns)}: {id}";
        }
    }

    // Of every dimension the column itself, or one that hangs together with it; the table's own columns come first.
    private static IEnumerable<ColumnBlocks?[]> Choices(ColumnBlocks[][] options) => options.Length == 0 ? [[]]
        : Choices(options[..^1]).SelectMany(choice => new ColumnBlocks?[] { null }.Concat(options[^1]).Select(last =>
            (ColumnBlocks?[])[.. choice, last])).OrderBy(choice => choice.Count(one => one is not null));

    // What adds up to the same on both sides, cell names of either.
    private static IEnumerable<(IEnumerable<string> Mine, IEnumerable<string> Theirs)> Sides(ProtectionTable table, ColumnBlocks?[] choice)
    {
        var nodes = choice.Select((_, d) => table.Cells.Where(cell => !cell.Hidden).Select(cell => cell.Id.Split('|')[d])
            .Distinct(StringComparer.Ordinal).ToArray()).ToArray();
        var sides = new List<(string[][] Mine, string[][] Theirs)> { ([], []) };
        for (var d = 0; d < choice.Length; d++)
        {
            (string[] Mine, string[] Theirs)[] here = choice[d] is { } blocks
                ? [.. blocks.Blocks, ([TableCell.Total], [TableCell.Total])]
                : [.. nodes[d].Select(node => ((string[])[node], (string[])[node]))];
            sides = [.. sides.SelectMany(side => here.Select(one => ((string[][])[.. side.Mine, one.Mine], (string[][])[.. side.Theirs,
                one.Theirs])))];
        }

        // Where every exchanged dimension is taken together, both sides are one cell.
        return sides.Where(side => choice.Where((blocks, d) => blocks is not null && side.Theirs[d] is not [TableCell.Total]).Any())
            .Select(side => (Ids(side.Mine), Ids(side.Theirs)));
    }

    private static IEnumerable<string> Ids(string[][] values) => values.Length == 1 ? values[0]
        : Ids(values[..^1]).SelectMany(first => values[^1].Select(last => $"{first}|{last}"));
}

/// <summary>The blocks into which the categories of two columns of the same rows fall, so that nobody is in two.</summary>
/// <param name="Other">The other column.</param>
/// <param name="Blocks">The categories of either column in each block.</param>
internal sealed record ColumnBlocks(string Other, IReadOnlyList<(string[] Mine, string[] Theirs)> Blocks)
{
    /// <summary>How many blocks there are; one where the columns have nothing to do with each other.</summary>
    public int Count => Blocks.Count;

    /// <summary>The blocks of two columns.</summary>
    public static ColumnBlocks Of(SourcePersons persons, string column, string other)
    {
        if (persons.Texts is not { } texts) return new(other, []);
        var (mine, theirs) = (texts(column), texts(other));
        var block = new Dictionary<(bool IsMine, string Value), (bool, string)>();
        (bool, string) Root((bool, string) value)
        {
            while (block[value] != value) value = block[value] = block[block[value]];
            return value;
        }

        for (var row = 0; row < mine.Length; row++)
        {
            var (a, b) = ((true, Plain(mine[row])), (false, Plain(theirs[row])));
            block.TryAdd(a, a);
            block.TryAdd(b, b);
            block[Root(a)] = Root(b);
        }

        return new(other, [.. block.Keys.GroupBy(Root).Select(group => (
            group.Where(value => value.IsMine).Select(value => value.Value).Order(StringComparer.Ordinal).ToArray(),
            group.Where(value => !value.IsMine).Select(value => value.Value).Order(StringComparer.Ordinal).ToArray()))]);
    }

    private static string Plain(string? text) => text is null ? ExtractTable.Missing : text.Replace('|', '/');
}
