using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Analys.Database;
using Analys.Database.Sql;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure.Source;

namespace Analys.Cli;

/// <summary>Options that several commands have, each defined once.</summary>
internal static class CommonOptions
{
    public static Argument<string> File(string description = "The extract: a CSV, PX, JSON-stat, PxWeb, Kolada or Excel file")
    {
        var file = new Argument<string>("FILE") { Description = description };
        file.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value.Length: 0 }]) result.AddError("FILE is empty: name a file.");
        });
        return file;
    }

    public static Option<OutputFormat> Format() =>
        new("--format")
        {
            Description = "table (default), json, csv, markdown, xlsx or parquet",
            HelpName = "table|json|csv|markdown|xlsx|parquet"
        };

    /// <summary>Gives a command that prints results a file for them.</summary>
    public static void AddOut(Command command)
    {
        // What passes the gate are results; other commands print lists and files of their own.
        bool Has(string name) => command.Options.Any(option => option.Name == name);
        if (!Has("--format") || !Has("--policy")) return;
        FrameOptions.AddExplain(command);
        if (Has("--out")) return;
        command.Add(new ResultFileOption());
    }

    public static Option<string?> Schema() =>
        new("--schema")
        {
            Description =
            "The Table Schema: a file, or the name of a shipped one. Without it the schema is looked for beside the file, else inferred "
                + "and taken as confidential"
        };

    public static Option<string?> PolicyName() =>
        new("--policy")
        {
            Description =
            "The disclosure policy: stockholm (default), scb-research, rounded5, rounded-city, public, or a file"
        };

    public static Option<bool> Confidential() =>
        new("--confidential") { Description = "Print unprotected results, for use inside a secure environment only" };

    /// <summary>A number with a decimal point, whatever the culture of the machine.</summary>
    public static Option<double> Number(string name, string description, double otherwise)
    {
        var option = new Option<double>(name) { Description = description, CustomParser = result => Number(result, name) ?? otherwise };
        if (otherwise != 0) option.DefaultValueFactory = _ => otherwise;
        return option;
    }

    /// <summary>A number with a decimal point that may be left out.</summary>
    public static Option<double?> Number(string name, string description) =>
        new(name) { Description = description, CustomParser = result => Number(result, name) };

    // What people write in per cent.
    private static readonly string[] Shares = ["--level", "--p", "--q", "--correlation"];

    private static double? Number(ArgumentResult result, string name)
    {
        if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value))
        {
            if (!Shares.Contains(name) || value is not (> 1 and <= 100)) return value;
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is a share of one, not a percentage. Did you mean "
                + $"{value / 100:0.####}?"));
            return null;
        }

        var point = result.Tokens[0].Value.Replace(',', '.');
        var meant = double.TryParse(point, NumberStyles.Float, CultureInfo.InvariantCulture, out _) && point != result.Tokens[0].Value
            ? $" Did you mean {point}?" : "";
        result.AddError($"{name} is a number, with a decimal point where it has decimals.{meant}");
        return null;
    }

    /// <summary>A comma-separated list.</summary>
    public static Option<string[]> List(string name, string description) => new(name)
    {
        Description = description,
        CustomParser =
        result =>
        [.. result.Tokens.SelectMany(token =>
            token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
        DefaultValueFactory = _ => [],
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>The rows that a call chooses, on every command that reads a file or database.</summary>
    public static Option<string[]> Where() => new("--where")
    {
        Description = "Only rows where COLUMN=VALUE; also COLUMN!=VALUE, COLUMN=FROM..TO (numbers), COLUMN=A|B; several are all asked for",
        DefaultValueFactory = _ => [],
        Recursive = true,
    };

    /// <summary>The year that a call chooses.</summary>
    public static Option<string?> Period() => new("--period")
    {
        Description = "Only rows of this period, by the column that tells it; all to add up over periods, which is never done unasked",
        Recursive = true,
    };

    /// <summary>The encoding of text files.</summary>
    public static Option<string?> Encoding() => new("--encoding")
    {
        Description =
            "The encoding of a text file, such as windows-1252, ibm850, macintosh, utf-16 or utf-8-twice; found from the bytes without it",
        Recursive = true,
    };

    /// <summary>The number of rows of a workbook's header.</summary>
    public static Option<int?> HeaderRows() => new("--header-rows")
    {
        Description = "Of a workbook: how many rows the header has; found without it",
        Recursive = true,
    };

    /// <summary>Which of several tables of a sheet or document.</summary>
    public static Option<string?> Table() =>
        new("--table") { Description = "Which of several tables of a sheet or JSON document, by its number from 1; the first without it" };

    // The value of an option of the command itself or of all commands; the default where neither has it.
    private static T? Of<T>(ParseResult call, string name) =>
        call.CommandResult.Command.Options.Concat(call.RootCommandResult.Command.Options).OfType<Option<T>>().FirstOrDefault(option =>
            option.Name == name) is { } option
            ? call.GetValue(option) : default;

    /// <summary>How the file of a call is to be read.</summary>
    public static ReadOptions Reading(ParseResult? call, string? sheet)
    {
        if (call is null) return new ReadOptions(sheet);
        var rows = Of<int?>(call, "--header-rows");
        if (rows is < 1 or > 20) throw new CallException("--header-rows must be from 1 to 20.");
        if (Of<string?>(call, "--encoding") is { } name
            && TextEncoding.TryByName(name) is null) throw new CallException("--encoding names none that is known.");
        return new ReadOptions(sheet, Of<string?>(call, "--table"), rows, Of<string?>(call, "--encoding"));
    }

    /// <summary>The rows that a call names.</summary>
    public static RowChoice Rows(ParseResult? call) => call is null ? RowChoice.All : RowChoice.Parse(Of<string[]>(call, "--where") ?? []);

    /// <summary>The conditions on rows, as a call writes them.</summary>
    public static string[] Conditions(ParseResult call) => Of<string[]>(call, "--where") ?? [];

    /// <summary>Whether a call asks to add up over periods.</summary>
    public static bool AddsUpPeriods(ParseResult call) => Of<string?>(call, "--period") == "all";

    /// <summary>The column of a source that tells the period, by its role or its name; null for none.</summary>
    public static string? PeriodColumn(TableSchema schema) => Periods.Find(schema);

    /// <summary>The rows of a source that a call names.</summary>
    public static RowChoice Rows(ParseResult call, TableSchema schema)
    {
        var rows = Rows(call);
        var period = Of<string?>(call, "--period");
        if (period is null or "all" || schema.Find(period) is not null) return rows;
        var column = PeriodColumn(schema)
            ?? throw new CallException("--period: no column tells the period; choose rows with --where COLUMN=VALUE.");
        return new RowChoice([.. rows.Conditions, .. RowChoice.Parse([$"{column}={period}"]).Conditions]);
    }

    /// <summary>The rows of an extract that a call names, of one period where it names one.</summary>
    public static Extract Chosen(Extract extract, ParseResult? call, bool isBeside = false)
    {
        // A table beside the one that is measured (margins, parts, a standard) need not have the columns of the conditions.
        var rows = Rows(call);
        if (isBeside) rows = new RowChoice([.. rows.Conditions.Where(condition => extract.Has(condition.Field))]);
        var chosen = extract.Where(rows);
        var period = call is null ? null : Of<string?>(call, "--period");
        // Commands on persons name the column of the year by the same option.
        if (period is null || chosen.Has(period)) return chosen;
        if (period == "all") return chosen.Pooled();
        if (isBeside && Periods.Find(chosen) is null) return chosen;
        var column = Periods.Find(chosen)
            ?? throw new CallException("--period: no column tells the period; choose rows with --where COLUMN=VALUE.");
        return chosen.Where(Periods.Choice(column, period));
    }

    /// <summary>Categories that are taken together, wherever a file is read.</summary>
    public static Option<string[]> Merge { get; } = new("--merge")
    {
        Description = "Take categories of a column together: FIELD:NEW=A+B; several with semicolons, or the option several times",
        Recursive = true,
        DefaultValueFactory = _ => [],
    };

    public static Option<string?> Sheet() =>
        new("--sheet") { Description = "Of a workbook: the name or number of the sheet; without it the first with a table" };

    /// <summary>Loads the extract that a call names, and says what was taken for granted of its layout.</summary>
    public static Extract LoadExtract(Terminal terminal, string file, string? schema, string? sheet = null, bool isBeside = false)
    {
        Work.Say($"reading {Path.GetFileName(file)}");
        var extract = Chosen(Extract.Load(file, schema is null ? null : TableSchema.Load(schema), Reading(terminal.Parsed, sheet)),
            terminal.Parsed, isBeside);
        foreach (var merge in terminal.Merges) extract = MergedCategories.Of(extract, merge);
        // What marks stand in which column is for check to tell: the measures say themselves what they left out.
        foreach (var notice in extract.Notices.Where(notice => notice.Code != NoticeCodes.Mark))
            terminal.Errors.WriteLine($"analys: note: {notice}");
        Work.Say("measuring");
        return Aged(terminal, extract);
    }

    /// <summary>Results of some of the rows say so in each record: they are of other persons than those of all.</summary>
    public static Results Stated(Results results, ParseResult call)
    {
        var where = Rows(call).Text;
        var period = Of<string?>(call, "--period");
        var asked = period is not null and not "all"
            && results.Provenance.Steps.Any(step => step.StartsWith("rows where ", StringComparison.Ordinal)
            && step.EndsWith("=" + period, StringComparison.Ordinal));
        asked |= period is { Length: > 0 } && char.IsAsciiDigit(period[0]) && results.Provenance.Sources.Length > 0
            && results.Provenance.Steps.IsEmpty && call.GetResult("--source") is not null;
        if (where.Length == 0 && !asked) return results;
        return new Results(results.Select(result => result with
        {
            Parameters = where.Length == 0 ? result.Parameters : result.Parameters.SetItem("where", where),
            Period = result.Period is null && asked ? period : result.Period,
        }), results.Confidentiality, results.Provenance);
    }

    // In EU-SILC and the like children born after the reference date have an age of -1: no span of ages has them.
    private static Extract Aged(Terminal terminal, Extract extract)
    {
        if (terminal.Parsed is not { } call || call.CommandResult.Command.Options.All(option => option.Name != "--newborn")) return extract;
        var name = Of<string?>(call, "--age") ?? extract.Columns.FirstOrDefault(column => column.Field.Role == Role.Age)?.Name;
        if (name is null || !extract.Has(name) || extract[name] is not NumberColumn ages) return extract;
        var below = ages.Values.ToArray().Count(age => age < 0);
        if (below == 0) return extract;
        if (Of<bool>(call, "--newborn")) return extract.WithNewborn(name);
        terminal.Errors.WriteLine($"analys: note: {below} persons have an age below 0 (born after the reference date): no span of ages "
            + $"has them; --newborn counts them as 0");
        return extract;
    }

    /// <summary>Releases results as a call asks.</summary>
    public static Released ReleaseAs(this Results results, string? policy, bool confidential)
    {
        if (confidential && policy is not null) throw new CallException("--confidential and --policy exclude each other.");
        return results.Release(confidential ? Policy.Confidential : policy is null ? Policy.Stockholm : Policy.Load(policy));
    }
}

/// <summary>The option <c>--out</c> of commands that print results: the ending of the file chooses the form.</summary>
internal sealed class ResultFileOption : Option<string?>
{
    public ResultFileOption()
        : base("--out") => Description = $"Write the results to a file; its ending chooses the form: {ResultFiles.Endings}";

    /// <summary>The file of a call; null where it has none.</summary>
    public static string? Of(ParseResult call) =>
        call.CommandResult.Command.Options.OfType<ResultFileOption>().FirstOrDefault() is { } option ? call.GetValue(option) : null;
}

/// <summary>The option <c>--ledger</c>: a file that remembers what was released.</summary>
internal sealed class LedgerOption
{
    private readonly Option<string?> option = new("--ledger")
    {
        Description =
        "A file that remembers releases of the source (no values): what they withheld stays withheld, and what would give a cell away "
            + "together with them is refused",
    };

    private readonly Option<string?> because = new("--another-source")
    {
        Description =
        "Why the data are another source for the ledger though they hold persons that it knows (same rows in another order, with other "
            + "columns or another year beside them are one source): the words are recorded",
    };

    public Option Option => option;

    public Option Because => because;

    /// <summary>The ledger that a call names; null where it names none.</summary>
    public Ledger? Of(ParseResult call)
    {
        var words = call.GetValue(because);
        if (words is not null && string.IsNullOrWhiteSpace(words)) throw new CallException("--another-source says why, in words.");
        if (call.GetValue(option) is { } path) return Ledger.Open(path, words);
        return words is null ? null : throw new CallException("--another-source is said to a --ledger.");
    }

    /// <summary>Releases results as a call asks.</summary>
    public Released Release(ParseResult call, Results results, string? policy, bool confidential)
    {
        results = CommonOptions.Stated(results, call);
        if (Of(call) is not { } ledger) return results.ReleaseAs(policy, confidential);
        if (confidential) throw new CallException("--confidential prints what is not released: it has no --ledger.");
        return results.Release(policy is null ? Policy.Stockholm : Policy.Load(policy), ledger);
    }
}

/// <summary>Where rows are that do not come to this machine.</summary>
internal sealed class SourceOptions
{

    private readonly Option<string[]> source = new("--source")
    {
        Description =
        "Instead of FILE: postgres:Host=...;Database=..., sqlite:FILE.db, duckdb:FILE, sqlserver:Server=..., or a CSV or Parquet file "
            + "larger than memory; several for the parts of one "
            + "population. Only aggregates are asked for. Passwords come from PGPASSWORD or ~/.pgpass",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> table =
        new("--table") { Description = "The table or view of --source; of a FILE with several tables, its number from 1" };
    private readonly Option<double> timeout =
        CommonOptions.Number("--timeout", "The longest time of a statement of --source, in seconds", 600);

    public Argument<string?> File { get; } =
        new("FILE") { Description = "The extract, a CSV file; or give --source", Arity = ArgumentArity.ZeroOrOne };

    public IEnumerable<Option> All => [source, table, timeout];

    /// <summary>The file of a call without a source; null where a source is given.</summary>
    public string? FileOf(ParseResult call)
    {
        var given = call.GetValue(source) is { Length: > 0 };
        if (call.GetValue(File) is "") throw new CallException("FILE is empty: name a file.");
        if (call.GetValue(File) is { } address && Engines.IsAddress(address))
            throw new CallException("FILE is a file: the address of a database is given with --source.");
        if (call.GetValue(File) is { } file) return given ? throw new CallException("Give FILE or --source, not both.") : file;
        return given ? null : throw new CallException("Give FILE or --source.");
    }

    /// <summary>The source that a call names.</summary>
    /// <param name="call">The call.</param>
    /// <param name="schema">The schema; null to find it.</param>
    /// <param name="also">One more condition on the rows; null for none.</param>
    public IAggregateSource Open(ParseResult call, TableSchema? schema, string? also = null)
    {
        var more = also is null ? [] : RowChoice.Parse([also]).Conditions;
        var parts = Parts(call, address => address.Open(call.GetValue(table), schema, Timeout(call), found =>
            new RowChoice([.. CommonOptions.Rows(call, found).Conditions, .. more])));
        return parts.Count == 1 ? parts[0] : new ShardedSource(parts);
    }

    /// <summary>The source that a call names, as one of counts.</summary>
    public ICountSource OpenCounts(ParseResult call, TableSchema? schema)
    {
        var parts =
            Parts(call, address =>
            address.OpenCounts(call.GetValue(table), schema, Timeout(call), found => CommonOptions.Rows(call, found)));
        return parts.Count == 1 ? parts[0] : new CountsSideBySide(parts);
    }

    public static TableSchema? Schema(string? schema) => schema is null ? null : TableSchema.Load(schema);

    private TimeSpan Timeout(ParseResult call) => call.GetValue(timeout) is >= 0.001 and <= 1_000_000 and var seconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new CallException("--timeout must be from 0.001 to 1000000 seconds.");

    // Where one cannot be opened, those before it are closed.
    private List<T> Parts<T>(ParseResult call, Func<SourceAddress, T> open)
        where T : IDisposable
    {
        var parts = new List<T>();
        try
        {
            foreach (var text in call.GetValue(source)!) parts.Add(open(SourceAddress.Parse(text)));
            return parts;
        }
        catch
        {
            foreach (var part in parts) part.Dispose();
            throw;
        }
    }
}
