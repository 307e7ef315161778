using System.CommandLine;
using Analys.Cli.Errors;
using Analys.Domain;
using Analys.Load;
using Analys.Raster;
using Analys.Report;
using Analys.Report.Charts;
using Analys.Report.Page;
using Analys.Report.Tables;

namespace Analys.Cli.Commands.Report;

/// <summary><c>analys chart FILE --x area --y share --out f.png</c>: one chart of any public or released table.</summary>
internal static class ChartCommand
{
    private static readonly string[] Endings = [".svg", ".png", ".pdf", ".html"];

    public static Command Create(Terminal terminal)
    {
        var file = CommonOptions.File("A table: CSV, PX, JSON-stat, Kolada or Excel");
        var x = new Option<string>("--x")
        {
            Description = "The column or role of areas or periods: area, period, or a column's name",
            DefaultValueFactory = _ => "area"
        };
        var y = new Option<string>("--y")
        {
            Description =
            "The column or role of the values: share, count, amount, or a column's name; two, comma-separated, for a scatter",
            Required =
            true
        };
        var kind = new Option<string?>("--kind")
        {
            Description =
            "bar, line, map, dumbbell, scatter, heat, strip, funnel or slope; without it a line over periods, else bars"
        };
        kind.AcceptOnlyFromAmong([.. ChartMaker.Kinds]);
        var color = new Option<string?>("--color") { Description = "The column or role that tells series or kinds apart" };
        var where = new Option<string[]>("--where")
        {
            Description = "FIELD=VALUE: rows to keep; may be repeated",
            DefaultValueFactory =
            _ => []
        };
        var highlight = CommonOptions.List("--highlight", "Areas in full colour, comma-separated");
        var output =
            new Option<string>("--out")
            {
                Description = "The file to write; its ending chooses the form: .svg, .png, .pdf or .html",
                Required = true
            };
        var size = new Option<string>("--size")
        {
            Description = "Of a PNG: 2x, 1200 (pixels wide) or slide (1920 × 1080)",
            DefaultValueFactory = _ => "2x"
        };
        size.AcceptOnlyFromAmong("2x", "1200", "slide");
        var period = new Option<string?>("--period")
        {
            Description =
            "The period, where the table has several; the latest where the kind shows one"
        };
        var title = CommonOptions.Title("The title");
        var stated = new PublicOption("your word that a file without a schema is a published table; refused for registers of persons");
        var language = CommonOptions.TextLanguage();
        var gate = new GateOptions(GateParts.Policy);
        var geometry = new Option<string?>("--geometry") { Description = "Boundaries of the areas for a map: GeoJSON or a shapefile" };
        var id = new Option<string?>("--id") { Description = "The property of the boundaries that holds the areas' names or codes" };
        var command = new Command("chart", "Draw one chart of a table as SVG, PNG, PDF or a page") { file, x, y, kind, color, where,
            highlight, output, size, period, title, stated, language, geometry, id };
        foreach (var option in gate.All) command.Add(option);
        command.SetAction(call =>
        {
            var path = call.GetRequiredValue(output);
            var ending = Path.GetExtension(path).ToLowerInvariant();
            if (!Endings.Contains(ending)) throw new CallException("--out ends with .svg, .png, .pdf or .html.");
            var inputs = TableInput.Read([call.GetRequiredValue(file)], stated.Word(call) is { } word
                ? new PublicStatement(word) : null);
            var input = inputs.Count > 0 ? inputs[0] : throw new CallException("The folder holds no table: name a file.");
            if (input.Refusal is { } refusal)
            {
                terminal.Errors.WriteLine($"analys: {refusal}");
                return input.Doubted ? ExitCode.ReleaseRefused : ExitCode.DataIsWrong;
            }

            if (input.Extract is { } extract)
            {
                if (call.GetValue(highlight) is { Length: > 0 } marked)
                    Slips.Highlighted(marked, extract.Columns.OfType<TextColumn>().SelectMany(column => column.Categories));
                if (extract.Confidentiality == Confidentiality.Confidential)
                {
                    terminal.Errors.WriteLine("analys: note: nothing says that the table is public, so its small figures are protected. "
                        + PublicStatement.Remedy);
                }
            }

            var figure = ChartMaker.Make(input, new ChartRequest(call.GetRequiredValue(x), call.GetRequiredValue(y))
            {
                Kind = call.GetValue(kind),
                Color = call.GetValue(color),
                Period = call.GetValue(period),
                Where = [.. (call.GetValue(where) ?? []).Select(Filter)],
                Highlight = call.GetValue(highlight) ?? [],
                Title = call.GetValue(title),
                Language = call.GetRequiredValue(language) == "en" ? Language.English : Language.Swedish,
                Outlines = call.GetValue(geometry) is { } boundaries ? ReportMap.Load(boundaries, call.GetValue(id)).Outlines : [],
            }, gate.PolicyOf(call));
            OutputFile.Write(path, stream => stream.Write(Bytes(figure, ending, call.GetRequiredValue(size))));
            terminal.Output.WriteLine(path);
            return ExitCode.Done;
        });
        return command;
    }

    private static byte[] Bytes(Figure figure, string ending, string size) => ending switch
    {
        ".png" => figure.ToPng(size switch { "1200" => PictureSize.Width1200, "slide" => PictureSize.Slide, _ => PictureSize.Double }),
        ".pdf" => figure.ToPdf(),
        ".html" => System.Text.Encoding.UTF8.GetBytes(PageWriter.Alone(figure)),
        _ => System.Text.Encoding.UTF8.GetBytes(figure.ToSvg()),
    };

    private static (string Column, string Value) Filter(string text) => text.Split('=', 2) is [{ Length: > 0 } column, var value]
        ? (column.Trim(), value.Trim())
        : throw new CallException("--where wants FIELD=VALUE.");
}
