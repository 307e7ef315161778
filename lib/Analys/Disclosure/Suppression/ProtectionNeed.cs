namespace Analys.Disclosure;

/// <summary>What one primary cell needs: room upwards, room downwards, and room in all.</summary>
/// <param name="Variable">The cell's variable.</param>
/// <param name="Up">UPL.</param>
/// <param name="Down">LPL, at most the value itself.</param>
/// <param name="Width">The least distance between the bounds.</param>
internal readonly record struct ProtectionNeed(int Variable, double Up, double Down, double Width);
