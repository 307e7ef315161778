namespace Analys.Load;

/// <summary>What stands in a cell instead of a value.</summary>
/// <remarks>Statistical tables tell these apart; a measure must not turn one into a zero.</remarks>
public enum Mark : byte
{
    /// <summary>A value stands there.</summary>
    None,

    /// <summary>Nothing stands there.</summary>
    Missing,

    /// <summary><c>..</c>: not available, or too uncertain. Swedish: <i>uppgift ej tillgänglig</i>.</summary>
    NotAvailable,

    /// <summary><c>.</c>: not applicable. Swedish: <i>uppgift kan ej förekomma</i>.</summary>
    NotApplicable,

    /// <summary><c>-</c>: nil. Some sources mean a true zero, so it is kept apart from 0.</summary>
    Nil,

    /// <summary>Withheld by the source, such as <c>&lt;15</c> or <c>X</c>. Swedish: <i>sekretess</i>.</summary>
    Suppressed,
}
