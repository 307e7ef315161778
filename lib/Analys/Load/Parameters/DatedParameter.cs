using System.Collections.Immutable;
using System.Globalization;

namespace Analys.Load.Parameters;

/// <summary>A value of a policy parameter and the days on which it is known to be in force, both included.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Value">The value.</param>
/// <param name="Reference">The law or publication that states it.</param>
/// <param name="Derived">Whether it was computed from another year's value and not read in a source.</param>
public sealed record DatedValue<T>(DateOnly From, DateOnly To, T Value, string Reference, bool Derived);

/// <summary>A policy parameter over time. What is not known is absent: asking for it is an error that says what is known.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
public sealed class DatedParameter<T>
{
    internal DatedParameter(string name, string description, string swedish, string unit, DateOnly lastChecked, ImmutableArray<DatedValue<T>> values)
    {
        Name = name;
        Description = description;
        Swedish = swedish;
        Unit = unit;
        LastChecked = lastChecked;
        Values = values;
    }

    /// <summary>The name of the file.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public string Description { get; }

    /// <summary>The Swedish name.</summary>
    public string Swedish { get; }

    /// <summary>The unit of the values.</summary>
    public string Unit { get; }

    /// <summary>The day on which the sources were last looked at; a value without an end is known until then.</summary>
    public DateOnly LastChecked { get; }

    /// <summary>The values in order of time.</summary>
    public ImmutableArray<DatedValue<T>> Values { get; }

    /// <summary>The periods that are known, such as <c>2013-2015, 2017, 2026 (derived)</c>.</summary>
    public string Known => Values.Length == 0 ? "no period" : string.Join(", ", Values.Select(Period));

    /// <summary>The value in force on a day.</summary>
    /// <param name="date">The day.</param>
    /// <exception cref="ParameterException">It is not known for that day; the message names what is known.</exception>
    public DatedValue<T> At(DateOnly date) => Find(date) ?? throw Unknown(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>The one value in force throughout a year.</summary>
    /// <param name="year">The year.</param>
    /// <exception cref="ParameterException">It is not known for the whole year, or changed in it; the message names what is known.</exception>
    public DatedValue<T> In(int year)
    {
        var (first, last) = Ends(year);
        var value = Find(first);
        if (value is null && Find(last) is null) throw Unknown(Text(year));
        return value is not null && value.To >= last
            ? value
            : throw new ParameterException($"{Swedish} has no single value in {Text(year)}. Known are {Known}.");
    }

    /// <summary>The twelve monthly values of a year.</summary>
    /// <param name="year">The year.</param>
    /// <exception cref="ParameterException">A month is not known; the message names what is known.</exception>
    public IReadOnlyList<T> Months(int year)
    {
        Ends(year);
        return [.. Enumerable.Range(1, 12).Select(month => (Find(new DateOnly(year, month, 1)) ?? throw Unknown(Text(year))).Value)];
    }

    private DatedValue<T>? Find(DateOnly date) => Values.FirstOrDefault(value => value.From <= date && date <= value.To);

    private (DateOnly First, DateOnly Last) Ends(int year) => year is >= 1 and <= 9999
        ? (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31))
        : throw Unknown(Text(year));

    private ParameterException Unknown(string when) => new($"{Swedish} is not known for {when}. Known are {Known}.");

    private static string Period(DatedValue<T> value)
    {
        var wholeYears = value.From is { Month: 1, Day: 1 } && value.To is { Month: 12, Day: 31 };
        var format = wholeYears ? "yyyy" : "yyyy-MM-dd";
        var from = value.From.ToString(format, CultureInfo.InvariantCulture);
        var to = value.To.ToString(format, CultureInfo.InvariantCulture);
        var span = from == to ? from : wholeYears ? $"{from}-{to}" : $"{from} to {to}";
        return value.Derived ? $"{span} (derived)" : span;
    }

    private static string Text(int year) => year.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A policy parameter is not known for the time asked for, or its file is wrong. The message speaks of the parameter, never of data.</summary>
/// <param name="message">What is wrong, and what is known.</param>
public sealed class ParameterException(string message) : Exception(message);
