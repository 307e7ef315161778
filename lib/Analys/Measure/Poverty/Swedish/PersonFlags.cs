namespace Analys.Measure.Poverty.Swedish;

/// <summary>A property of each person of an extract: has it, has it not, or not known.</summary>
/// <remarks>What measures of poverty by a property (low income standard, deprivation, income support) have in common; a union takes the logic of three values.</remarks>
public sealed class PersonFlags
{
    private readonly sbyte[] flags;

    private PersonFlags(sbyte[] flags) => this.flags = flags;

    /// <summary>By row 1, 0, or −1 where it is not known.</summary>
    public ReadOnlySpan<sbyte> Values => flags;

    /// <summary>The number of persons.</summary>
    public int Count => flags.Length;

    /// <summary>Flags of a rule by row.</summary>
    /// <param name="count">The number of persons.</param>
    /// <param name="rule">The property of a row; null where it is not known.</param>
    public static PersonFlags Of(int count, Func<int, bool?> rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var flags = new sbyte[count];
        for (var row = 0; row < count; row++) flags[row] = rule(row) switch { true => 1, false => 0, null => -1 };
        return new PersonFlags(flags);
    }

    /// <summary>Flags of a rule by household, for all its members.</summary>
    /// <param name="households">The households.</param>
    /// <param name="rule">The property of a household; null where it is not known. It may run on several threads.</param>
    public static PersonFlags OfHouseholds(RegisterHouseholds households, Func<int, bool?> rule)
    {
        ArgumentNullException.ThrowIfNull(households);
        ArgumentNullException.ThrowIfNull(rule);
        var flags = new sbyte[households.Rows];
        Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(0, Math.Max(1, households.Count)), range =>
        {
            for (var household = range.Item1; household < Math.Min(range.Item2, households.Count); household++)
            {
                sbyte flag = rule(household) switch { true => 1, false => 0, null => -1 };
                foreach (var row in households.Members(household)) flags[row] = flag;
            }
        });
        return new PersonFlags(flags);
    }

    /// <summary>Has either property: known to have one is enough; known to have neither needs both known.</summary>
    /// <param name="other">The other property of the same persons.</param>
    public PersonFlags Or(PersonFlags other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Count != Count) throw new ArgumentException("The flags are of different persons.", nameof(other));
        var union = new sbyte[flags.Length];
        for (var row = 0; row < union.Length; row++)
        {
            var (one, two) = (flags[row], other.flags[row]);
            union[row] = one == 1 || two == 1 ? (sbyte)1 : one == 0 && two == 0 ? (sbyte)0 : (sbyte)-1;
        }

        return new PersonFlags(union);
    }

    /// <summary>Has at least this many of several properties, where the unknown ones cannot change the answer.</summary>
    /// <param name="items">The properties of the same persons.</param>
    /// <param name="threshold">How many.</param>
    public static PersonFlags AtLeast(IReadOnlyList<PersonFlags> items, int threshold)
    {
        ArgumentNullException.ThrowIfNull(items);
        return Of(items[0].Count, row =>
        {
            int has = 0, unknown = 0;
            foreach (var item in items)
            {
                if (item.flags[row] == 1) has++;
                else if (item.flags[row] < 0) unknown++;
            }

            return has >= threshold ? true : has + unknown < threshold ? false : null;
        });
    }
}
