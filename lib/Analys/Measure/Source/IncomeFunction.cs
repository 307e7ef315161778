
namespace Analys.Measure.Source;

/// <summary>A function of an income and the poverty line, written as it stands in a paper: <c>Power((Line − Own) / Line, 3)</c>. It is
/// evaluated
/// here, derived by the line, and written in its own language by an engine.</summary>
internal abstract record IncomeFunction
{
    /// <summary>The person's own income y.</summary>
    public static IncomeFunction Own { get; } = new OwnIncome();

    /// <summary>The line z.</summary>
    public static IncomeFunction Line { get; } = new PovertyLineOf();

    public static implicit operator IncomeFunction(double number) => new Number(number);

    public static IncomeFunction operator +(IncomeFunction a, IncomeFunction b) => new Sum(a, b);

    public static IncomeFunction operator -(IncomeFunction a, IncomeFunction b) => new Sum(a, new Product(-1, b));

    public static IncomeFunction operator *(IncomeFunction a, IncomeFunction b) => new Product(a, b);

    public static IncomeFunction operator /(IncomeFunction a, IncomeFunction b) => new Quotient(a, b);

    /// <summary>The natural logarithm.</summary>
    public static IncomeFunction Log(IncomeFunction of) => new Logarithm(of);

    /// <summary>e to the power of a function.</summary>
    public static IncomeFunction Exp(IncomeFunction of) => new Exponential(of);

    /// <summary>A function to the power of a number.</summary>
    public static IncomeFunction Power(IncomeFunction of, double exponent) => new Raised(of, exponent);

    /// <summary>The value at an income under a line.</summary>
    public abstract double At(double income, double line);

    /// <summary>Its derivative by the line.</summary>
    public abstract IncomeFunction ByLine();

    /// <summary>The income.</summary>
    internal sealed record OwnIncome : IncomeFunction
    {
        public override double At(double income, double line) => income;

        public override IncomeFunction ByLine() => 0;
    }

    /// <summary>The line.</summary>
    internal sealed record PovertyLineOf : IncomeFunction
    {
        public override double At(double income, double line) => line;

        public override IncomeFunction ByLine() => 1;
    }

    /// <summary>A number.</summary>
    internal sealed record Number(double Value) : IncomeFunction
    {
        public override double At(double income, double line) => Value;

        public override IncomeFunction ByLine() => 0;
    }

    /// <summary>a + b.</summary>
    internal sealed record Sum(IncomeFunction A, IncomeFunction B) : IncomeFunction
    {
        public override double At(double income, double line) => A.At(income, line) + B.At(income, line);

        public override IncomeFunction ByLine() => A.ByLine() + B.ByLine();
    }

    /// <summary>a · b.</summary>
    internal sealed record Product(IncomeFunction A, IncomeFunction B) : IncomeFunction
    {
        public override double At(double income, double line) => A.At(income, line) * B.At(income, line);

        public override IncomeFunction ByLine() => (A.ByLine() * B) + (A * B.ByLine());
    }

    /// <summary>a / b.</summary>
    internal sealed record Quotient(IncomeFunction A, IncomeFunction B) : IncomeFunction
    {
        public override double At(double income, double line) => A.At(income, line) / B.At(income, line);

        public override IncomeFunction ByLine() => ((A.ByLine() * B) - (A * B.ByLine())) / (B * B);
    }

    /// <summary>ln a.</summary>
    internal sealed record Logarithm(IncomeFunction A) : IncomeFunction
    {
        public override double At(double income, double line) => Math.Log(A.At(income, line));

        public override IncomeFunction ByLine() => A.ByLine() / A;
    }

    /// <summary>e^a.</summary>
    internal sealed record Exponential(IncomeFunction A) : IncomeFunction
    {
        public override double At(double income, double line) => Math.Exp(A.At(income, line));

        public override IncomeFunction ByLine() => A.ByLine() * this;
    }

    /// <summary>a^exponent.</summary>
    internal sealed record Raised(IncomeFunction A, double Exponent) : IncomeFunction
    {
        public override double At(double income, double line) => Math.Pow(A.At(income, line), Exponent);

        public override IncomeFunction ByLine() => Exponent == 0 ? 0 : Exponent * A.ByLine() * Power(A, Exponent - 1);
    }
}

/// <summary>Whose functions of income are added up.</summary>
internal enum Among
{
    /// <summary>Everyone's.</summary>
    Everyone,

    /// <summary>Those with an income above zero.</summary>
    Positive,

    /// <summary>The poor, by the line of the study.</summary>
    Poor,

    /// <summary>The poor with an income above zero.</summary>
    PositivePoor,
}
