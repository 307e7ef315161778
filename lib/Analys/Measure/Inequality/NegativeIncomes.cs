namespace Analys.Measure.Inequality;

/// <summary>What is done with incomes below zero before anything else, the poverty line included.</summary>
public enum NegativeIncomes
{
    /// <summary>They stay as they are: Eurostat. The default.</summary>
    Keep,

    /// <summary>They are set to zero.</summary>
    Zero,

    /// <summary>The persons are left out.</summary>
    Exclude,
}
