using Analys.Notebooks.Display;
using Analys.Notebooks.Engine;
using Analys.Notebooks.Runner;
using Analys.Notebooks.Tests.Engine.Carried;
using Analys.Notebooks.Tests.Runner;

namespace Analys.Notebooks.Tests.Engine;

/// <summary>Confidential data are not shown, in no way, unless the session is set to; then every output says so.</summary>
public sealed class SecureTests : IDisposable
{
    // One line opens the library and its namespace.
    private const string Opening = "#r \"nuget: Analys.Notebooks.Tests\"";

    private readonly CellRunner cells = new();

    [Theory]
    [InlineData("register")]
    [InlineData("new[] { register }")]
    [InlineData("(1, register)")]
    [InlineData("new { register }")]
    [InlineData("new Dictionary<string, Register> { [\"a\"] = register }")]
    [InlineData("new Lazy<Register>(() => register)")]
    [InlineData("register.Display();")]
    [InlineData("#!whos")]
    public async Task A_confidential_value_is_not_shown(string cell)
    {
        await cells.ValueAsync(Opening, "var register = new Register();", cell);
        Assert.DoesNotContain(Register.Secret, Shown(), StringComparison.Ordinal);
        Assert.NotEmpty(cells.Outputs);
    }

    [Fact]
    public async Task Its_rows_are_not_laid_into_a_database()
    {
        await cells.ValueAsync(Opening, "var register = new Register();");
        Assert.Equal("Confidential", (await cells.ErrorAsync("#!sql\nSELECT * FROM register")).Name);
        Assert.Equal("Confidential", (await cells.ErrorAsync("#!table people register")).Name);
        Assert.Equal("Confidential", (await cells.ErrorAsync("#!sql\n#!share --from csharp register")).Name);
    }

    [Fact]
    public async Task Messages_of_others_are_cut_to_type_and_place_once_the_session_holds_confidential_data()
    {
        const string Parse = "var a = 1;\nint.Parse(Register.Secret + \"x\")";
        await cells.ValueAsync(Opening);
        Assert.Contains(Register.Secret, (await cells.ErrorAsync(Parse)).Message, StringComparison.Ordinal);
        await cells.ErrorAsync("new Register(); throw new Exception(\"mine\");");
        var cut = await cells.ErrorAsync(Parse);
        Assert.DoesNotContain(Register.Secret, cut.Message + string.Concat(cut.Traceback), StringComparison.Ordinal);
        Assert.Equal(("System.FormatException", 2), (cut.Name, cut.Line));
        // What the author of a cell or a vouching library says is shown; what they caught is cut like what they let pass.
        Assert.Equal("mine", (await cells.ErrorAsync("throw new Exception(\"mine\");")).Message);
        Assert.Equal("row 3 is not what the schema says", (await cells.ErrorAsync("Register.Refuse()")).Message);
        var wrapped =
            await cells.ErrorAsync("try { int.Parse(Register.Secret + \"x\"); } catch (Exception e) { throw new Exception(\"mine\", e); }");
        Assert.DoesNotContain(Register.Secret, string.Concat(wrapped.Traceback), StringComparison.Ordinal);
        const string Caught =
            "Exception caught = null;\ntry { int.Parse(Register.Secret + \"x\"); } catch (Exception e) { caught = e; }\ncaught";
        await cells.ValueAsync(Caught);
        Assert.DoesNotContain(Register.Secret, Shown(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_alone_marks_the_session()
    {
        await cells.ValueAsync("class Own { public bool IsConfidential => true; }\nvar own = new List<Own> { new() };");
        Assert.True(cells.Session.HoldsConfidential);
        Assert.Contains("withheld", (await cells.ErrorAsync("int.Parse(\"x1\")")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secure_session_shows_them_and_says_so_in_each_output()
    {
        await cells.ValueAsync(Opening, "#!secure\nvar register = new Register();");
        await cells.ValueAsync("Console.WriteLine(\"a\"); register");
        Assert.Contains(Register.Secret, Shown(), StringComparison.Ordinal);
        Assert.StartsWith("SECURE SESSION", ((DisplayOutput)cells.Outputs[0]).Data.Data[MimeBundle.Text], StringComparison.Ordinal);
        Assert.All(cells.Outputs, output => Assert.True(output.IsSecure));
        await cells.ValueAsync("#!sql\nSELECT person FROM register");
        Assert.Contains(Register.Secret, Shown(), StringComparison.Ordinal);
        Assert.Contains("x1", (await cells.ErrorAsync("int.Parse(\"x1\")")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stripping_takes_away_what_a_secure_session_showed_and_the_linter_names_it()
    {
        using var notebook = new TestNotebook("1", "#!secure\nConsole.WriteLine(\"191212121212\");", "2");
        await NotebookRunner.RunAsync(notebook.Path);
        var codes = NotebookLint.Check(notebook.Path, outputsAllowed: true).Select(finding => (finding.Code, finding.Position));
        Assert.Equal([("secure-output", 2), ("secure-output", 3)], codes);
        Assert.True(NotebookStrip.ApplySecure(notebook.Path));
        Assert.Equal(["1", "", ""], Enumerable.Range(0, 3).Select(notebook.OutputText));
        Assert.False(NotebookStrip.ApplySecure(notebook.Path));
    }

    public void Dispose() => cells.Dispose();

    private string Shown() => string.Concat(cells.Outputs.Select(output => output switch
    {
        StreamOutput stream => stream.Text,
        DisplayOutput display => string.Concat(display.Data.Data.Values),
        ResultOutput result => string.Concat(result.Data.Data.Values),
        _ => "",
    }));
}
