namespace Analys.Disclosure.Audit;

/// <summary>How much work proofs may take, counted in elements of tableaux that are changed: the same number on every machine, however
/// busy it is.</summary>
/// <remarks>
/// A release is proven whatever it takes. Only those who try many releases, of which one is enough, begin a budget; it holds for
/// everything that is called until it is ended.
/// </remarks>
internal sealed class ProofBudget : IDisposable
{
    private static readonly AsyncLocal<ProofBudget?> Now = new();
    private readonly ProofBudget? outer = Now.Value;
    private long left;

    private ProofBudget(long work) => (left, Given) = (work, work);

    /// <summary>The budget that holds here; null where proofs take what they need.</summary>
    public static ProofBudget? Current => Now.Value;

    /// <summary>What it began with.</summary>
    public long Given { get; }

    /// <summary>What was used of it.</summary>
    public long Used => Given - Volatile.Read(ref left);

    /// <summary>Begins a budget.</summary>
    /// <param name="work">How many elements may be changed.</param>
    public static ProofBudget Begin(long work) => Now.Value = new ProofBudget(work);

    /// <summary>Counts work that was done.</summary>
    /// <exception cref="ProofBudgetSpentException">It was more than was given.</exception>
    public void Spend(long work)
    {
        if (Interlocked.Add(ref left, -work) < 0) throw new ProofBudgetSpentException();
    }

    /// <inheritdoc/>
    public void Dispose() => Now.Value = outer;
}

/// <summary>A trial was given up: its proofs would take more work than a trial is worth.</summary>
internal sealed class ProofBudgetSpentException() : OperationCanceledException("The proofs would take more work than was given them.");
