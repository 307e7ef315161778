using System.CommandLine;
using System.Text;
using Analys.Domain;
using Analys.Load.Csv;
using Analys.Load.Cubes;
using Analys.Load.Cubes.JsonStat;
using Analys.Load.Formats.Records;

namespace Analys.Cli.Commands.Load;

/// <summary><c>analys convert FILE</c>: any supported source as tidy CSV, or a table of statistics as PX or JSON-stat.</summary>
internal static class ConvertCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = CommonOptions.File("A PX, JSON-stat, PxWeb, Kolada, Excel or CSV file");
        var schema = CommonOptions.Schema();
        var sheet = CommonOptions.Sheet();
        var target =
            new Option<string?>("--out")
            {
                Description =
                "FILE.csv, FILE.parquet, FILE.json (JSON-stat) or FILE.px; without it CSV on standard output"
            };
        var language = new Option<string?>("--language") { Description = "For PX files in several languages: which" };
        var formulas = new Option<string>("--formulas")
        {
            Description =
                "Of CSV: safe (default) writes an apostrophe before texts that a spreadsheet would run as formulas; keep leaves them",
            DefaultValueFactory = _ => "safe",
        };
        formulas.AcceptOnlyFromAmong("safe", "keep");
        var command =
            new Command("convert", "Tidy any supported source") { file, schema, sheet, CommonOptions.Table(), target, language, formulas };
        command.SetAction(call =>
        {
            var path = call.GetRequiredValue(file);
            var output = call.GetValue(target);
            if (output is null)
            {
                Write(terminal.Bytes, ".csv", path, call.GetValue(schema), call.GetValue(sheet), call.GetValue(language), terminal,
                    call.GetValue(formulas) == "keep");
                terminal.Bytes.Flush();
                return;
            }

            var kind = Path.GetExtension(output).ToUpperInvariant();
            if (kind is not (".CSV" or ".JSON" or ".PX" or ".PARQUET"))
                throw new CallException("--out ends in .csv, .parquet, .json or .px.");
            OutputFile.Write(output,
                stream =>
                    Write(stream, kind, path, call.GetValue(schema), call.GetValue(sheet), call.GetValue(language), terminal,
                    call.GetValue(formulas) == "keep"));
        });
        return command;
    }

    private static void Write(Stream stream, string kind, string path, string? schema, string? sheet, string? language, Terminal terminal,
        bool keep)
    {
        void Said(long found)
        {
            if (found == 0) return;
            terminal.Errors.WriteLine(keep
                ? $"analys: note: {found} texts begin as formulas do, and a spreadsheet would run them; --formulas safe writes an "
                    + "apostrophe before each"
                : $"analys: note: an apostrophe stands before {found} texts that a spreadsheet would run as formulas; --formulas keep "
                    + "leaves them");
        }

        if (Path.GetExtension(path).Equals(".px", StringComparison.OrdinalIgnoreCase) && (language is not null || kind is ".JSON" or ".PX"))
        {
            var table = PxTable.Load(path);
            if (table.Findings.Length > 0) terminal.Findings(table.Findings);
            try
            {
                if (language is not null) table = table.In(language);
            }
            catch (ArgumentException)
            {
                throw new CallException($"The file's languages are {string.Join(", ", table.Languages)}.");
            }

            if (kind == ".PX") stream.Write(Encoding.UTF8.GetBytes(PxWriter.Write(table)));
            else if (kind == ".JSON") JsonStatWriter.Write(stream, table.Cube);
            else Said(CubeCsv.Write(stream, table.Cube, keep));
            return;
        }

        if (language is not null) throw new CallException("--language is for PX files.");
        if (kind is ".JSON" or ".PX")
        {
            var document = JsonStatDocument.Parse(File.ReadAllBytes(path));
            var cube = document is { IsValid: true, Datasets: [var one] } ? one : throw new CallException(
                $"Only a PX file or one JSON-stat dataset can be written as {(kind == ".PX" ? "PX" : "JSON-stat")}.");
            if (kind == ".PX") stream.Write(Encoding.UTF8.GetBytes(PxWriter.Write(PxFromCube.Of(cube))));
            else JsonStatWriter.Write(stream, cube);
            return;
        }

        var extract = CommonOptions.LoadExtract(terminal, path, schema, sheet);
        if (kind == ".PARQUET") ParquetTable.Write(stream, extract);
        else Said(ExtractCsv.Write(stream, extract, keep));
    }
}
