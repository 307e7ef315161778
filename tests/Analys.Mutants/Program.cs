using System.Globalization;
using Analys.Mutants;

return args switch
{
    ["cover", var assembly, var output] => Session.Cover(assembly, output),
    ["kill", var assembly, var list] => Session.Kill(assembly, list),
    [var number, .. var rest] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) =>
        Score.Of(count, rest is [var seed, ..] ? int.Parse(seed, CultureInfo.InvariantCulture) : 1, rest is [_, var part] ? part : ""),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: dotnet run --project tests/Analys.Mutants -- COUNT [SEED [PART OF A PATH]]");
    return 2;
}
