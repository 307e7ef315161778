namespace Analys.Explore.Frames;

/// <summary>Whether the notebook session was declared secure: only then may rows behind which individuals stand leave an extract.</summary>
internal static class SecureSession
{
    // The notebook engine answers under this name; it knows nothing of us, and we nothing of it.
    private const string Key = "Notebook.IsSecure";

    /// <summary>Refuses rows of confidential data outside a secure session.</summary>
    public static void Demand(Confidentiality confidentiality)
    {
        if (confidentiality == Confidentiality.Public || (AppContext.GetData(Key) as Func<bool>)?.Invoke() == true) return;
        throw new InvalidOperationException(
            "Individuals stand behind these rows: they become no frame and no plot. Compute a measure and release it, or declare the session secure with #!secure.");
    }
}
