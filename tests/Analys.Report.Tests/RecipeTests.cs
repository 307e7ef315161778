using System.Text.Json;
using Analys.Report.Questions;
using Analys.Report.Recipes;
using Analys.Tests;

namespace Analys.Report.Tests;

public class RecipeTests
{
    public static TheoryData<string> Shipped => [.. Recipe.Shipped];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_shipped_recipe_is_checked_and_says_everything_in_both_languages(string name)
    {
        var recipe = Recipe.Load(name);
        Assert.Equal(name, recipe.Name);
        foreach (var phrase in recipe.Sections.SelectMany(section =>
            section.Show.SelectMany(block => new[] { block.Say, block.Title, block.Note, block.Heading }).Append(section.Title))
            .OfType<Phrase>())
        {
            Assert.Equal(RecipeText.Slots(phrase.Sv).Distinct().Order(), RecipeText.Slots(phrase.En).Distinct().Order());
        }
    }

    [Theory]
    [InlineData("\"figure\": \"ranked\"", "\"figure\": \"rangordnad\"", "no figure rangordnad")]
    [InlineData("{high}", "{hogst}", "no slot hogst")]
    [InlineData("\"ask\": \"areas\"", "\"ask\": \"omraden\"", "no question omraden")]
    [InlineData("\"each\": true", "\"varje\": true", "varje")]
    public void A_misspelling_is_refused_before_any_data_are_read(string right, string wrong, string said)
    {
        var json = File.ReadAllText(Repository.At("data-schemas", "reports", "allman.json"));
        Assert.Contains(right, json, StringComparison.Ordinal);
        var refusal = Assert.Throws<RecipeException>(() => Recipe.Parse(json.Replace(right, wrong, StringComparison.Ordinal), "prov"));
        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_schema_names_the_questions_figures_and_tables_that_there_are()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.At("data-schemas", "reports", "recipe.schema.json")));
        var section = schema.RootElement.GetProperty("$defs").GetProperty("section").GetProperty("properties");
        var block = schema.RootElement.GetProperty("$defs").GetProperty("block").GetProperty("properties");
        Assert.Equal(Question.All.Select(question => question.Id).Order(), Names(section.GetProperty("ask")));
        Assert.Equal(Question.All.SelectMany(question => question.Figures).Distinct().Order(), Names(block.GetProperty("figure")));
        Assert.Equal(Question.All.SelectMany(question => question.Tables).Distinct().Order(), Names(block.GetProperty("table")));

        static IEnumerable<string> Names(JsonElement property) => property.GetProperty("enum").EnumerateArray()
            .Select(name => name.GetString()!).Order();
    }

    [Fact]
    public void The_page_names_every_question_and_slot()
    {
        var page = File.ReadAllText(Repository.At("lib", "Analys.Report", "README.md"));
        foreach (var question in Question.All)
        {
            foreach (var word in question.Figures.Concat(question.Tables).Concat(question.Slots).Concat(question.Options)
                .Append(question.Id)) Assert.Contains($"`{word}`", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_sentence_with_an_empty_slot_is_no_sentence()
    {
        Assert.Null(RecipeText.Fill("{a} och {b}", new Dictionary<string, string> { ["a"] = "1" }));
        Assert.Equal("1 och {x}", RecipeText.Fill("{a} och {b}", new Dictionary<string, string> { ["a"] = "1", ["b"] = "{x}" }));
    }

    [Fact]
    public void The_words_of_the_page_are_the_same_in_both_languages()
    {
        ReportWords sv = ReportWords.Of(Language.Swedish), en = ReportWords.Of(Language.English);
        Assert.Equal(sv.Keys.Order(), en.Keys.Order());
        Assert.All(sv.Keys, key => Assert.Equal(RecipeText.Slots(sv[key]).Distinct().Order(), RecipeText.Slots(en[key]).Distinct()
            .Order()));
    }
}
