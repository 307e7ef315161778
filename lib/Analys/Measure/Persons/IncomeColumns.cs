using Analys.Load;
using Analys.Measure.Inequality;
using Analys.Measure.Segregation;

namespace Analys.Measure.Persons;

/// <summary>Income per consumption unit, and what is taken from it, from the columns that an extract has.</summary>
internal static class IncomeColumns
{
    /// <summary>
    /// The named column as it is; else the equivalised income; else the household's disposable income divided by its consumption units. Transfers
    /// and housing costs are divided likewise.
    /// </summary>
    public static (ReadOnlyMemory<double> Incomes, ReadOnlyMemory<double> Transfers, ReadOnlyMemory<double> HousingCosts) Read(Extract extract, PersonColumns columns)
    {
        var transfers = Optional(extract, columns.Transfers, Role.Transfers);
        var housing = Optional(extract, columns.HousingCost, Role.HousingCost);
        var direct = columns.Income is not null ? extract.Number(columns.Income) : Optional(extract, null, Role.EquivalisedIncome);
        if (direct is not null) return (Negative(direct.Memory, columns.Negative), transfers?.Memory ?? default, housing?.Memory ?? default);
        if (extract.Find(Role.DisposableIncome) is not { } disposable)
        {
            return columns.IncomeRequired
                ? throw new ColumnNotFoundException("No column has the role EquivalisedIncome or DisposableIncome: name the income with --income.")
                : default;
        }

        var income = extract.Number(disposable.Name);
        if (extract.Find(Role.ConsumptionUnits) is not { } unitColumn)
        {
            throw new ColumnNotFoundException($"The income {disposable.Name} is a household's: give the schema a column of consumption units, or name with --income what is meant.");
        }

        var units = extract.Number(unitColumn.Name);
        return (Negative(Divide(extract, income, units), columns.Negative), transfers is null ? default : Divide(extract, transfers, units), housing is null ? default : Divide(extract, housing, units));
    }

    private static NumberColumn? Optional(Extract extract, string? name, Role role) =>
        PersonTableReader.Find(extract, name, role) is { } column ? extract.Number(column.Name) : null;

    private static ReadOnlyMemory<double> Divide(Extract extract, NumberColumn amounts, NumberColumn units)
    {
        var quotients = new double[amounts.Count];
        for (var row = 0; row < quotients.Length; row++)
        {
            if (units.Values[row] <= 0) throw new CountException($"{extract.Where(units.Name, bad => units.Values[bad] <= 0)}: a number of consumption units is not above 0.");
            quotients[row] = amounts.Values[row] / units.Values[row];
        }

        return quotients;
    }

    private static ReadOnlyMemory<double> Negative(ReadOnlyMemory<double> incomes, NegativeIncomes treatment)
    {
        if (treatment != NegativeIncomes.Zero) return incomes;
        var changed = incomes.ToArray();
        for (var row = 0; row < changed.Length; row++)
        {
            if (changed[row] < 0) changed[row] = 0;
        }

        return changed;
    }
}
