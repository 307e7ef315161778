using Analys.Notebooks.Display;
using Analys.Notebooks.Engine;

namespace Analys.Notebooks.Tests.Engine;

public sealed class PolyglotTests : IDisposable
{
    private readonly CellRunner cells = new();

    private string Html => cells.Outputs.OfType<ResultOutput>().Last().Data.Data[MimeBundle.Html];

    [Fact]
    public async Task Records_are_queried_in_sql_by_the_name_of_their_variable()
    {
        await cells.ValueAsync(
            "record R(string Area, int Children, decimal? Share);\n"
                + "var areas = new List<R> { new(\"Älvsjö\", 5, 0.5m), new(\"Farsta\", 7, null) };",
            "#!sql\nSELECT Area, Children * 2 AS Twice, Share FROM areas WHERE Children > 6");
        Assert.Equal("Area    Twice  Share\n------  -----  -----\nFarsta     14", cells.Text);
        await cells.ValueAsync("areas = areas.Take(1).ToList();", "#!sql\nSELECT count(*) AS n FROM areas");
        Assert.EndsWith("1", cells.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anything_that_makes_a_reader_is_a_table_and_results_come_back()
    {
        const string Source = """
            class Extract {
                public System.Data.DataTableReader CreateDataReader() {
                    var t = new System.Data.DataTable();
                    t.Columns.Add("area"); t.Columns.Add("n", typeof(int));
                    t.Rows.Add("A", 1); t.Rows.Add("B", 2);
                    return t.CreateDataReader();
                }
            }
            var extract = new Extract();
            """;
        await cells.ValueAsync(Source, "#!table persons extract\n#!sql --name total\nSELECT sum(n) AS n FROM persons");
        Assert.Equal("3", await cells.ValueAsync("#!share --from sql total --as back\nback.Rows[0][\"n\"]"));
        Assert.Equal("DataTable", await cells.ValueAsync("back.GetType().Name"));
    }

    [Fact]
    public async Task A_database_is_connected_shared_to_and_queried_with_values()
    {
        await cells.ValueAsync("var rows = new[] { new { a = 1, b = 2.5 }, new { a = 2, b = 3.5 } }; var least = 2;",
            "#!connect sqlite --kernel-name db \"Data Source=:memory:\"",
            "#!sql-db\n#!share --from csharp rows --as r\n#!set --name least --value @csharp:least\nSELECT b FROM r WHERE a >= @least");
        Assert.EndsWith("3.5", cells.Text, StringComparison.Ordinal);
        Assert.Equal("SqlError", (await cells.ErrorAsync("#!sql-db\nSELECT nope FROM r")).Name);
    }

    [Fact]
    public async Task Html_in_data_is_escaped()
    {
        await cells.ValueAsync("new[] { new { Name = \"<script>\" }, new { Name = \"&\" } }");
        Assert.Contains("&lt;script&gt;", Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markdown_and_html_show_themselves()
    {
        await cells.ValueAsync("#!markdown\n# Rubrik");
        Assert.Equal("# Rubrik", cells.Outputs.OfType<ResultOutput>().Last().Data.Data[MimeBundle.Markdown]);
        await cells.ValueAsync("#!html\n<b>x</b>");
        Assert.Equal("<b>x</b>", Html);
    }

    [Fact]
    public async Task A_cell_may_change_its_language()
    {
        await cells.ValueAsync("var n = 3;\n#!markdown\n*n*\n#!csharp\nn + 1");
        Assert.Equal(2, cells.Outputs.OfType<ResultOutput>().Count());
        Assert.Equal("4", cells.Text);
    }

    [Fact]
    public async Task FSharp_takes_values_and_gives_them_back()
    {
        await cells.ValueAsync("var n = 20; var words = new[] { \"a\", \"b\" };",
            "#!fsharp\n#!share --from csharp n\n#!share --from csharp words\nprintfn \"hej\"\nlet m = n * 2 + words.Length");
        Assert.Equal("hej\n", cells.StdOut.ReplaceLineEndings("\n"));
        Assert.Equal("42", await cells.ValueAsync("#!share --from fsharp m\nm"));
        Assert.Equal("43", await cells.ValueAsync("#!fsharp\nm + 1"));
        var error = await cells.ErrorAsync("#!fsharp\nlet a = 1\nlet b : string = 2");
        Assert.Equal(3, error.Line);
        Assert.StartsWith("cell 5(3,", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variables_are_listed()
    {
        await cells.ValueAsync("var a = 1; var b = \"x\";", "#!who");
        Assert.Equal("a\nb\n", cells.StdOut);
        await cells.ValueAsync("#!whos");
        Assert.Contains("Int32", cells.Outputs.OfType<DisplayOutput>().Single().Data.Data[MimeBundle.Text], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_is_told_after_the_cell()
    {
        await cells.ValueAsync("#!time\n1");
        Assert.StartsWith("Wall time: ", cells.StdOut, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_lists_languages_and_directives()
    {
        await cells.ValueAsync("#!lsmagic");
        var text = cells.Outputs.OfType<DisplayOutput>().Single().Data.Data[MimeBundle.Text];
        foreach (var name in (string[])["#!csharp", "#!sql", "#!fsharp", "#!markdown", "#!connect", "#!share", "#r"])
            Assert.Contains(name, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1\n#!nonsense", "neither a language nor a directive", 2)]
    [InlineData("#!sql-none\nSELECT 1", "#!connect", 1)]
    [InlineData("#!share --from csharp nothing", "no variable", 1)]
    [InlineData("\n#!share --form csharp x", "no option --form", 2)]
    [InlineData("#r \"nuget: MathNet.Numerics\"", "exact version", 1)]
    [InlineData("#r \"nuget: MathNet.Numerics, 5.*\"", "exact version", 1)]
    public async Task A_wrong_directive_says_what_is_wrong_and_where(string cell, string says, int line)
    {
        var error = await cells.ErrorAsync(cell);
        Assert.Equal("DirectiveError", error.Name);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Equal(line, error.Line);
    }

    [Fact]
    public async Task Interactive_packages_are_passed_over_and_real_ones_restored()
    {
        await cells.ValueAsync("#r \"nuget: Microsoft.DotNet.Interactive.ExtensionLab, *-*\"\n1");
        Assert.Equal("6", await cells.ValueAsync("#r \"nuget: MathNet.Numerics, 5.0.0\"\nMathNet.Numerics.SpecialFunctions.Factorial(3)"));
    }

    [Fact]
    public async Task Files_of_every_language_are_imported()
    {
        var directory = Directory.CreateTempSubdirectory("analys-import");
        File.WriteAllText(Path.Combine(directory.FullName, "a.csx"), "var fromFile = 5;");
        File.WriteAllText(Path.Combine(directory.FullName, "b.sql"), "SELECT 7 AS seven");
        var notebook = Analys.Notebooks.Runner.Notebook.Create();
        notebook.Cells.Add(Analys.Notebooks.Runner.NotebookCell.Code("a", "var fromNotebook = fromFile + 1;"));
        notebook.Save(Path.Combine(directory.FullName, "c.ipynb"));
        using var local = new CellRunner(new SessionOptions { Directory = directory.FullName });
        Assert.Equal("6", await local.ValueAsync("#!import a.csx\n#!import c.ipynb", "fromNotebook"));
        Assert.EndsWith("7", await local.ValueAsync("#!import b.sql"), StringComparison.Ordinal);
        directory.Delete(recursive: true);
    }

    [Fact]
    public void Completion_knows_directives_members_and_documentation()
    {
        var session = cells.Session;
        Assert.Contains("#!share", session.Complete("#!sh", 4).Matches);
        Assert.Equal(["--as", "--from"], session.Complete("#!share --", 10).Matches);
        Assert.Contains("WriteLine", session.Complete("Console.Wr", 10).Matches);
        Assert.Contains("Where", session.Complete("#!csharp\nnew[] { 1 }.Wh", 23).Matches);
        Assert.Contains("zero-based index", session.Inspect("\"a\".IndexOf(\"b\")", 7), StringComparison.Ordinal);
        Assert.Contains("string.IndexOf", session.Inspect("\"a\".IndexOf(\"b\")", 7), StringComparison.Ordinal);
        Assert.Contains("variable of another language", session.Inspect("#!share x", 3), StringComparison.Ordinal);
    }

    public void Dispose() => cells.Dispose();
}
