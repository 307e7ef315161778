using Analys.Load;
using Analys.Measure.Persons;
using Analys.Measure.Segregation;

namespace Analys.Measure.Poverty;

/// <summary>Where each person stands in each period.</summary>
internal sealed class PanelTable
{
    private readonly int[] places;

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

        Years = new PanelYears(persons.PeriodNames);
    }

    public PersonTable Persons { get; }

    public int PeriodCount { get; }

    public PanelYears Years { get; }

    /// <summary>The row of a person in a period; −1 where not observed.</summary>
    public int Row(int person, int period) => period < 0 ? -1 : places[(person * PeriodCount) + period];
}
