using Analys.Domain;

namespace Analys.Explore.Frames;

/// <summary>Rows behind which individuals stand leave an extract only in a notebook session that was declared secure.</summary>
internal static class SecureSession
{
    /// <summary>Refuses plain numbers in a session that has read confidential data: nobody can say whose they are, and a model tells single
    /// values of them.</summary>
    public static void DemandOfNumbers()
    {
        if (!NotebookHooks.HoldsConfidential || NotebookHooks.IsSecure) return;
        throw new InvalidOperationException(
            "The session has read rows of individuals, and what trees find in plain numbers is not protected. Take figures of areas that "
                + "are released or public in a session of their own, use analys regress, or declare the session secure with #!secure.");
    }

    /// <summary>Refuses rows of confidential data outside a secure session.</summary>
    public static void Demand(Confidentiality confidentiality)
    {
        if (confidentiality == Confidentiality.Public || NotebookHooks.IsSecure) return;
        throw new InvalidOperationException(
            "Individuals stand behind these rows: they become no frame and no plot. Compute a measure and release it, or declare the "
                + "session secure with #!secure.");
    }
}
