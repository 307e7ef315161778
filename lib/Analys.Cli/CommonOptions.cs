using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Analys.Disclosure;
using Analys.Domain;
using Analys.Load;

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

    public static Option<OutputFormat> Format() => new("--format") { Description = "table (default), json or csv", HelpName = "table|json|csv" };

    public static Option<string?> Schema() => new("--schema") { Description = "The Table Schema: a file, or the name of a shipped one. Without it the schema is looked for beside the file, else inferred and taken as confidential" };

    public static Option<string?> PolicyName() => new("--policy") { Description = "The disclosure policy: stockholm (default), scb-research, rounded5, rounded-city, public, or a file" };

    public static Option<bool> Confidential() => new("--confidential") { Description = "Print unprotected results, for use inside a secure environment only" };

    /// <summary>A number with a decimal point, whatever the culture of the machine.</summary>
    public static Option<double> Number(string name, string description, double otherwise)
    {
        var option = new Option<double>(name) { Description = description, CustomParser = result => Number(result, name) ?? otherwise };
        if (otherwise != 0) option.DefaultValueFactory = _ => otherwise;
        return option;
    }

    /// <summary>A number with a decimal point that may be left out.</summary>
    public static Option<double?> Number(string name, string description) => new(name) { Description = description, CustomParser = result => Number(result, name) };

    private static double? Number(ArgumentResult result, string name)
    {
        if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)) return value;
        result.AddError($"{name} is a number, with a decimal point where it has decimals.");
        return null;
    }

    /// <summary>A comma-separated list.</summary>
    public static Option<string[]> List(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
        DefaultValueFactory = _ => [],
        AllowMultipleArgumentsPerToken = false,
    };

    public static Option<string?> Sheet() => new("--sheet") { Description = "Of a workbook: the name or number of the sheet; without it the first with a table" };

    /// <summary>Loads the extract that a call names, and says what was taken for granted of its layout.</summary>
    public static Extract LoadExtract(Terminal terminal, string file, string? schema, string? sheet = null)
    {
        var extract = Extract.Load(file, schema is null ? null : TableSchema.Load(schema), sheet);
        // What marks stand in which column is for check to tell: the measures say themselves what they left out.
        foreach (var notice in extract.Notices.Where(notice => notice.Code != NoticeCodes.Mark)) terminal.Errors.WriteLine($"analys: note: {notice}");
        return extract;
    }

    /// <summary>Releases results as a call asks.</summary>
    public static Released ReleaseAs(this Results results, string? policy, bool confidential)
    {
        if (confidential && policy is not null) throw new CallException("--confidential and --policy exclude each other.");
        return results.Release(confidential ? Policy.Confidential : policy is null ? Policy.Stockholm : Policy.Load(policy));
    }
}
