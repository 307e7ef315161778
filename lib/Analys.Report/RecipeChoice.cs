using Analys.Report.Questions;
using Analys.Report.Recipes;
using Analys.Report.Tables;

namespace Analys.Report;

/// <summary>Which recipe fits the tables at hand, where none was named.</summary>
internal static class RecipeChoice
{
    /// <summary>The recipe that is derived from whatever is found.</summary>
    public const string General = "allman";

    /// <summary>The shipped recipe of which more than half of the questions can be answered; else the general one.</summary>
    /// <param name="inputs">The tables.</param>
    public static Recipe For(IReadOnlyList<TableInput> inputs)
    {
        foreach (var name in Recipe.Shipped.Where(name => name != General).Order(StringComparer.Ordinal))
        {
            var recipe = Recipe.Load(name);
            var context = new ReportContext { Inputs = inputs, Recipe = recipe, Policy = Policy.Stockholm };
            var answered = recipe.Sections.Count(section => Question.Find(section.Ask)!.Candidates(context, section).Any());
            if (answered * 2 > recipe.Sections.Count) return recipe;
        }

        return Recipe.Load(General);
    }
}
