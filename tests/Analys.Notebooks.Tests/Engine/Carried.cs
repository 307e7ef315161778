using System.Data;
using System.Data.Common;
using System.Reflection;

// Notebooks find these by name: which namespaces a library opens, and that its messages never repeat data.
[assembly: AssemblyMetadata("NotebookUsings", "Analys.Notebooks.Tests.Engine.Carried")]
[assembly: AssemblyMetadata("MessagesHoldNoData", "true")]

namespace Analys.Notebooks.Tests.Engine.Carried;

/// <summary>A library's type that holds confidential rows and speaks to the notebook by the conventions alone.</summary>
public sealed class Register
{
    public const string Secret = "191212121212";

    public Register() => (AppContext.GetData("Notebook.MarkConfidential") as Action)?.Invoke();

    public bool IsConfidential => true;

    public string FirstRow => Secret;

    public static void Refuse() => throw new InvalidOperationException("row 3 is not what the schema says");

    public DbDataReader CreateDataReader()
    {
        var table = new DataTable();
        table.Columns.Add("person");
        table.Rows.Add(Secret);
        return table.CreateDataReader();
    }
}
