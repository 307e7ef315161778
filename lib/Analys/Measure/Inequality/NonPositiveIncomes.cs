namespace Analys.Measure.Inequality;

/// <summary>What a measure that takes logarithms does with incomes of zero and below.</summary>
public enum NonPositiveIncomes
{
    /// <summary>The measure is over the persons with a positive income. The default.</summary>
    Exclude,

    /// <summary>They add nothing to the sum but stay in the population that it is divided by.</summary>
    Denominator,

    /// <summary>The measure is undefined where there are any.</summary>
    Undefined,
}
