using System.Globalization;
using Analys.Attack.Tests.Play;
using Analys.Tests;
using Xunit.Abstractions;

namespace Analys.Attack.Tests.Outputs;

/// <summary>Every form of every command on confidential data: no output holds a finer number than the release, nor anybody's income, in
/// whatever corner of the file.</summary>
public sealed class OutputTests(ITestOutputHelper output) : IClassFixture<OutputTests.Data>
{
    private static readonly string[] Forms = [".json", ".csv", ".md", ".xlsx", ".parquet"];

    public static TheoryData<string> Calls =>
    [
        "poverty R --by area --ages 0-17 --measures at-risk-of-poverty-rate,poverty-gap,relative-median-poverty-gap,sen",
        "poverty R --measures at-risk-of-poverty-threshold,fgt:2 --replicates 20",
        "inequality R --by area --measures mean,median,gini,theil,lorenz,quantile-ratio",
        "inequality R --measures mean,gini,income-quintile-share-ratio --replicates 20",
        "swedish R --norm-year 2017",
        "whatif R --norm-year 2017 --child-norm +10%",
        "segregation A --unit omrade --groups bistand --total antal",
        "regress R --outcome DispInkKE --variables Alder,BistandManader",
        "regress R --outcome BistandManader --variables Alder,KE --errors cluster --cluster SDO14",
        "smallarea R --area SDO14 --from-poverty",
        "calibrate R --margins M --outcome DispInkKE",
        "pool P --outcome DispInkKE --time Ar --key LopNr --weight Vikt",
        "typology A --unit omrade --variables inkomst,andel --k 3",
        "regress A --outcome inkomst --variables andel",
        "gradient A --rank inkomst --count antal --outcome andel",
        "variance A --area omrade --count antal --outcome bistand",
        "panel A B",
        "effect E --unit district --outcome rate --time year --start start",
    ];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task No_form_of_an_output_is_finer_than_the_release(string words)
    {
        string[] call = [.. words.Split(' ').Select(word => Data.Files.GetValueOrDefault(word, word))];
        if (words.EndsWith("--from-poverty", StringComparison.Ordinal)) call = [.. call, "--line median:60 --ages 0-17"];
        var truth = await Command.Run([.. call, "--confidential", "--format", "json"]);
        Assert.True(truth.Code == 0, truth.Errors);
        var released = await Command.Run([.. call, "--format", "json"]);
        // What is refused tells nothing; that it says nothing is tested elsewhere.
        Assert.True(released.Code is 0 or 3, released.Errors);
        var secrets = Secrets.Of(released.Output, truth.Output, Data.Incomes);
        output.WriteLine($"{released.Code}: {secrets.Count} secrets");
        Assert.Empty(secrets.In(System.Text.Encoding.UTF8.GetBytes(released.Errors)));
        if (released.Code == 3) return;
        foreach (var form in (string[])["table", "markdown", "csv"])
        {
            var run = await Command.Run([.. call, "--format", form, "--explain"]);
            if (run.Code == 2) run = await Command.Run([.. call, "--format", form]);
            Assert.Equal(0, run.Code);
            Assert.Empty(secrets.In(System.Text.Encoding.UTF8.GetBytes(run.Output + run.Errors)));
        }

        if (call[0] == "effect")
        {
            var page = Directory.CreateDirectory(Path.Combine(Data.Folder, "effect")).FullName;
            var made = await Command.Run([.. call, "--out", page]);
            Assert.True(made.Code == 0, made.Errors);
            foreach (var file in Directory.GetFiles(page, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".png",
                StringComparison.Ordinal)))
                Assert.Empty(secrets.In(await File.ReadAllBytesAsync(file)));
            return;
        }

        foreach (var form in Forms)
        {
            var file = Path.Combine(Data.Folder, "out" + form);
            var run = await Command.Run([.. call, "--out", file]);
            Assert.True(run.Code == 0, run.Errors);
            Assert.Empty(secrets.In(await File.ReadAllBytesAsync(file)));
            if (form != ".parquet") continue;
            // Columns are packed; what stands in the open was looked at above.
            var plain = Path.Combine(Data.Folder, "plain.csv");
            Assert.Equal(0, (await Command.Run("convert", file, "--out", plain)).Code);
            Assert.Empty(secrets.In(await File.ReadAllBytesAsync(plain)));
        }
    }

    [Theory]
    [InlineData("chart C --y andel --x omrade --out O.svg")]
    [InlineData("chart C --y andel --x omrade --out O.html")]
    [InlineData("chart C --y bistand --x omrade --out O.html")]
    [InlineData("report C --out D")]
    [InlineData("report D0 --out D")]
    public async Task No_picture_and_no_page_holds_what_is_withheld(string words)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Data.Folder, Guid.NewGuid().ToString("N"))).FullName;
        string[] call = [.. words.Split(' ').Select(word => word is "D" ? folder : word.StartsWith("O.", StringComparison.Ordinal)
            ? Path.Combine(folder, word) : Data.Files.GetValueOrDefault(word, word))];
        var run = await Command.Run(call);
        output.WriteLine($"{run.Code}: {run.Errors}");
        Assert.True(run.Code is 0 or 3, run.Errors);
        var secrets = Secrets.Of(Data.SharesOfFew);
        Assert.True(secrets.Count > 3);
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".png",
            StringComparison.Ordinal)))
            Assert.Empty(secrets.In(await File.ReadAllBytesAsync(file)));
    }

    /// <summary>The inputs, made once.</summary>
    public sealed class Data : IAsyncLifetime
    {
        internal static string Folder { get; private set; } = "";

        internal static Dictionary<string, string> Files { get; } = [];

        /// <summary>Incomes that are nobody else's and not round.</summary>
        internal static IReadOnlyList<double> Incomes { get; private set; } = [];

        /// <summary>Shares of fewer than five persons, in full precision.</summary>
        internal static IReadOnlyList<double> SharesOfFew { get; private set; } = [];

        public async Task InitializeAsync()
        {
            Folder = Directory.CreateTempSubdirectory("analys-outputs").FullName;
            var run = await Command.Run("synth", "--persons", "1000", "--seed", "7", "--out", Folder);
            Assert.True(run.Code == 0, run.Errors);
            Files["R"] = Directory.GetFiles(Folder, "syntetisk-register-*.csv")[0];
            Files["P"] = Directory.GetFiles(Folder, "syntetisk-panel-*.csv")[0];
            Files["M"] = Repository.At("notebooks", "data", "syntetiskt", "syntetisk-marginaler.csv");
            var lines = await File.ReadAllLinesAsync(Files["R"]);
            var separator = lines[0].Contains(';', StringComparison.Ordinal) ? ';' : ',';
            var at = Array.IndexOf(lines[0].Split(separator), "DispInk");
            Incomes = [.. lines.Skip(1).Select(line => double.Parse(line.Split(separator)[at].Replace(',', '.'),
                CultureInfo.InvariantCulture))
                .Where(income => income > 10_000 && income % 100 != 0)];
            Assert.NotEmpty(Incomes);
            var random = new Random(3);
            List<string> areas = ["omrade,antal,bistand,andel,inkomst"], other = ["omrade,antal,behorighet"],
                cells = ["omrade,antal,bistand,andel"];
            var few = new List<double>();
            for (var i = 0; i < 14; i++)
            {
                int all = random.Next(90, 900), some = i < 5 ? random.Next(1, 5) : random.Next(10, 80);
                var share = (double)some / all;
                if (i < 5) few.Add(share);
                if (i < 5) few.Add(100 * share);
                areas.Add(string.Create(CultureInfo.InvariantCulture,
                    $"Område {i},{all},{some},{share:R},{random.Next(150_000, 400_000)}"));
                other.Add(string.Create(CultureInfo.InvariantCulture, $"Område {i},{all},{random.NextDouble():R}"));
                cells.Add(string.Create(CultureInfo.InvariantCulture, $"Område {i},{all},{some},{share:R}"));
            }

            SharesOfFew = few;
            Write("A", "omraden.csv", areas);
            Write("B", "behorighet.csv", other);
            Write("C", "celler.csv", cells);
            var apart = Directory.CreateDirectory(Path.Combine(Folder, "apart")).FullName;
            await File.WriteAllLinesAsync(Path.Combine(apart, "celler.csv"), cells);
            Files["D0"] = apart;
            Files["E"] = Path.Combine(Folder, "paverkan.csv");
            File.Copy(Repository.At("notebooks", "data", "syntetiskt", "syntetisk-barnstod.csv"), Files["E"]);
        }

        public Task DisposeAsync()
        {
            Directory.Delete(Folder, recursive: true);
            return Task.CompletedTask;
        }

        private static void Write(string letter, string name, IEnumerable<string> lines)
        {
            Files[letter] = Path.Combine(Folder, name);
            File.WriteAllLines(Files[letter], lines);
        }
    }
}
