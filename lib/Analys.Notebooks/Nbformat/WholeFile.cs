using System.Text;

namespace Analys.Notebooks.Nbformat;

/// <summary>Writes a file whole or not at all: a stop half-way leaves the old one.</summary>
internal static class WholeFile
{
    public static void Write(string path, string text)
    {
        var target = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var draft = target + ".tmp";
        try
        {
            File.WriteAllText(draft, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(draft, target, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
