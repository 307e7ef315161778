using Analys.Report.Questions;

namespace Analys.Report.Recipes;

/// <summary>Checks a recipe before any data are read: what a misspelling would else leave out in silence.</summary>
internal static class RecipeCheck
{
    /// <summary>Refuses unknown questions, figures, tables and slots, and ids that occur twice.</summary>
    public static void Check(Recipe recipe, string name)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in recipe.Sections)
        {
            string at = $"The recipe {name}, section {section.Id}";
            if (section.Id.Length == 0 || !section.Id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)
                || c == '-')) throw new RecipeException($"{at}: an id has small letters, digits and hyphens.");
            if (!ids.Add(section.Id)) throw new RecipeException($"{at}: the id occurs twice.");
            if (Question.Find(section.Ask) is not { } question) throw new RecipeException(
                $"{at}: there is no question {section.Ask}; there are {string.Join(", ", Question.All.Select(known => known.Id))}.");
            foreach (var option in section.With.Keys.Except(question.Options)) throw new RecipeException(
                $"{at}: the question {section.Ask} does not take {option}{Known(question.Options)}.");
            foreach (var block in section.Show)
            {
                if (new[] { block.Say is not null, block.Figure is not null, block.Table is not null }.Count(said =>
                    said) != 1) throw new RecipeException($"{at}: a block has one of say, figure and table.");
                if (block.Figure is { } figure && !question.Figures.Contains(figure)) throw new RecipeException(
                    $"{at}: the question {section.Ask} has no figure {figure}{Known(question.Figures)}.");
                if (block.Table is { } table && !question.Tables.Contains(table)) throw new RecipeException(
                    $"{at}: the question {section.Ask} has no table {table}{Known(question.Tables)}.");
                foreach (var phrase in new[] { block.Say, block.Title, block.Note, block.Heading }.OfType<Phrase>()) Slots(phrase);
            }

            foreach (var key in section.Key) (Slots(key.Value), Slots(key.Meaning)).ToString();
            Slots(section.Title);
            if (section.Aside is { } aside) Slots(aside);

            bool Slots(Phrase phrase)
            {
                foreach (var slot in RecipeText.Slots(phrase.Sv).Concat(RecipeText.Slots(phrase.En)).Distinct())
                {
                    if (!question.Slots.Contains(slot)) throw new RecipeException(
                        $"{at}: the question {section.Ask} has no slot {slot}{Known(question.Slots)}.");
                }

                return true;
            }
        }
    }

    private static string Known(IReadOnlyCollection<string> known) => known.Count == 0 ? "" : $"; there are {string.Join(", ", known)}";
}
