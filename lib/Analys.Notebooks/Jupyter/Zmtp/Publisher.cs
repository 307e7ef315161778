using System.Collections.Concurrent;
using System.Net;

namespace Analys.Notebooks.Jupyter.Zmtp;

/// <summary>The socket that speaks to all who have subscribed.</summary>
internal sealed class Publisher : IAsyncDisposable
{
    private readonly ConcurrentDictionary<ZmtpConnection, List<byte[]>> topics = new();
    private readonly TaskCompletionSource firstSubscriber = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ZmtpServer server;

    public Publisher(EndPoint endPoint) => server = new ZmtpServer(endPoint, "PUB", Subscribe, connection => topics.TryRemove(connection, out _));

    /// <summary>Ends when someone listens. What is sent before that, no one hears.</summary>
    public Task FirstSubscriber => firstSubscriber.Task;

    public void Send(byte[][] message)
    {
        foreach (var (connection, wanted) in topics)
        {
            bool wants;
            lock (wanted) wants = wanted.Exists(topic => message[0].AsSpan().StartsWith(topic));
            if (wants) connection.Send(message);
        }
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private void Subscribe(ZmtpConnection connection, byte[][] message)
    {
        if (message is not [[var verb, .. var topic]]) return;
        var wanted = topics.GetOrAdd(connection, _ => []);
        lock (wanted)
        {
            if (verb == 1) wanted.Add(topic);
            else if (wanted.FindIndex(known => known.AsSpan().SequenceEqual(topic)) is >= 0 and var index) wanted.RemoveAt(index);
        }
        firstSubscriber.TrySetResult();
    }
}
