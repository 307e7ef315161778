using System.IO.Compression;
using System.Text;
using Analys.Load.Sources;

namespace Analys.Load.Excel;

/// <summary>Whether a packed workbook is what it claims: no bomb that unpacks to gigabytes, no entities that expand without end.</summary>
internal static class PackedFile
{
    public static bool IsSafe(byte[] bytes)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            if (zip.Entries.Count > 10_000 || zip.Entries.Sum(entry => entry.Length) > SourceReader.MaxWhole) return false;
            // The lengths in the directory can lie: what is unpacked is counted.
            var left = SourceReader.MaxWhole;
            foreach (var entry in zip.Entries)
            {
                using var stream = entry.Open();
                using var counter = new Counter();
                Limited.Copy(stream, counter, left);
                left -= counter.Count;
                if (counter.DeclaresEntities) return false;
            }

            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    // Counts, and looks for a document type among the first bytes, where alone it may stand.
    private sealed class Counter : Stream
    {
        private readonly byte[] start = new byte[4096];
        private int kept;

        public long Count { get; private set; }

        public bool DeclaresEntities => Encoding.Latin1.GetString(start, 0, kept).Replace("\0", "", StringComparison.Ordinal).Contains("<!DOCTYPE", StringComparison.OrdinalIgnoreCase);

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Count;

        public override long Position { get => Count; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            var take = Math.Min(buffer.Length, start.Length - kept);
            buffer[..take].CopyTo(start.AsSpan(kept));
            kept += take;
            Count += buffer.Length;
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
