using System.CommandLine;
using Analys.Cli.Commands.Areas;
using Analys.Cli.Commands.Effects;
using Analys.Cli.Commands.Load;
using Analys.Cli.Commands.Measure;
using Analys.Cli.Commands.Report;
using Analys.Cli.Commands.Tools;

namespace Analys.Cli;

/// <summary>The commands by name, each with a line for the list of them and how it is built. Only the command that a call names is built:
/// the list itself touches no measure.</summary>
internal static class CommandList
{
    private static readonly Entry[] Commands =
    [
        new("report", "Make the report: a page with figures and tables", ReportCommand.Create),
        new("profile", "Write the profile of an area on one printed page", ProfileCommand.Create),
        new("chart", "Draw one chart of a table", ChartCommand.Create),
        new("check", "Validate an extract against its schema and screen it for identifiers", CheckCommand.Create),
        new("convert", "Tidy any supported source", ConvertCommand.Create),
        new("fetch", "Fetch public statistics from PxWeb", FetchCommand.Create),
        new("schema", "Table Schemas of extracts", SchemaCommand.Create),
        new("segregation", "Segregation of groups across units", SegregationCommand.Create),
        new("synth", "Write synthetic register extracts, clearly labelled", SynthCommand.Create),
        new("swedish", "Child poverty and deprivation by Swedish definitions", SwedishCommand.Create),
        new("whatif", "Poor children under a changed norm or allowance", WhatIfCommand.Create),
        new("poverty", "Poverty measures over weighted persons in households", PovertyCommand.Create),
        new("inequality", "Inequality measures over weighted persons in households", PovertyCommand.CreateInequality),
        new("effect", "What an intervention did", EffectCommand.Create),
        new("load", "Validate and screen an extract and load it into a database", LoadCommand.Create),
        new("indicators", "Follow up a plan's indicators", IndicatorsCommand.Create),
        new("smallarea", "Estimates for areas with few persons", SmallAreaCommand.Create),
        new("pool", "Means of several years, and changes with the error that shared persons leave", PoolCommand.Create),
        new("calibrate", "Means with weights calibrated to known margins", CalibrateCommand.Create),
        new("gradient", "Social gradients", GradientCommand.Create),
        new("standardise", "Rates standardised for age", StandardiseCommand.Create),
        new("unions", "Counts of areas with their errors, added up to unions or another division", UnionsCommand.Create),
        new("variance", "Variance between areas", VarianceCommand.Create),
        new("forecast", "Forecasts with their errors", ForecastCommand.Create),
        new("panel", "Indicators of several sectors by area", PanelCommand.Create),
        new("typology", "Types of areas: k-means on standardised variables, or SCB's rule for an index", TypologyCommand.Create),
        new("regress", "A regression table: what goes together with what, with standard errors", RegressCommand.Create),
        new("release", "Disclosure control of a table, with proof", ReleaseCommand.Create),
        new("measures", "What the measures are; one explained with its options", MeasuresCommand.Create),
        new("reproduce", "Make figures again from their manifest and compare", ReproduceCommand.Create),
        new("notebook", "Run, check and export notebooks", NotebookCommand.Create),
        new("kernel", "The Jupyter kernel of C# notebooks", KernelCommand.Create),
        new("init", "Make a folder to work in: extracts, schemas, recipe, notebook, ledger", InitCommand.Create),
        new("roles", "Say what each column of a file is, and write its schema", RolesCommand.Create),
        new("completion", "Completion for bash, zsh, fish and PowerShell", CompletionCommand.Create),
        new("help", "Help on a topic or a command", HelpCommand.Create),
    ];

    // They read no table, or all of it: a choice of rows would pass unheard.
    private static readonly string[] WithoutRows = ["fetch", "load", "schema", "synth", "measures", "reproduce", "notebook", "kernel"];

    /// <summary>The names of all commands.</summary>
    public static IEnumerable<string> Names => Commands.Select(entry => entry.Name);

    /// <summary>The command <c>analys</c> with the command that a call names; the others stand in it by name and line only.</summary>
    /// <remarks>A plain command, since a root command takes its name from the assembly: usage lines should say analys.</remarks>
    public static Command Root(Terminal terminal, IReadOnlyList<string> args)
    {
        var root = new Command("analys", "Child poverty and segregation in Stockholm: reports, checks and measures.")
        {
            new Option<bool>(Remedies.Coarsen) { Recursive = true,
                Description = "If the release is refused, take the coarser call that passes and keeps most; what was changed is said" },
            CommonOptions.Merge,
            CommonOptions.Encoding(),
            CommonOptions.HeaderRows(),
            new VersionOption(),
        };
        var asked = args.FirstOrDefault(arg => Array.Exists(Commands, entry => entry.Name == arg));
        foreach (var entry in Commands)
        {
            var command = entry.Name == asked ? entry.Build(terminal) : new Command(entry.Name, entry.Line);
            CommonOptions.AddOut(command);
            // Where a command has a period of its own, it says itself what that is.
            if (entry.Name == asked && !WithoutRows.Contains(entry.Name))
            {
                if (!command.Options.Any(option => option.Name == "--period")) command.Add(CommonOptions.Period());
                if (!command.Options.Any(option => option.Name == "--where")) command.Add(CommonOptions.Where());
            }

            root.Add(command);
            if (entry.Name == asked) FrameOptions.AddTo(root, command);
        }

        if (asked is null) FrameOptions.AddTo(root, null);
        return root;
    }

    private sealed record Entry(string Name, string Line, Func<Terminal, Command> Build);
}
