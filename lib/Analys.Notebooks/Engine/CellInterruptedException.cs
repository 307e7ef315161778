namespace Analys.Notebooks.Engine;

/// <summary>Thrown inside a cell that the user has interrupted.</summary>
public sealed class CellInterruptedException() : OperationCanceledException("The cell was interrupted.");
