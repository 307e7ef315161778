/// <summary>What a cell can call, in an exported program.</summary>
public static class NotebookProgram
{
    /// <summary>Goes to the directory of the notebook, from which its paths start.</summary>
    public static void Start(string directory)
    {
        var here = (System.AppContext.GetData("EntryPointFileDirectoryPath") as string) ?? System.Environment.CurrentDirectory;
        System.Environment.CurrentDirectory = System.IO.Path.GetFullPath(directory, here);
        System.Console.OutputEncoding = System.Text.Encoding.UTF8;
    }

    /// <summary>Prints a value as the notebook shows it, in text.</summary>
    public static void Show(object value)
    {
        if (value != null) System.Console.WriteLine(Analys.Notebooks.Display.Formatter.Format(value).Data["text/plain"]);
    }

    public static NotebookShown display(object value)
    {
        Show(value);
        return new NotebookShown();
    }

    public static NotebookShown display(string content, string mimeType) => display(content);

    public static NotebookShown Display(this object value) => display(value);

    public static NotebookShown DisplayAs(this string content, string mimeType) => display(content);

    public static Analys.Notebooks.Display.MimeBundle HTML(string content) => Analys.Notebooks.Display.MimeBundle.OfText(content);

    public static Analys.Notebooks.Display.MimeBundle Markdown(string content) => Analys.Notebooks.Display.MimeBundle.OfText(content);

    public static Analys.Notebooks.Display.MimeBundle SVG(string content) => Analys.Notebooks.Display.MimeBundle.OfText("SVG");

    public static string Input(string prompt = "")
    {
        System.Console.Write(prompt);
        return System.Console.ReadLine();
    }

    public static string Password(string prompt = "") => Input(prompt);

    public static void ClearOutput(bool wait = false)
    {
    }
}

/// <summary>A value that was printed.</summary>
public sealed class NotebookShown
{
    public void Update(object value) => NotebookProgram.Show(value);
}
