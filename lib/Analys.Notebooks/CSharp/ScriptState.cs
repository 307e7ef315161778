using System.Reflection;

namespace Analys.Notebooks.CSharp;

/// <summary>The objects that earlier cells left behind: one per cell, with a field for every variable.</summary>
internal sealed class ScriptState
{
    private object?[] slots = new object?[16];

    /// <summary>The array that the next cell reads earlier objects from and writes its own into.</summary>
    public object?[] ForNextCell(int cells)
    {
        // Cells keep the objects, not the array, so it may grow.
        if (slots.Length < cells + 2) Array.Resize(ref slots, Math.Max(cells + 2, slots.Length * 2));
        return slots;
    }

    /// <summary>All variables in the order of their declaration, the newest meaning of each name.</summary>
    public List<(FieldInfo Field, object Owner)> Fields()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var found = new List<(FieldInfo, object)>();
        for (var i = slots.Length - 1; i >= 0; i--)
        {
            if (slots[i] is not { } owner) continue;
            var fields = owner.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);
            found.InsertRange(0, fields.Where(field => !field.Name.StartsWith('<') && seen.Add(field.Name)).Select(field => (field, owner)));
        }
        return found;
    }
}
