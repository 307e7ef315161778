using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Analys.Database.Pushed;
using Analys.Database.Rows;
using Analys.Database.Sql;
using Analys.Measure;
using Analys.Measure.Income;
using Analys.Measure.Source;
using Analys.Tests;
using Analys.Tests.Database;

namespace Analys.Database.Tests.Sql;

/// <summary>What is sent to an engine, as text.</summary>
public partial class TextTests
{
    [Fact]
    public void Sql_server_gets_brackets_few_parameters_and_nothing_of_other_dialects()
    {
        var some = All(new SqlServerDialect(), 40).ToList();
        Assert.True(some.Count > 8);
        foreach (var query in some)
        {
            Assert.DoesNotContain("\"", query.Text.Replace("[w\"eight]", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain("::", query.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("count(distinct", query.Text, StringComparison.Ordinal);
            Assert.Equal(query.Text.Count(c => c == '('), query.Text.Count(c => c == ')'));
            Assert.Equal(query.Text.Count(c => c == '['), query.Text.Count(c => c == ']'));
            Assert.InRange(query.Parameters.Count, 0, 2_100);
            Assert.Equal(Parameter().Matches(query.Text).Select(match => match.Value).Distinct().Count(), query.Parameters.Count);
            Assert.InRange(Depth(query.Text), 0, 10);
        }
    }

    [Fact]
    public void Values_are_never_text()
    {
        foreach (var dialect in (SqlDialect[])[new SqlServerDialect(), new PostgresDialect(), new SqliteDialect(), Engines.Find("duckdb")!])
        {
            Assert.All(All(dialect, 3), query => Assert.DoesNotContain("'", query.Text, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("a\"b; drop table x")]
    [InlineData("a]b; drop table x")]
    public void Names_are_quoted(string name)
    {
        Assert.Equal($"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", new PostgresDialect().Quote(name));
        Assert.Equal($"[{name.Replace("]", "]]", StringComparison.Ordinal)}]", new SqlServerDialect().Quote(name));
    }

    [Fact]
    public void An_address_with_a_password_is_refused_without_repeating_it()
    {
        var refused = Assert.Throws<SourceException>(() => SourceAddress.Parse("postgres:Host=h;Password=hemligt"));
        Assert.DoesNotContain("hemligt", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_measure_is_pushed_down_or_says_why_not_and_the_page_lists_it()
    {
        var page = File.ReadAllText(Repository.At("lib", "Analys.Database", "README.md"));
        foreach (var id in PushDown.Pushed) Assert.Contains($"`{id}`", page, StringComparison.Ordinal);
        foreach (var (id, reason) in PushDown.NotPushed) Assert.Contains($"| {id} | {reason} |", page, StringComparison.Ordinal);
        var catalogue = new MeasureCatalogue();
        foreach (var id in IncomeMeasures.Definitions.Select(definition => definition.Id))
        {
            Assert.All(catalogue.Find(id)!, measure => Assert.Equal(PushDown.Pushed.Contains(id), measure.Aggregate is not null));
            if (PushDown.Pushed.Contains(id)) Assert.All(catalogue.Find(id)!, measure =>
                Assert.Equal(PushDown.NotPushed.Keys.Any(key => key.Contains("linearised", StringComparison.Ordinal)
                    && key.Split([',', ' ']).Contains(id)), measure.AggregateInfluence is not { IsApproximate: false }));
        }
    }

    internal static IEnumerable<CompiledQuery> All(SqlDialect dialect, int districts, int pivots = 63)
    {
        using var people = new RandomPeople(200, seed: 2, districts: Math.Min(districts, 26), years: 4);
        using var source = RowSources.Of(people.Extract());
        var frame = new PushedStudy(source, new PersonColumns { By = ["area", "ageGroup"], Transfers = "transfers" }).Frame;
        var queries = new SqlQueries(dialect, frame, "dbo.people", null, (_, value) => value);
        foreach (var by in (ImmutableArray<int>[])[[], [0], [0, 1]])
        {
            var scope = new Scope(-1, IncomeConcept.BeforeTransfers, by, Ages.Children, new PoissonReplicate(1, 1));
            var bins = Enumerable.Range(0, frame.Domains(scope))
                .Select(_ => (double[]?)[.. Enumerable.Range(0, pivots).Select(i => i * 1000.5)]).ToArray();
            AggregateQuery[] some =
            [
                new SumQuery(scope, 100_000, PoorRule.Below), new BinQuery(scope, bins),
                    new BinQuery(scope, bins) { CountsHouseholds = true }, new MaximaQuery(scope, 1, PoorRule.AtOrBelow),
                new TermQuery(scope, [.. Enum.GetValues<TermKind>().Select(kind => Asked(kind))]),
            ];
            var year = scope with { Period = 0, Concept = IncomeConcept.Disposable };
            var others = ImmutableArray.Create(new PanelYear(1, 110_000), new PanelYear(2, double.NaN), new PanelYear(3, 130_000));
            foreach (var step in Enum.GetValues<PanelStep>())
                some = [.. some, new PanelQuery(year, step, 100_000, others, PoorRule.Below),
                    new PanelQuery(year with { Ages = null }, step, 100_000, others, PoorRule.Below)];
            var part =
                new LinearPart(scope, 0, [.. Enum.GetValues<TermKind>().Select(kind => (0.5, Asked(kind, 90_000)))]);
            some = [.. some, new LinearQuery(new Scope(-1, IncomeConcept.Disposable, [2], null), [part, part],
                [.. Enumerable.Range(0, 70).Select(i => new LinearForm([(1, i % 2)]))])];
            foreach (var compiled in queries.Compile(some)) yield return compiled;
        }
    }

    private static Term Asked(TermKind kind, double at = double.NaN) => new(kind, 1.5, 100_000, At: at)
    {
        Function = kind != TermKind.Function ? null
            : IncomeFunction.Power(IncomeFunction.Log(IncomeFunction.Exp(IncomeFunction.Own / IncomeFunction.Line)) + 1, 2),
        Whose = kind == TermKind.Function ? Among.PositivePoor : Among.Everyone,
    };

    // How deep cases stand inside each other; SQL Server takes ten.
    private static int Depth(string text)
    {
        int depth = 0, most = 0;
        foreach (Match word in CaseOrEnd().Matches(text))
        {
            depth += word.Value == "case" ? 1 : -1;
            most = Math.Max(most, depth);
        }

        return most;
    }

    [GeneratedRegex(@"@p\d+")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\b(case|end)\b")]
    private static partial Regex CaseOrEnd();
}
