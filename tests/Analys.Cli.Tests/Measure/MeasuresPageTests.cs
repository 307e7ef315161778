using Analys.Cli.Commands.Measure;
using Analys.Tests;

namespace Analys.Cli.Tests.Measure;

/// <summary>The page of measures says what the code says, and every definition is complete.</summary>
public class MeasuresPageTests
{
    [Fact]
    public void The_page_is_what_the_command_writes() =>
        Assert.Equal(MeasuresCommand.Markdown(), File.ReadAllText(Repository.At("lib", "Analys", "Measure", "README.md"))
            .ReplaceLineEndings("\n"));

    [Fact]
    public void Every_definition_is_complete_and_ids_are_kebab_case()
    {
        Assert.True(Measures.All.Count > 90, $"{Measures.All.Count} definitions");
        Assert.All(Measures.All, pair =>
        {
            var measure = pair.Definition;
            Assert.Matches("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", measure.Id);
            Assert.All(new[] { measure.Name, measure.Swedish, measure.Formula, measure.Unit, measure.Citation },
                text => Assert.False(string.IsNullOrWhiteSpace(text), measure.Id));
            Assert.True(measure.Range.Min <= measure.Range.Max, measure.Id);
        });
    }

    [Theory]
    [InlineData("dissimilarity")]
    [InlineData("spatial-information-theory")]
    [InlineData("at-risk-of-poverty-rate")]
    [InlineData("sen-shorrocks-thon")]
    [InlineData("low-income-standard")]
    [InlineData("persistent-at-risk-of-poverty-rate")]
    [InlineData("service-coverage")]
    public void The_measures_are_found_where_they_stand(string id) =>
    Assert.Contains(Measures.All, pair => pair.Definition.Id == id);
}
