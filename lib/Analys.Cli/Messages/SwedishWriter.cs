using System.Text;

namespace Analys.Cli.Messages;

/// <summary>Standard error in Swedish: whole lines are translated, whatever else is written passes.</summary>
/// <param name="inner">Where they go.</param>
internal sealed class SwedishWriter(TextWriter inner) : TextWriter
{
    /// <summary>Where messages go.</summary>
    public TextWriter Inner => inner;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(value);

    public override void Write(string? value) => inner.Write(value);

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value) => inner.WriteLine(value is null ? null : SwedishMessages.Of(value));

    public override Task WriteLineAsync(string? value) => inner.WriteLineAsync(value is null ? null : SwedishMessages.Of(value));

    public override void Flush() => inner.Flush();
}
