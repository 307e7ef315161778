using Analys.Attack.Tests.Play;

namespace Analys.Attack.Tests.Areas;

/// <summary>Attacks what the models of areas and persons print, one kind of model an attacker: he has the program and every number but
/// one.</summary>
internal sealed class ModelAttacker(string kind) : Adversary
{
    /// <summary>One for each kind of model.</summary>
    public static IEnumerable<Adversary> All => ModelInput.All.Keys.Select(kind => new ModelAttacker(kind));

    public override string Name => kind;

    public override int Usual => 6;

    public override async Task<IReadOnlyList<Claim>?> Play(Game game)
    {
        var input = ModelInput.All[kind](game);
        var told = new List<IReadOnlyList<Row>>();
        foreach (var call in input.Calls(input.Truth)) told.Add(await Told(game, call));
        if (told.TrueForAll(rows => rows.Count == 0)) return null;
        return [input.IsIncome ? await Candidates.Income(told, input.Calls, input.Truth)
            : await Candidates.Count(told, input.Calls, input.Truth, input.Most)];
    }

    // A model that finds no fit for made-up areas prints nothing.
    private static async Task<IReadOnlyList<Row>> Told(Game game, string[] call)
    {
        try
        {
            return await game.Rows(call) ?? [];
        }
        catch (InvalidOperationException error) when (error.Message.Contains("did not settle", StringComparison.Ordinal))
        {
            return [];
        }
    }
}
