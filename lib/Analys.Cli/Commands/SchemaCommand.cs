using System.CommandLine;
using System.Text;
using Analys.Load;

namespace Analys.Cli.Commands;

/// <summary><c>analys schema infer FILE</c>: a first schema, to be reviewed.</summary>
internal static class SchemaCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = CommonOptions.File();
        var sheet = CommonOptions.Sheet();
        var target = new Option<string?>("--out") { Description = "Where to write it, such as NAME.schema.json; without it on standard output" };
        var infer = new Command("infer", "A first schema from a file's header and first rows; types and roles are guesses, marked for review") { file, sheet, target };
        infer.SetAction(call =>
        {
            var draft = Encoding.UTF8.GetBytes(SchemaDraft.Infer(call.GetRequiredValue(file), call.GetValue(sheet)));
            if (call.GetValue(target) is { } path)
            {
                OutputFile.Write(path, stream => stream.Write(draft));
                return;
            }

            terminal.Bytes.Write(draft);
            terminal.Bytes.Flush();
        });
        return new Command("schema", "Table Schemas of extracts") { infer };
    }
}
