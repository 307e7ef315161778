using System.Security.Cryptography;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure.Synthetic;

namespace Analys.Tests.Measure.Synthetic;

/// <summary>The files, read back through their own schemas, against the public figures.</summary>
public sealed class SyntheticRegisterTests : IClassFixture<SyntheticRegisterTests.Files>
{
    private const int Persons = 60_000;
    private readonly Files files;

    public SyntheticRegisterTests(Files files) => this.files = files;

    /// <summary>A register that is written once for all tests.</summary>
    public sealed class Files : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("analys");

        public Files()
        {
            Written = SyntheticFiles.Write(SyntheticRegister.Make(Persons, 7), folder.FullName, 7);
            Register = Extract.Load(At("syntetisk-register-2017.csv"));
            Panel = Extract.Load(At("syntetisk-panel-2013-2017.csv"));
            Areas = Extract.Load(At("syntetisk-smaomraden-2017.csv"));
        }

        internal IReadOnlyList<SyntheticFile> Written { get; }

        public Extract Register { get; }

        public Extract Panel { get; }

        public Extract Areas { get; }

        public string Folder => folder.FullName;

        public string At(string name) => Path.Combine(folder.FullName, name);

        public void Dispose() => folder.Delete(recursive: true);
    }

    private static IEnumerable<DistrictMargins> Districts => SyntheticMargins.Stockholm.Districts;

    private ILookup<string, int> RowsByDistrict()
    {
        var area = files.Register.Text("SDO14");
        return Enumerable.Range(0, files.Register.RowCount).ToLookup(row => area.Categories[area.Codes[row]]);
    }

    [Fact]
    public void The_register_has_as_many_persons_as_were_asked_for_in_proportion_to_the_districts()
    {
        var rows = RowsByDistrict();
        var city = Districts.Sum(district => district.Population);
        Assert.Equal(Persons, files.Register.RowCount);
        Assert.All(Districts, district => Assert.Equal(Persons * district.Population / city, rows[district.Name].Count(), 1.0));
    }

    [Fact]
    public void Weights_add_up_to_the_population_of_the_districts()
    {
        var rows = RowsByDistrict();
        var weight = (NumberColumn)files.Register.Get(Role.Weight);
        Assert.All(Districts,
            district => Assert.Equal(1, rows[district.Name].Sum(row => weight.Values[row]) / district.Population, 0.0005));
    }

    [Fact]
    public void Foreign_background_follows_the_districts_within_two_points()
    {
        var rows = RowsByDistrict();
        var background = files.Register.Text("Bakgrund");
        Assert.All(Districts, district => Assert.Equal(
            district.ForeignShare, rows[district.Name]
            .Count(row => background.Categories[background.Codes[row]] != "svensk") / (double)rows[district.Name].Count(), 0.02));
    }

    [Fact]
    public void Income_support_follows_the_districts_within_half_a_point()
    {
        var rows = RowsByDistrict();
        var support = (NumberColumn)files.Register.Get(Role.IncomeSupportMonths);
        var age = (NumberColumn)files.Register.Get(Role.Age);
        Assert.All(Districts, district =>
        {
            var children = rows[district.Name].Where(row => age.Values[row] < 18).ToList();
            Assert.Equal(district.ChildSupportShare, children.Count(row => support.Values[row] > 0) / (double)children.Count, 0.005);
            Assert.Equal(district.SupportShare, rows[district.Name].Count(row => support.Values[row] > 0) / (double)rows[district.Name]
                .Count(), 0.005);
        });
    }

    [Fact]
    public void Children_follow_the_derived_shares_within_two_and_a_half_points()
    {
        var rows = RowsByDistrict();
        var age = (NumberColumn)files.Register.Get(Role.Age);
        Assert.All(Districts, district => Assert.Equal(district.ChildrenShare,
            rows[district.Name].Count(row => age.Values[row] < 18) / (double)rows[district.Name].Count(), 0.025));
    }

    [Fact]
    public void Household_income_has_the_districts_mean_and_median_within_two_per_cent()
    {
        var rows = RowsByDistrict();
        var household = (NumberColumn)files.Register.Get(Role.Household);
        var income = (NumberColumn)files.Register.Get(Role.DisposableIncome);
        Assert.All(Districts, district =>
        {
            var incomes = rows[district.Name].DistinctBy(row => household.Values[row]).Select(row => income.Values[row]).Order().ToList();
            Assert.Equal(1, incomes.Average() / district.MeanIncome, 0.02);
            Assert.Equal(1, incomes[incomes.Count / 2] / district.MedianIncome, 0.02);
        });
    }

    [Fact]
    public void Equivalised_income_is_income_over_consumption_units()
    {
        var income = files.Register.Number("DispInk").Values;
        var units = files.Register.Number("KE").Values;
        var equivalised = files.Register.Number("DispInkKE").Values;
        for (var row = 0; row < Persons; row++) Assert.Equal(income[row] / units[row], equivalised[row], 0.0051);
    }

    [Fact]
    public void The_last_year_of_the_panel_is_the_register_and_children_come_and_go()
    {
        var (id, year) = (files.Panel.Number("LopNr").Values.ToArray(), files.Panel.Number("Ar").Values.ToArray());
        var byYear = Enumerable.Range(0, id.Length).GroupBy(row => year[row])
            .ToDictionary(group => group.Key, group => group.Select(row => id[row]).ToHashSet());
        Assert.Equal([2013, 2014, 2015, 2016, 2017], byYear.Keys.Order());
        Assert.Equal(files.Register.Number("LopNr").Values.ToArray().ToHashSet(), byYear[2017]);
        Assert.NotEmpty(byYear[2013].Except(byYear[2017]));
        Assert.NotEmpty(byYear[2017].Except(byYear[2013]));
    }

    [Fact]
    public void Counts_by_small_area_are_those_of_the_register()
    {
        Assert.Equal(Persons, Enumerable.Range(0, files.Areas.RowCount).Sum(row => files.Areas.Number("Totalt").Values[row]));
        var background = files.Register.Text("Bakgrund");
        var asia = Enumerable.Range(0, Persons).Count(row => background.Categories[background.Codes[row]] == "asien");
        Assert.Equal(asia, Enumerable.Range(0, files.Areas.RowCount).Sum(row => files.Areas.Number("Asien").Values[row]));
    }

    [Fact]
    public void Every_file_says_that_it_is_synthetic_and_behaves_as_confidential()
    {
        Assert.All(files.Written, file => Assert.StartsWith("syntetisk-", file.Name, StringComparison.Ordinal));
        Assert.All(new[] { files.Register, files.Panel, files.Areas }, extract =>
        {
            Assert.Equal(Confidentiality.Confidential, extract.Confidentiality);
            Assert.Contains("SYNTETISKA", Assert.Single(extract.Provenance.Sources).Origin!.Title, StringComparison.Ordinal);
        });
        Assert.All(Directory.GetFiles(files.Folder, "*.schema.json"),
            schema => Assert.Contains("SYNTETISKA", File.ReadAllText(schema), StringComparison.Ordinal));
        Assert.Equal(files.Written.Select(file => file.Sha256),
            files.Written.Select(file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(files.At(file.Name))))));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_on_any_number_of_threads_and_another_seed_others()
    {
        Assert.Equal(Hashes(3, 1), Hashes(3, -1));
        Assert.NotEqual(Hashes(3, -1), Hashes(4, -1));

        static string[] Hashes(long seed, int threads)
        {
            var folder = Directory.CreateTempSubdirectory("analys");
            try
            {
                return [.. SyntheticFiles.Write(SyntheticRegister.Make(30_000, seed, 3, threads: threads), folder.FullName, seed)
                    .Select(file => file.Sha256)];
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
    }

    [Fact]
    public void A_stopped_run_leaves_nothing_behind_and_another_package_is_not_overwritten()
    {
        var folder = Directory.CreateTempSubdirectory("analys");
        var register = SyntheticRegister.Make(1_000, 1, 1);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            SyntheticFiles.Write(register, folder.FullName, 1, cancel: new CancellationToken(canceled: true)));
        Assert.Empty(folder.GetFiles());
        File.WriteAllText(Path.Combine(folder.FullName, "datapackage.json"), "{}");
        Assert.Throws<IOException>(() => SyntheticFiles.Write(register, folder.FullName, 1));
        Assert.Single(folder.GetFiles());
        folder.Delete(recursive: true);
    }
}
