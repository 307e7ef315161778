using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Cli.Options;

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

    /// <summary>The seed of what is drawn.</summary>
    public static Option<long> Seed(string description) => new("--seed") { Description = description, DefaultValueFactory = _ => 1 };

    /// <summary>The coverage of intervals.</summary>
    public static Option<double> Level(string description) => Number("--level", description, 0.95);

    /// <summary>The language of what is drawn and written, where the command has one beside that of its messages.</summary>
    public static Option<string> TextLanguage(string description = "sv or en")
    {
        var language = new Option<string>("--language") { Description = description, DefaultValueFactory = _ => "sv" };
        language.AcceptOnlyFromAmong("sv", "en");
        return language;
    }

    /// <summary>The title of what is drawn or written.</summary>
    public static Option<string?> Title(string description) => new("--title") { Description = description };

    /// <summary>A number with a decimal point, whatever the culture of the machine.</summary>
    public static Option<double> Number(string name, string description, double otherwise)
    {
        var option = new Option<double>(name) { Description = description, CustomParser = result => Number(result, name) ?? otherwise };
        if (otherwise != 0) option.DefaultValueFactory = _ => otherwise;
        return option;
    }

    /// <summary>The option of the command for an option of a measure: a text, the catalogue's default where none is given, and one of its
    /// words where it has them.</summary>
    public static Option<string> Word(MeasureOption option)
    {
        var made = new Option<string>($"--{option.Name}") { Description = option.Description };
        if (option.Default is { } otherwise) made.DefaultValueFactory = _ => otherwise;
        if (!option.Words.IsEmpty) made.AcceptOnlyFromAmong([.. option.Words]);
        return made;
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
        if (isBeside)
        {
            rows = rows.Among([.. extract.Columns.Select(column => column.Name)]);
            rows = new RowChoice([.. rows.Conditions.Where(condition => extract.Has(condition.Field))]);
        }

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
        var below = 0;
        foreach (var age in ages.Values) below += age < 0 ? 1 : 0;
        if (below == 0) return extract;
        if (Of<bool>(call, "--newborn")) return extract.WithNewborn(name);
        terminal.Errors.WriteLine($"analys: note: {below} persons have an age below 0 (born after the reference date): no span of ages "
            + $"has them; --newborn counts them as 0");
        return extract;
    }
}
