namespace Analys.Cli.Tests.Errors;

/// <summary>Thirty typical slips, each with the message that puts it right.</summary>
public sealed class SlipTests : IDisposable
{
    private const string Wide = "WIDE", Long = "LONG", City = "CITY", Percent = "PERCENT", Register = "REGISTER", Folder = "FOLDER";

    private readonly string folder = Directory.CreateTempSubdirectory("analys").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    // Commands and options.
    [InlineData("There is no command reprot. Did you mean report?", 2, "reprot")]
    [InlineData("There is no option --languge of report. Did you mean --language?", 2, "report", "--languge", "en")]
    [InlineData("There is no option --gruops of segregation. Did you mean --groups?", 2, "segregation", Wide, "--unit", "omr", "--gruops",
        "utl,sv")]
    [InlineData("--language is one of sv, en. Did you mean en?", 2, "report", "--language", "enn")]
    [InlineData("There is no notebook 'runn'. Did you mean run?", 2, "notebook", "runn")]
    [InlineData("There is no help on policys. Did you mean policies?", 2, "help", "policys")]
    [InlineData("--unit is missing: The column of the unit", 2, "segregation", Wide, "--groups", "utl,sv")]
    [InlineData("--unit wants a value: The column of the unit", 2, "segregation", Wide, "--groups", "utl,sv", "--unit")]
    [InlineData("'sv' is not understood here", 2, "segregation", Wide, "--unit", "omr", "--groups", "utl,", "sv")]
    [InlineData("--format is one of table, json, csv, markdown, xlsx, parquet", 2, "segregation", Wide, "--unit", "omr", "--groups",
        "utl,sv", "--format", "excel")]
    [InlineData("--replicates is a whole number", 2, "segregation", Wide, "--unit", "omr", "--groups", "utl,sv", "--replicates", "many")]
    [InlineData("Did you mean gini, ", 2, "measures", "gini-koefficient")]
    [InlineData("By family: Areas (", 2, "measures", "zzz")]
    [InlineData("There is no query deso. Did you mean deso-index?", 2, "fetch", "--query", "deso")]
    [InlineData("--out ends in .csv, .json, .xlsx, .parquet or .md", 2, "segregation", Wide, "--unit", "omr", "--groups", "utl,sv", "--out",
        "res.doc")]
    // Files and folders.
    [InlineData("did you mean FOLDER/wide.csv?", 2, "check", "FOLDER/wid.csv")]
    [InlineData("did you mean FOLDER/wide.csv?", 2, "segregation", "FOLDER/wid.csv", "--unit", "omr", "--groups", "utl,sv")]
    [InlineData("There is no file or folder wid.csv.", 2, "report", "FOLDER/wid.csv")]
    [InlineData("--out names a file; a folder is wanted", 2, "report", "--out", Wide)]
    [InlineData("is a folder: name a file in it", 2, "check", Folder)]
    [InlineData("FOLDER names a file; a folder is wanted", 2, "init", Wide)]
    // Names.
    [InlineData("There is no column utll. Did you mean utl?", 2, "segregation", Wide, "--unit", "omr", "--groups", "utll,sv")]
    [InlineData("There is no column omrr. Did you mean omr?", 2, "check", Wide, "--where", "omrr=A")]
    [InlineData("There is no measure disimilarity. Did you mean dissimilarity?", 2, "segregation", Wide, "--unit", "omr", "--groups",
        "utl,sv", "--measures", "disimilarity")]
    [InlineData("There is no policy stokholm. Did you mean stockholm?", 2, "segregation", Wide, "--unit", "omr", "--groups", "utl,sv",
        "--policy", "stokholm")]
    [InlineData("There is no recipe stokholm. Did you mean stockholm?", 2, "report", "--recipe", "stokholm")]
    [InlineData("Did you mean lisa-register?", 2, "check", Wide, "--schema", "lisa-registr")]
    [InlineData("There is no role arae. Did you mean area?", 2, "roles", Wide, "--yes", "--role", "omr=arae")]
    [InlineData("Did you mean Bromma?", 2, "poverty", Register, "--income", "ink", "--area", "omr", "--compare", "Brommma")]
    // What stands in the columns.
    [InlineData("they are exchanged. Say --group grupp --count antal.", 2, "segregation", Long, "--unit", "omr", "--group", "antal",
        "--count", "grupp")]
    [InlineData("they are exchanged. Say --unit omr --count antal.", 2, "segregation", Long, "--unit", "antal", "--group", "grupp",
        "--count", "omr")]
    [InlineData("The column alla is the sum of the others in every row: it is a total, not a group. Say --total alla", 2, "segregation",
        Wide, "--unit", "omr", "--groups", "utl,sv,alla")]
    [InlineData("A row is the sum of all others (column omr, row 6): it is the whole", 2, "segregation", City, "--unit", "omr", "--groups",
        "utl,sv")]
    [InlineData("A row is the sum of all others (column omr, row 4): it is the whole", 2, "segregation", "FOLDER/two.csv", "--unit", "omr",
        "--groups", "utl,sv")]
    [InlineData("they are percentages. Segregation is measured on counts", 2, "segregation", Percent, "--unit", "omr", "--groups",
        "utl,sv")]
    [InlineData("there are 4 groups in 2 units: are unit and group exchanged?", 0, "segregation", Long, "--unit", "grupp", "--group",
        "omr", "--count", "antal")]
    [InlineData("every unit holds one group only", 0, "segregation", Long, "--unit", "rad", "--group", "grupp", "--count", "antal")]
    // Numbers.
    [InlineData("--level is a share of one, not a percentage. Did you mean 0.95?", 2, "segregation", Wide, "--unit", "omr", "--groups",
        "utl,sv", "--level", "95")]
    [InlineData("Did you mean 0.95?", 2, "segregation", Wide, "--unit", "omr", "--groups", "utl,sv", "--level", "0,95")]
    [InlineData("--p is a share of one, not a percentage. Did you mean 0.9?", 2, "inequality", Register, "--income", "ink", "--p", "90")]
    [InlineData("--confidential and --policy exclude each other", 2, "segregation", Wide, "--unit", "omr", "--groups", "utl,sv",
        "--policy", "stockholm", "--confidential")]
    public async Task Is_answered_with_what_puts_it_right(string message, int code, params string[] call)
    {
        Write("wide.csv", "omr,utl,sv,alla\nA,10,20,30\nB,30,40,70\nC,50,60,110\nD,15,17,32\n");
        Write("long.csv", "rad,omr,grupp,antal\n"
            + "a,A,utl,10\nb,A,sv,20\nc,B,utl,30\nd,B,sv,40\ne,C,utl,50\nf,C,sv,60\ng,D,utl,15\nh,D,sv,17\n");
        Write("two.csv", "omr,utl,sv\nA,10,40\nB,30,20\nKommunen,40,60\n");
        Write("city.csv", "omr,utl,sv\nA,10,20\nB,30,40\nC,50,60\nD,15,17\nStaden,105,137\n");
        Write("percent.csv", "omr,utl,sv\nA,10.5,89.5\nB,30,70\nC,50,50\nD,5,95\n");
        Write("register.csv", "omr,ink\nBromma,100\nBromma,200\nFarsta,150\nFarsta,90\n");
        string Put(string text) => text.Replace("WIDE", "FOLDER/wide.csv", StringComparison.Ordinal).Replace("LONG", "FOLDER/long.csv",
            StringComparison.Ordinal)
            .Replace("CITY", "FOLDER/city.csv", StringComparison.Ordinal).Replace("PERCENT", "FOLDER/percent.csv", StringComparison.Ordinal)
            .Replace("REGISTER", "FOLDER/register.csv", StringComparison.Ordinal)
            .Replace("FOLDER", message.StartsWith("FOLDER names", StringComparison.Ordinal)
                && text.StartsWith("FOLDER names", StringComparison.Ordinal) ? "FOLDER" : folder, StringComparison.Ordinal);
        var run = await CommandRun.Of([.. call.Select(Put)]);
        Assert.Equal(code, run.Code);
        Assert.Contains(Put(message).Replace('/', Path.DirectorySeparatorChar), run.Errors.Replace('/', Path.DirectorySeparatorChar),
            StringComparison.Ordinal);
        Assert.DoesNotContain("unforeseen", run.Errors, StringComparison.Ordinal);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
}
