using Analys.Notebooks.Engine;

namespace Analys.Notebooks.Display;

/// <summary>A value that is shown, and that may be replaced by another.</summary>
public sealed class DisplayedValue
{
    private readonly string id;

    internal DisplayedValue(string id) => this.id = id;

    /// <summary>Replaces what is shown.</summary>
    public void Update(object? value) => CellFunctions.Cell().Emit(new DisplayOutput(CellFunctions.Bundle(value), id, IsUpdate: true));
}
