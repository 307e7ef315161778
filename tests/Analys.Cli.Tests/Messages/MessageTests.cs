using Analys.Cli.Messages;

namespace Analys.Cli.Tests.Messages;

/// <summary>What the command says in words is there in Swedish, found from the sources so that no message can be forgotten.</summary>
public sealed class MessageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("Analys.Cli", 0)]
    [InlineData("Analys.Database", 0)]
    [InlineData("Analys.Report", 0)]
    [InlineData("Analys.Explore", 0)]
    [InlineData("Analys", 0)]
    public void Every_refusal_and_note_has_a_Swedish_text(string assembly, int allowed)
    {
        // What is filled in is a word of its own; a text without a space is the id of a rule.
        string[] missing = [.. MessageSources.Of("lib", assembly).Where(text => text.Contains(' ', StringComparison.Ordinal))
            .Where(text => SwedishMessages.Unknown(Bare(text).Replace("{{", "{", StringComparison.Ordinal)
                .Replace("}}", "}", StringComparison.Ordinal).Replace("{}", "x1", StringComparison.Ordinal)) > Filled(text))];
        Assert.True(missing.Length <= allowed, string.Join('\n', missing));
    }

    [Fact]
    public void Findings_and_notices_of_what_is_loaded_have_Swedish_texts()
    {
        // Texts of several words in Load: most are said of a file, some are patterns and parts of schemas.
        var all = MessageSources.Words("lib", "Analys", "Load");
        string[] missing = [.. all.Where(text =>
            SwedishMessages.Unknown(text.Replace("{}", "x1", StringComparison.Ordinal)) > Filled(text))];
        Assert.True(missing.Length * 8 < all.Count, string.Join('\n', missing));
    }

    [Theory]
    [InlineData("analys: Det finns inget kommando reprot. Menade du report? analys --help räknar upp dem.", 2, "reprot")]
    [InlineData("analys: Det finns inget val --gruops till segregation. Menade du --groups?", 2, "segregation", "FILE", "--unit", "omr",
        "--gruops", "a")]
    [InlineData("analys: Det finns ingen kolumn utll. Menade du utl?", 2, "segregation", "FILE", "--unit", "omr", "--groups", "utll,sv")]
    [InlineData("analys: --unit saknas: Kolumnen med enheten", 2, "segregation", "FILE", "--groups", "utl,sv")]
    [InlineData("analys: --level är en andel av ett, inte procent. Menade du 0.95?", 2, "segregation", "FILE", "--unit", "omr", "--groups",
        "utl,sv", "--level", "95")]
    [InlineData("analys: Kolumnen alla är summan av de andra på varje rad: den är en summa, inte en grupp.", 2, "segregation", "FILE",
        "--unit", "omr", "--groups", "utl,sv,alla")]
    [InlineData("kolumn utl, rad 3: väntade ett heltal", 1, "check", "BAD", "--schema", "SCHEMA")]
    [InlineData("Det finns inga regler stokholm. Menade du stockholm? De som följer med är", 2, "segregation", "FILE", "--unit", "omr",
        "--groups", "utl,sv", "--policy", "stokholm")]
    public async Task Is_said_in_Swedish_when_asked_for(string message, int code, params string[] call)
    {
        Write("wide.csv", "omr,utl,sv,alla\nA,10,20,30\nB,30,40,70\nC,50,60,110\nD,15,17,32\n");
        Write("bad.csv", "omr,utl\nA,10\nB,x\n");
        Write("s.schema.json", """{"fields":[{"name":"omr","type":"string"},{"name":"utl","type":"integer"}]}""");
        string[] args = [.. call.Select(word => word switch
        {
            "FILE" => Path.Combine(folder, "wide.csv"),
            "BAD" => Path.Combine(folder, "bad.csv"),
            "SCHEMA" => Path.Combine(folder, "s.schema.json"),
            _ => word,
        })];
        var (swedish, english) = (await CommandRun.Of([.. args, "--language", "sv"]), await CommandRun.Of(args));
        Assert.Contains(message, swedish.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(message, english.Errors, StringComparison.Ordinal);
        Assert.Equal((code, code), (swedish.Code, english.Code));
    }

    [Fact]
    public void What_is_not_known_stays_as_it_is_and_nothing_is_lost()
    {
        Assert.Equal("a sentence of nobody", SwedishMessages.Of("a sentence of nobody"));
        Assert.Equal("analys: obs: rader där a=b", SwedishMessages.Of("analys: note: rows where a=b"));
        Assert.Equal("Det finns ingen kolumn a b. Menade du y?", SwedishMessages.Of("There is no column a b. Did you mean y?"));
    }

    private static string Bare(string text) => text.StartsWith("analys: ", StringComparison.Ordinal) ? Bare(text["analys: ".Length..])
        : text.StartsWith("note: ", StringComparison.Ordinal) ? text["note: ".Length..] : text;

    // Of each x1 one letter is not Swedish.
    private static int Filled(string text) => (text.Length - text.Replace("{}", "", StringComparison.Ordinal).Length) / 2;

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
}
