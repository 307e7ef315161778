using Analys.Notebooks.Engine;

namespace Analys.Notebooks.Tests.CSharp;

public sealed class CSharpCellTests : IDisposable
{
    private readonly CellRunner cells = new();

    [Fact]
    public async Task A_cell_sees_what_those_before_it_declared() =>
        Assert.Equal("42", await cells.ValueAsync("var x = 40;", "int Add(int a) => a + x;", "Add(2)"));

    [Fact]
    public async Task A_name_may_be_declared_again_with_another_type() =>
        Assert.Equal("two", await cells.ValueAsync("var x = 1;", "var x = \"two\";", "x"));

    [Fact]
    public async Task Usings_carry_over() =>
        Assert.Equal("5", await cells.ValueAsync("using System.Numerics;", "BigInteger.Parse(\"5\")"));

    [Fact]
    public async Task Records_classes_and_top_level_await_work() => Assert.Equal(
        "P { Name = a, Age = 3 }",
        await cells.ValueAsync("record P(string Name, int Age);", "await Task.Delay(1); var p = new P(\"a\", 3);", "p"));

    [Fact]
    public async Task A_statement_has_no_value()
    {
        Assert.Null(await cells.ValueAsync("var y = 3;", "y = 4;"));
        Assert.Equal("4", await cells.ValueAsync("y"));
    }

    [Fact]
    public async Task A_compiler_error_names_cell_line_and_column()
    {
        await cells.ValueAsync("1");
        var error = await cells.ErrorAsync("var a = 1;\nvar b = a + ;");
        Assert.Equal("CompilationError", error.Name);
        Assert.StartsWith("cell 2(2,13): error CS1525", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, error.Line);
    }

    [Fact]
    public async Task Columns_are_the_users_also_inside_a_guarded_loop()
    {
        var error = await cells.ErrorAsync("while (true) { nope(); }");
        Assert.StartsWith("cell 1(1,16): error CS0103", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thrown_exception_names_the_cell_and_the_line()
    {
        await cells.ValueAsync("int Div(int a, int b)\n{\n    return a / b;\n}");
        var error = await cells.ErrorAsync("var one = 1;\n\nDiv(one, 0)");
        Assert.Equal("System.DivideByZeroException", error.Name);
        Assert.Equal(3, error.Line);
        Assert.Contains(error.Traceback, line => line == "   at cell 1, line 3");
        Assert.Contains(error.Traceback, line => line == "   at cell 2, line 3");
    }

    [Fact]
    public async Task Lines_are_right_after_magic_lines()
    {
        var error = await cells.ErrorAsync("#!time\n#!csharp\nvar a = 1;\nthrow new InvalidOperationException(\"no\");");
        Assert.Equal(4, error.Line);
        Assert.Equal("no", error.Message);
    }

    [Fact]
    public async Task What_a_failed_cell_declared_before_it_failed_stays()
    {
        await cells.ErrorAsync("var kept = 7; throw new Exception();");
        Assert.Equal("7", await cells.ValueAsync("kept"));
    }

    [Fact]
    public async Task Console_output_comes_before_the_value()
    {
        await cells.ValueAsync("Console.WriteLine(\"hej\"); Console.Error.Write(\"fel\"); 1");
        Assert.Collection(cells.Outputs,
            output => Assert.Equal(new StreamOutput("stdout", "hej\n"), output),
            output => Assert.Equal(new StreamOutput("stderr", "fel"), output),
            output => Assert.IsType<ResultOutput>(output));
    }

    [Fact]
    public async Task Display_shows_at_once_and_can_be_updated()
    {
        await cells.ValueAsync("var shown = display(1); shown.Update(2); 3.Display();");
        var displays = cells.Outputs.Cast<DisplayOutput>().ToList();
        Assert.Equal([false, true, false], displays.Select(display => display.IsUpdate));
        Assert.Equal(displays[0].DisplayId, displays[1].DisplayId);
    }

    [Fact]
    public async Task Deep_recursion_and_pointers_to_generics_do_not_disturb_the_chain()
    {
        Assert.Equal("20000", await cells.ValueAsync("int Depth(int n) => n == 0 ? 0 : 1 + Depth(n - 1);", "Depth(20_000)"));
    }

    [Fact]
    public async Task A_file_is_loaded_with_its_lines()
    {
        var directory = Directory.CreateTempSubdirectory("analys-load");
        const string Code = "int Twice(int x)\n{\n    if (x < 0) throw new ArgumentException(\"neg\");\n    return 2 * x;\n}";
        await File.WriteAllTextAsync(Path.Combine(directory.FullName, "a.csx"), Code);
        using var local = new CellRunner(new SessionOptions { Directory = directory.FullName });
        Assert.Equal("8", await local.ValueAsync("#load \"a.csx\"\nTwice(4)"));
        var error = await local.ErrorAsync("Twice(-1)");
        Assert.Contains("   at #load a.csx, line 3", error.Traceback);
        var missing = await local.ErrorAsync("\n#load \"b.csx\"");
        Assert.Equal(2, missing.Line);
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task An_assembly_is_referred_to_by_path_or_found_beside_the_host()
    {
        var path = typeof(FsCheck.Check).Assembly.Location;
        Assert.Equal("FsCheck", await cells.ValueAsync($"#r \"{path}\"\ntypeof(FsCheck.Check).Assembly.GetName().Name"));
        const string Other = "#r \"AngleSharp.dll\"\ntypeof(AngleSharp.IBrowsingContext).Assembly.GetName().Name";
        Assert.Equal("AngleSharp", await cells.ValueAsync(Other));
        Assert.Equal("DirectiveError", (await cells.ErrorAsync("#r \"nowhere.dll\"")).Name);
    }

    [Fact]
    public async Task The_hosts_own_libraries_are_not_in_reach_unless_referred_to() =>
        Assert.Contains("CS0", (await cells.ErrorAsync("typeof(Microsoft.CodeAnalysis.SyntaxTree)")).Message, StringComparison.Ordinal);

    public void Dispose() => cells.Dispose();
}
