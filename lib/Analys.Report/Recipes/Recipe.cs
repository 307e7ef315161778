using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Analys.Domain;
using Analys.Report.Questions;

namespace Analys.Report.Recipes;

/// <summary>A text in both languages, with slots in braces.</summary>
/// <param name="Sv">Swedish.</param>
/// <param name="En">English.</param>
internal sealed record Phrase(string Sv, string En)
{
    /// <summary>The text of a language.</summary>
    public string In(Language language) => language == Language.English ? En : Sv;
}

/// <summary>What a section shows: a sentence, a figure or a table.</summary>
internal sealed record Block
{
    /// <summary>A heading between blocks; it is left out with the block.</summary>
    public Phrase? Heading { get; init; }

    /// <summary>A sentence; it is left out where a slot has nothing to stand for.</summary>
    public Phrase? Say { get; init; }

    /// <summary>The figure's kind; which there are depends on the question.</summary>
    public string? Figure { get; init; }

    /// <summary>The table's name; which there are depends on the question.</summary>
    public string? Table { get; init; }

    /// <summary>The id of the figure and the name of its files; null for one of the section's id and the kind.</summary>
    public string? Id { get; init; }

    /// <summary>The figure's title, with slots; null for the question's own.</summary>
    public Phrase? Title { get; init; }

    /// <summary>The figure's note, with slots; null for the measure's definition.</summary>
    public Phrase? Note { get; init; }
}

/// <summary>Which tables a section asks: by role and measure, never by file name.</summary>
internal sealed record Where
{
    /// <summary>The measure's id, such as <c>income-support-share</c>.</summary>
    public string? Measure { get; init; }

    /// <summary>Who is measured, such as <c>0-17</c>; "" for everyone.</summary>
    public string? Population { get; init; }

    /// <summary><c>share</c>, <c>kr</c> or <c>persons</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>The fewest areas; 0 for tables of the whole alone.</summary>
    public int? Areas { get; init; }

    /// <summary>Words of which one occurs in the table's title, file or columns.</summary>
    public IReadOnlyList<string> About { get; init; } = [];
}

/// <summary>A section: a question to the tables, and what is shown of the answer.</summary>
internal sealed record SectionRecipe
{
    /// <summary>The id in the page's address.</summary>
    public required string Id { get; init; }

    /// <summary>The kind of question: areas, series, brackets, segregation, targets, coverage, register.</summary>
    public required string Ask { get; init; }

    /// <summary>Which tables; null for all that can answer.</summary>
    public Where? Of { get; init; }

    /// <summary>Whether every table that can answer gets a section of its own; else the one with the latest period.</summary>
    public bool Each { get; init; }

    /// <summary>What the question is asked with, such as the limit of a bracket.</summary>
    public IReadOnlyDictionary<string, string> With { get; init; } = new Dictionary<string, string>();

    /// <summary>The heading, with slots.</summary>
    public required Phrase Title { get; init; }

    /// <summary>A key figure and what it means, for the top of the page.</summary>
    public IReadOnlyList<KeyRecipe> Key { get; init; } = [];

    /// <summary>What the summary says where another table gives another number for the same; null for no more than that it does.</summary>
    public Phrase? Aside { get; init; }

    /// <summary>What is shown, in order.</summary>
    public IReadOnlyList<Block> Show { get; init; } = [];
}

/// <summary>A key figure: a number and what it means, each with slots.</summary>
/// <param name="Value">The number.</param>
/// <param name="Meaning">What it means.</param>
internal sealed record KeyRecipe(Phrase Value, Phrase Meaning);

/// <summary>A report as data: for whom, about what, which questions.</summary>
internal sealed record Recipe
{
    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>The schema that the file follows; for editors.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>The name that <c>--recipe</c> takes.</summary>
    public required string Name { get; init; }

    /// <summary>The title, with slots.</summary>
    public required Phrase Title { get; init; }

    /// <summary>What stands under it.</summary>
    public Phrase? Subtitle { get; init; }

    /// <summary>What the report is and for whom.</summary>
    public IReadOnlyList<Phrase> Lead { get; init; } = [];

    /// <summary>Where its areas lie; null to learn it from the tables.</summary>
    public Phrase? Place { get; init; }

    /// <summary>The name of the whole, such as <c>staden</c>.</summary>
    public Phrase Whole { get; init; } = new("hela området", "the whole area");

    /// <summary>The same as the name of a bar or a row, such as <c>Hela staden</c>.</summary>
    public Phrase WholeLabel { get; init; } = new("Hela området", "The whole area");

    /// <summary>What stands in the tables in one language and is read in another: names of groups, indicators, periods, notes on breaks.
    /// </summary>
    public IReadOnlyList<Phrase> Terms { get; init; } = [];

    /// <summary>The sections in order.</summary>
    public required IReadOnlyList<SectionRecipe> Sections { get; init; }

    /// <summary>The names of the shipped recipes.</summary>
    public static IEnumerable<string> Shipped =>
        DataSchemas.List("reports/").Where(file => !file.EndsWith(".schema.json", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file));

    /// <summary>Reads a recipe: a file, or the name of a shipped one.</summary>
    /// <param name="nameOrPath">The file or the name.</param>
    /// <exception cref="RecipeException">There is none, or it is wrong; the message says where.</exception>
    public static Recipe Load(string nameOrPath)
    {
        if (File.Exists(nameOrPath)) return Parse(File.ReadAllText(nameOrPath), Path.GetFileName(nameOrPath));
        using var stream = DataSchemas.TryOpen($"reports/{nameOrPath}.json");
        if (stream is null || nameOrPath.EndsWith(".schema", StringComparison.Ordinal))
        {
            throw new RecipeException(
                $"There is no recipe {Path.GetFileName(nameOrPath)}.{Nearest.Hint(nameOrPath, Shipped)} Name a file or one of "
                    + $"{string.Join(", ", Shipped)}.");
        }

        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), nameOrPath);
    }

    // What is missing from a list is nothing that a reader of JSON tells.
    private static bool HasGap(JsonNode? node) => node switch
    {
        JsonArray items => items.Any(item => item is null || HasGap(item)),
        JsonObject members => members.Any(member => HasGap(member.Value)),
        _ => false,
    };

    /// <summary>Reads a recipe from text.</summary>
    public static Recipe Parse(string json, string name)
    {
        try
        {
            var recipe = JsonSerializer.Deserialize<Recipe>(json, Strict) ?? throw new JsonException("it is null");
            if (HasGap(JsonNode.Parse(json))) throw new JsonException("a list has null in it");
            RecipeCheck.Check(recipe, name);
            return recipe;
        }
        catch (JsonException e)
        {
            throw new RecipeException($"The recipe {name} is wrong at {e.Path ?? "its start"}: {e.Message.Split(" Path:")[0]}");
        }
    }
}

/// <summary>A recipe is wrong, or is not there. The message speaks of the recipe, never of data.</summary>
/// <param name="message">What is wrong.</param>
public sealed class RecipeException(string message) : Exception(message);

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
