using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Cli.Errors;

/// <summary>Refuses money where a count is wanted: a sum of kronor has no threshold, and one household may hold nearly all of it.</summary>
/// <remarks>A column is money by its role, its unit or its name; or by its numbers, where the rows are persons or households and it
/// counts far more than one of them a row. A column whose role is that of a count is one, unless its unit or name says
/// kronor.</remarks>
internal static class MoneyAsCount
{
    private const double MostARow = 20;

    private static readonly string[] Names =
    [
        "belopp", "kronor", "inkomst", "lön", "lon", "utbetal", "bidrag", "kostnad", "hyra", "skatt", "summa_kr", "income", "amount", "sek",
        "wage", "salary", "cost", "money", "transfer", "budget", "utgift",
    ];

    private static readonly string[] Units = ["kr", "tkr", "mkr", "mnkr", "mdkr", "sek", "kronor", "€", "eur"];

    private static readonly Role[] Roles =
        [Role.DisposableIncome, Role.EquivalisedIncome, Role.HousingCost, Role.Transfers];

    /// <summary>Throws where a column that an index counts persons by is one of money.</summary>
    /// <exception cref="CallException">It is.</exception>
    public static void RefuseInIndex(Extract extract, string column)
    {
        if (IsMoney(extract, column))
            throw new CallException($"The column {column} holds amounts, not counts: segregation is measured on counts of persons. Give it "
                + "the role count in the schema if it counts persons.");
    }

    /// <summary>Throws where confidential persons are counted by a column of money.</summary>
    /// <exception cref="CallException">They are.</exception>
    public static void RefuseInModel(Extract extract, params IEnumerable<string?> columns)
    {
        if (extract.Confidentiality == Confidentiality.Public) return;
        if (columns.OfType<string>().FirstOrDefault(column => IsMoney(extract, column)) is { } money)
            throw new CallException($"The column {money} holds amounts, not counts: persons are counted here. Give it the role count in "
                + "the schema if it counts persons.");
    }

    /// <summary>Throws where the column of a count is one of money.</summary>
    /// <exception cref="CallException">It is.</exception>
    public static void Refuse(Extract extract, string column)
    {
        if (IsMoney(extract, column))
            throw new CallException($"The column {column} holds amounts, not counts: say --amount, with --contributors for the household, "
                + "and the rules of dominance judge it; or give it the role count in the schema if it counts persons.");
    }

    private static bool IsMoney(Extract extract, string name) =>
        extract.Has(name) && extract[name] is NumberColumn column && IsMoney(extract, column);

    private static bool IsMoney(Extract extract, NumberColumn column)
    {
        var field = column.Field;
        var role = field.Role == Role.None ? RoleGuess.Of(field) : field.Role;
        if (Roles.Contains(role) || Units.Contains(field.Unit?.ToLowerInvariant())) return true;
        var name = field.Name.ToLowerInvariant();
        string[] words = name.Split('_', ' ', '-', '.');
        if (words.Any(Units.Contains)) return true;
        if (field.Role is Role.Count or Role.Total) return false;
        if (Names.Any(part => name.Contains(part, StringComparison.Ordinal))) return true;
        // Rows of persons or households, each with a number of its own: they cannot each count so many.
        if (extract.Find(Role.Household) is null && extract.Find(Role.Person) is null) return false;
        double sum = 0, rows = 0;
        foreach (var value in column.Values)
        {
            if (!double.IsFinite(value)) continue;
            sum += Math.Abs(value);
            rows++;
        }

        return rows > 0 && sum / rows > MostARow;
    }
}
