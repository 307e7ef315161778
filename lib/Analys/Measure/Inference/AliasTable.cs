using System.Runtime.CompilerServices;

namespace Analys.Measure.Inference;

/// <summary>Draws an index with given probabilities in constant time (Walker 1977; Vose 1991).</summary>
internal sealed class AliasTable
{
    private readonly AliasSlot[] slots;

    /// <summary>A table for weights.</summary>
    /// <param name="weights">Not negative, with a sum above 0.</param>
    public AliasTable(ReadOnlySpan<double> weights)
    {
        slots = new AliasSlot[weights.Length];
        Fill(weights, slots);
    }

    /// <summary>An index.</summary>
    /// <param name="random">The state of the stream.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Draw(ref RandomState random) => Draw(ref random, slots);

    /// <summary>An index of a table that stands among others.</summary>
    /// <param name="random">The state of the stream.</param>
    /// <param name="slots">The table.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Draw(ref RandomState random, ReadOnlySpan<AliasSlot> slots)
    {
        var high = (int)Math.BigMul(random.NextUInt64(), (ulong)slots.Length, out var low);
        var slot = slots[high];
        return (low >> 11) * (1.0 / (1UL << 53)) < slot.Keep ? high : slot.Other;
    }

    /// <summary>Fills a table.</summary>
    /// <param name="weights">Not negative, with a sum above 0.</param>
    /// <param name="slots">As many slots.</param>
    public static void Fill(ReadOnlySpan<double> weights, Span<AliasSlot> slots)
    {
        var sum = 0.0;
        foreach (var weight in weights) sum += weight;
        // Two stacks in one array: what has too little grows from the front, what has too much from the back.
        var waiting = new int[slots.Length];
        int small = 0, large = slots.Length;
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = new(weights[i] / sum * slots.Length, i);
            waiting[slots[i].Keep < 1 ? small++ : --large] = i;
        }

        while (small > 0 && large < slots.Length)
        {
            int less = waiting[--small], more = waiting[large++];
            slots[less] = slots[less] with { Other = more };
            slots[more] = slots[more] with { Keep = slots[more].Keep - (1 - slots[less].Keep) };
            waiting[slots[more].Keep < 1 ? small++ : --large] = more;
        }

        // What is left differs from 1 by rounding only; an index without weight must never be drawn.
        while (large < slots.Length)
        {
            var i = waiting[large++];
            slots[i] = slots[i] with { Keep = 1 };
        }

        while (small > 0)
        {
            var i = waiting[--small];
            slots[i] = slots[i] with { Keep = weights[i] > 0 ? 1 : 0 };
        }
    }
}

/// <summary>A slot of an alias table: with a chance its own index, else another.</summary>
/// <param name="Keep">The chance of its own.</param>
/// <param name="Other">The other.</param>
internal readonly record struct AliasSlot(double Keep, int Other);
