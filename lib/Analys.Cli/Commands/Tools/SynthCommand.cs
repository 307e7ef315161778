using System.CommandLine;
using System.Globalization;
using Analys.Cli.Errors;
using Analys.Domain;
using Analys.Measure.Synthetic;

namespace Analys.Cli.Commands.Tools;

/// <summary><c>analys synth</c>: writes a made-up register of Stockholm, for notebooks, tests and measuring speed.</summary>
internal static class SynthCommand
{
    public static Command Create(Terminal terminal)
    {
        var persons = new Option<int>("--persons")
        {
            Description = "Persons in the register's year, at least 1000 (cohort: 40)",
            Required = true
        };
        var seed =
            CommonOptions.Seed("The seed; the same seed gives the same files");
        var folder = new Option<string>("--out") { Description = "The folder to write to", Required = true };
        var years = new Option<int>("--years") { Description = "Years of panel, 1 to 7; 1 writes no panel", DefaultValueFactory = _ => 5 };
        var layout = new Option<SyntheticLayout>("--layout")
        {
            Description =
            "register (default), benchmark: one file of eight columns, or cohort: young persons with and without a support group",
            HelpName = "register|benchmark|cohort"
        };
        var command =
            new Command("synth", "Write synthetic register extracts whose margins follow public figures, clearly labelled") { persons, seed,
                folder, years, layout };
        command.SetAction((call, cancel) => Task.Run(
            () =>
            {
                var (n, span) = (call.GetValue(persons), call.GetValue(years));
                if (call.GetValue(layout) == SyntheticLayout.Cohort)
                    return Cohort(terminal, n, call.GetRequiredValue(folder), call.GetValue(seed));
                if (n < SyntheticRegister.FewestPersons)
                    throw new CallException($"--persons is at least {SyntheticRegister.FewestPersons}.");
                if (span is < 1 or > 7) throw new CallException("--years is 1 to 7.");
                if (File.Exists(call.GetRequiredValue(folder))) throw new CallException("--out names a file; a folder is wanted.");
                var register = SyntheticRegister.Make(n, call.GetValue(seed), call.GetValue(layout) == SyntheticLayout.Benchmark
                    ? 1 : span, cancel: cancel);
                try
                {
                    foreach (var file in SyntheticFiles.Write(register, call.GetRequiredValue(folder), call.GetValue(seed),
                        call.GetValue(layout), cancel))
                    {
                        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                            $"{file.Name}  {file.Bytes} bytes  synthetic, schema {file.Schema}"));
                    }
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    throw MachineFault.Writing(e, "--out");
                }

                return ExitCode.Done;
            },
            cancel));
        return command;
    }

    private static int Cohort(Terminal terminal, int persons, string folder, long seed)
    {
        if (persons < SyntheticCohort.FewestPersons)
            throw new CallException($"--persons is at least {SyntheticCohort.FewestPersons} for a cohort.");
        if (File.Exists(folder)) throw new CallException("--out names a file; a folder is wanted.");
        try
        {
            var file = SyntheticFiles.WriteCohort(persons, folder, seed);
            terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{file.Name}  {file.Bytes} bytes  synthetic, schema {file.Schema}"));
            return ExitCode.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MachineFault.Writing(e, "--out");
        }
    }
}
