using System.Diagnostics;
using Analys.Notebooks.Engine;
using Analys.Notebooks.Export;
using Analys.Notebooks.Tests.Runner;

namespace Analys.Notebooks.Tests.Export;

public sealed class NotebookExportTests
{
    [Fact]
    public async Task A_notebook_runs_alone_as_a_program()
    {
        using var notebook = new TestNotebook(
            "#r \"AngleSharp.dll\"\nusing System.Globalization;\nvar x = 1;\n"
                + "int Twice(int n) { return 2 * n; }\nrecord Area(string Name, int Children);",
            "var before = x;",
            "var x = \"räksmörgås\"; x.Length",
            "x.Display(); Twice(before)",
            "static string Loud(this string s) => s.ToUpper(CultureInfo.InvariantCulture);\n"
                + "var areas = new List<Area> { new(\"Farsta\", 7), new(\"Älvsjö\", 5) };\nint Twice(int n) => 3 * n;",
            "#!sql --name few\n#!set --name most --value 6\nSELECT Name FROM areas WHERE Children < CAST(@most AS INT)",
            "#!share --from sql few\nfew.Rows[0][0].ToString().Loud() + Twice(1) + File.ReadAllText(\"in.txt\")",
            "var (a, b) = (1, 2);\nforeach (var area in areas) Console.Write(area.Name + \";\");\n"
                + "await Task.Delay(1);\ntypeof(AngleSharp.IBrowsingContext).Name",
            "areas");
        await File.WriteAllTextAsync(notebook.At("in.txt"), "!");
        var program = notebook.At(Path.Combine("out", "program.cs"));
        await NotebookExport.WriteAsync(notebook.Path, program);

        var start = new ProcessStartInfo("dotnet", ["run", program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = notebook.Directory,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output + await errors);
        Assert.Equal(
            "10\nräksmörgås\n2\nName\n------\nÄlvsjö\nÄLVSJÖ3!\nFarsta;Älvsjö;IBrowsingContext\n"
                + "Name    Children\n------  --------\nFarsta         7\nÄlvsjö         5\n",
            output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task What_a_program_cannot_hold_is_named_by_its_cell()
    {
        using var fsharp = new TestNotebook("1", "#!fsharp\n1");
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => NotebookExport.WriteAsync(fsharp.Path, fsharp.At("a.cs")));
        Assert.Contains("Cell 2", error.Message, StringComparison.Ordinal);
        using var wrong = new TestNotebook("nope");
        await Assert.ThrowsAsync<CellException>(() => NotebookExport.WriteAsync(wrong.Path, wrong.At("a.cs")));
        Assert.False(File.Exists(wrong.At("a.cs")));
    }
}
