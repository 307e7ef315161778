using System.Globalization;
using Analys.Load;
using Analys.Measure.Persons;
using Analys.Measure.Segregation;

namespace Analys.Measure.Poverty;

/// <summary>Where each person stands in each period.</summary>
internal sealed class PanelTable
{
    private readonly int[] places;
    private readonly int?[] years;

    public PanelTable(PersonTable persons)
    {
        if (persons.Persons.IsEmpty) throw new ColumnNotFoundException("Panel measures need the person: name the column with --person.");
        if (persons.PeriodNames.Length < 2) throw new ColumnNotFoundException("Panel measures need two years or more: name their column with --period.");
        Persons = persons;
        PeriodCount = persons.PeriodNames.Length;
        places = new int[KeyIndex.Size(persons.Persons.Span) * PeriodCount];
        Array.Fill(places, -1);
        for (var row = 0; row < persons.Count; row++)
        {
            if (persons.Periods.Span[row] < 0) continue;
            ref var place = ref places[(persons.Persons.Span[row] * PeriodCount) + persons.Periods.Span[row]];
            if (place >= 0) throw new CountException("A person stands twice in one period.");
            place = row;
        }

        years = [.. persons.PeriodNames.Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : (int?)null)];
    }

    public PersonTable Persons { get; }

    public int PeriodCount { get; }

    /// <summary>The row of a person in a period; −1 where not observed.</summary>
    public int Row(int person, int period) => period < 0 ? -1 : places[(person * PeriodCount) + period];

    /// <summary>The period a number of years before (or after, when negative); −1 where the data do not have that year.</summary>
    public int Before(int period, int back)
    {
        if (years.All(year => year is not null)) return Array.IndexOf(years, years[period] - back);
        var place = period - back;
        return place >= 0 && place < PeriodCount ? place : -1;
    }
}
