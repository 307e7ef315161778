using Analys.Domain;

namespace Analys.Explore.Frames;

/// <summary>Rows behind which individuals stand leave an extract only in a notebook session that was declared secure.</summary>
internal static class SecureSession
{
    /// <summary>Refuses rows of confidential data outside a secure session.</summary>
    public static void Demand(Confidentiality confidentiality)
    {
        if (confidentiality == Confidentiality.Public || NotebookHooks.IsSecure) return;
        throw new InvalidOperationException(
            "Individuals stand behind these rows: they become no frame and no plot. Compute a measure and release it, or declare the "
                + "session secure with #!secure.");
    }
}
