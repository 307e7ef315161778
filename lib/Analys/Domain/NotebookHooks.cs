namespace Analys.Domain;

/// <summary>
/// What the library tells a notebook, and asks it, without knowing one: by names that a notebook has laid into the application's data.
/// Elsewhere there is no one to hear or to answer, and nothing happens.
/// </summary>
internal static class NotebookHooks
{
    /// <summary>Whether the user has let this session show confidential data.</summary>
    public static bool IsSecure => (AppContext.GetData("Notebook.IsSecure") as Func<bool>)?.Invoke() == true;

    /// <summary>Whether the session has read confidential data.</summary>
    public static bool HoldsConfidential => (AppContext.GetData("Notebook.HoldsConfidential") as Func<bool>)?.Invoke() == true;

    /// <summary>The session holds confidential data from now on, and cuts the messages of exceptions that others throw.</summary>
    public static void MarkConfidential() => (AppContext.GetData("Notebook.MarkConfidential") as Action)?.Invoke();
}
