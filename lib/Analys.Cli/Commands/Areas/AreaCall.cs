using System.CommandLine;
using Analys.Cli.Errors;
using Analys.Domain;
using Analys.Measure.Areas.Study;

namespace Analys.Cli.Commands.Areas;

/// <summary>What the commands on tables of areas have in common: the file, how it is read, and how results pass the gate.</summary>
internal sealed class AreaCall
{
    private readonly Terminal terminal;
    private readonly Argument<string> file;
    private readonly Option<string?> schema = CommonOptions.Schema();
    private readonly Option<string?> sheet = CommonOptions.Sheet();
    private readonly GateOptions gate = new();
    private readonly Option<double> level = CommonOptions.Level(AreaOptions.Level.Description);

    public AreaCall(Terminal terminal, string description)
    {
        this.terminal = terminal;
        file = CommonOptions.File(description);
    }

    /// <summary>A command with the common options and its own.</summary>
    public Command Command(string name, string description, IEnumerable<Option> options, Func<ParseResult, Results> run)
    {
        var command = new Command(name, description) { file, schema, sheet, level };
        foreach (var option in gate.All.Concat(options)) command.Add(option);
        command.SetAction(call => Print(call, () => run(call)));
        return command;
    }

    /// <summary>The extract that a call names.</summary>
    public Extract Load(ParseResult call) =>
        CommonOptions.LoadExtract(terminal, call.GetRequiredValue(file), call.GetValue(schema), call.GetValue(sheet));

    /// <summary>The extract that a call names, whose columns of counts hold persons and no money.</summary>
    public Extract Load(ParseResult call, params IEnumerable<string?> counts)
    {
        var extract = Load(call);
        MoneyAsCount.RefuseInModel(extract, counts);
        return extract;
    }

    /// <summary>Another file of the call, with the schema that stands beside it.</summary>
    public Extract Load(string path) => CommonOptions.LoadExtract(terminal, path, null, isBeside: true);

    /// <summary>Whether the call says that it is inside the secure environment.</summary>
    public bool InSecureEnvironment(ParseResult call) => gate.IsConfidential(call);

    /// <summary>The coverage of intervals.</summary>
    public double Level(ParseResult call) => call.GetValue(level) is > 0 and < 1 and var given
        ? given
        : throw new CallException("--level is between 0 and 1.");

    /// <summary>Runs a study; what no model can be fitted to is wrong data, said without a value.</summary>
    public void Print(ParseResult call, Func<Results> run) => gate.Print(terminal, call, ExtractMeasures.AreaStudy(run));

    /// <summary>A column that must be named.</summary>
    public static Option<string> Required(string name, string description) => new(name) { Description = description, Required = true };

    /// <summary>A column that may be named.</summary>
    public static Option<string?> Optional(string name, string description) => new(name) { Description = description };

    /// <summary>One of the words of a measure's option.</summary>
    public static Option<string> Choice(MeasureOption choice)
    {
        var option = CommonOptions.Word(choice);
        option.Description += $": {string.Join(", ", choice.Words)}";
        return option;
    }
}
