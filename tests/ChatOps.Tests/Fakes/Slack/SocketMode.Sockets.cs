using System.Text.Json.Nodes;

namespace ChatOps.Tests.Fakes.Slack;

/// <summary>The sockets themselves: how they come, how they go, and how they are made to fail.</summary>
internal sealed partial class SocketMode
{
    private static readonly TimeSpan Warning = TimeSpan.FromSeconds(10);

    private readonly List<TimeSpan> _gaps = [];
    private long? _deafSince;
    private bool _disabled;

    /// <summary>The sockets that carry something.</summary>
    public IReadOnlyList<SlackSocket> Live
    {
        get
        {
            lock (_workspace.Gate)
            {
                return [.. _sockets.Where(socket => socket is { IsFrozen: false, IsGreeted: true })];
            }
        }
    }

    /// <summary>How many URLs were given out; FakeSlack.Asked tells how many were asked for.</summary>
    public int Opens { get; private set; }

    /// <summary>How many sockets there ever were.</summary>
    public int Connected { get; private set; }

    /// <summary>How long there was no socket at all each time, in real time, from the first socket on; one that lasts still is not among them.</summary>
    public IReadOnlyList<TimeSpan> Gaps
    {
        get
        {
            lock (_workspace.Gate)
            {
                return [.. _gaps];
            }
        }
    }

    /// <summary>Slack says that it will close a socket, and does so ten seconds of the clock later.</summary>
    public async Task Warn(SlackSocket socket)
    {
        await socket.Send(Disconnect("warning"));
        _ = CloseLater(socket);
    }

    /// <summary>Slack closes a socket, as it does after some hours.</summary>
    public async Task Refresh(SlackSocket socket)
    {
        await socket.Send(Disconnect("refresh_requested"));
        await socket.Close();
        Forget(socket);
    }

    /// <summary>Somebody switches Socket Mode off: all sockets are closed, and no URL is given out.</summary>
    public async Task DisableLink()
    {
        _disabled = true;
        foreach (var socket in Live)
        {
            await socket.Send(Disconnect("link_disabled"));
            await socket.Close();
            Forget(socket);
        }
    }

    public void EnableLink() => _disabled = false;

    /// <summary>All connections are torn down at once.</summary>
    public void Reset()
    {
        List<SlackSocket> all;
        lock (_workspace.Gate)
        {
            all = [.. _sockets];
        }

        all.ForEach(Reset);
    }

    /// <summary>One connection is torn down.</summary>
    public void Reset(SlackSocket socket)
    {
        socket.Reset();
        Forget(socket);
    }

    /// <summary>All sockets fall silent, without an end: no data, no answer to a ping, no FIN.</summary>
    public void Freeze()
    {
        lock (_workspace.Gate)
        {
            _sockets.ForEach(socket => socket.Freeze());
            NoteGap();
        }
    }

    private static JsonObject Disconnect(string reason) => new() { ["type"] = "disconnect", ["reason"] = reason, ["debug_info"] = new JsonObject { ["host"] = "applink-fake" } };

    private async Task CloseLater(SlackSocket socket)
    {
        await Task.Delay(Warning, _workspace.Clock);
        lock (_workspace.Gate)
        {
            if (!_sockets.Contains(socket))
            {
                return;
            }
        }

        await socket.Close();
        Forget(socket);
    }

    private string NewUrl()
    {
        if (_disabled)
        {
            throw new Refusal("link_disabled");
        }

        Opens++;
        var ticket = Guid.NewGuid().ToString("N");
        _tickets.Add(ticket);
        return $"{_workspace.Address.Replace("http://", "ws://", StringComparison.Ordinal)}/link?ticket={ticket}&app_id={Workspace.AppId}";
    }

    /// <summary>A URL opens one socket.</summary>
    private bool Redeem(string ticket)
    {
        lock (_workspace.Gate)
        {
            return _tickets.Remove(ticket);
        }
    }

    private int NextNumber()
    {
        lock (_workspace.Gate)
        {
            return ++Connected;
        }
    }

    /// <summary>How many sockets there are with this one; null when it is one too many.</summary>
    private int? Admit(SlackSocket socket)
    {
        lock (_workspace.Gate)
        {
            if (_sockets.Count(each => !each.IsFrozen) >= MostSockets)
            {
                return null;
            }

            _sockets.Add(socket);
            return _sockets.Count(each => !each.IsFrozen);
        }
    }

    private void Greeted(SlackSocket socket)
    {
        lock (_workspace.Gate)
        {
            socket.IsGreeted = true;
            if (_deafSince is { } since)
            {
                _gaps.Add(TimeProvider.System.GetElapsedTime(since));
                _deafSince = null;
            }
        }
    }

    private void Forget(SlackSocket socket)
    {
        lock (_workspace.Gate)
        {
            if (_sockets.Remove(socket))
            {
                NoteGap();
            }
        }
    }

    private void NoteGap()
    {
        if (Live.Count == 0)
        {
            _deafSince ??= TimeProvider.System.GetTimestamp();
        }
    }
}
