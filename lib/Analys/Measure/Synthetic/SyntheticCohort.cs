using System.Globalization;
using System.Text;
using Analys.Measure.Inference;

namespace Analys.Measure.Synthetic;

/// <summary>
/// Made-up young persons of whom some got a support group: who gets it depends on what came before, and its effect is known.
/// </summary>
/// <remarks>
/// Those with more absence and more reports of concern get the group more often and are worse off anyway, so that a plain difference of
/// means hides
/// the effect. The group lowers the mean number of new reports by <see cref="EffectOnReports"/> for everyone, and the chance of being
/// placed outside
/// the home by <see cref="EffectOnPlacement"/> where it is at least that high.
/// </remarks>
internal static class SyntheticCohort
{
    /// <summary>What the group does to the mean number of new reports.</summary>
    public const double EffectOnReports = -2;

    /// <summary>What the group does to the chance of being placed.</summary>
    public const double EffectOnPlacement = -0.15;

    /// <summary>The fewest persons.</summary>
    public const int FewestPersons = 40;

    /// <summary>The columns.</summary>
    public const string Header = "LopNr;Insats;Alder;Pojke;Franvaro;Anmalningar;Enhet;Placerad;NyaAnmalningar";

    /// <summary>The rows as CSV; the same seed gives the same rows, and the first ones whatever the number.</summary>
    /// <param name="persons">How many persons.</param>
    /// <param name="seed">The seed.</param>
    public static string Csv(int persons, long seed)
    {
        StringBuilder text = new(Header + "\n");
        for (var person = 0; person < persons; person++)
        {
            RandomStream random = new(seed, person);
            var age = 13 + (int)random.NextLong(7);
            var boy = random.NextDouble() < 0.7 ? 1 : 0;
            var absence = Math.Round(Math.Clamp(12 + (9 * Variates.Normal(random)), 0, 60), 1);
            var reports = (int)Variates.Poisson(random, 1 + (absence / 12));
            var group = random.NextDouble() < 1 / (1 + Math.Exp(3.2 - (0.05 * absence) - (0.3 * reports) - (0.2 * boy))) ? 1 : 0;
            var unit = "ABCDEFGHIJKL"[(int)random.NextLong(12)];
            var mean = 3 + (0.06 * absence) + (0.6 * reports) + (group * EffectOnReports);
            var chance = 0.18 + (0.006 * absence) + (0.03 * reports) + (group * EffectOnPlacement);
            var placed = random.NextDouble() < Math.Clamp(chance, 0, 1) ? 1 : 0;
            var after = Variates.Poisson(random, Math.Max(0, mean));
            text.Append(CultureInfo.InvariantCulture,
                $"{person + 1};{group};{age};{boy};{absence};{reports};Enhet {unit};{placed};{after}\n");
        }

        return text.ToString();
    }
}
