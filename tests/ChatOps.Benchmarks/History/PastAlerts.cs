using ChatOps.Chat.Local;
using ChatOps.Core.Alerts;
using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.History;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Storage.LiteDb;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace ChatOps.Benchmarks.History;

/// <summary>Alerts that are long resolved, as the bot leaves them: each with its document, some with everything that was said and shown about them.</summary>
/// <param name="store">Where they go.</param>
internal sealed class PastAlerts(IStore store)
{
    private const string Source = "alertmanager";
    private const int Groups = 5_000;

    // In one commit: about 2 MB of JSON.
    private const int Documents = 2_000;

    // So many are prepared while one is stored.
    private const int AtOnce = 2;

    private static readonly AlertRoute Route = new("core", "default", "on-call");
    private static readonly Actor Igor = new("igor", "button, local chat");

    // What a file of them needs; the bot adds the rest when it opens it.
    private static readonly Collection[] Collections = [Alert.Collection, Episode.Collection, HistoryEntry.Collection, Shown.Collection, LocalMessage.Collection];

    /// <summary>A store to fill: its log may grow long, so that a page that changes often is copied into the data file once.</summary>
    public static LiteDbStore Open(Func<DatabaseFiles> files) => LiteDbStore.Open(files, Collections, NullLogger<LiteDbStore>.Instance, checkpointPages: 20_000);

    /// <param name="count">How many alerts.</param>
    /// <param name="oneInSoMany">Each one in so many has its episode, three entries of history, and four messages.</param>
    /// <param name="from">When the first opened.</param>
    /// <param name="until">When the last was resolved.</param>
    /// <param name="told">Told how many are stored, now and then.</param>
    /// <param name="cancel">Ends it early.</param>
    public async Task Fill(int count, int oneInSoMany, Instant from, Instant until, Action<int> told, CancellationToken cancel)
    {
        var apart = (until - from) / (count + 1);
        var pending = new Queue<Task<CommitOutcome>>();
        var documents = new List<Document>();
        for (var i = 0; i < count; i++)
        {
            documents.AddRange(await Make(i, i % oneInSoMany == 0, from + (i * apart), cancel));
            if (documents.Count < Documents && i < count - 1)
            {
                continue;
            }

            var commit = new Commit().Put(documents);
            pending.Enqueue(Task.Run(() => store.Commit(commit, cancel), cancel));
            documents.Clear();
            while (pending.Count > (i < count - 1 ? AtOnce : 0))
            {
                if (await pending.Dequeue() != CommitOutcome.Stored)
                {
                    throw new InvalidOperationException("The file holds such alerts already.");
                }

                told(i + 1);
            }
        }
    }

    private async Task<List<Document>> Make(int i, bool whole, Instant opened, CancellationToken cancel)
    {
        var (acknowledged, resolved) = (opened + Duration.FromSeconds(10), opened + Duration.FromSeconds(20));
        var name = $"mail-{i % Groups:D4}";
        var alert = new Alert($"{Alert.Series}-{await store.NextNumber(Alert.Series, cancel)}", Source, $"{Source}|{i % Groups:x32}", Route, opened)
        {
            Facts = new AlertFacts("InstanceDown", Severity.Critical)
            {
                Summary = $"{name} is down",
                Description = $"{name} of job mailserver does not answer",
                Labels = new Dictionary<string, string> { ["instance"] = name, ["job"] = "mailserver", ["fleet"] = "eth.prod" },
                Links = [new AlertLink("Source", "http://127.0.0.1:9090/graph?g0.expr=up+%3D%3D+0&g0.tab=1")],
                SourceTitle = "Alertmanager",
                Receiver = "chatops",
            },
            Normal = 1,
            Acknowledgement = new Acknowledgement(Igor.Person, acknowledged),
            Resolution = new Resolution(Igor.Person, resolved),
            Entries = 3,
            ChangedAt = resolved,
        };
        if (!whole)
        {
            return [alert];
        }

        var entries = new[] { Markup.Of($"Opened. Told @igor, on call for core (step 1 of 3)."), Markup.Of($"**igor** acknowledged it."), Markup.Of($"**igor** resolved it.") }
            .Select((what, n) => HistoryEntry.Next(alert with { Entries = n }, Igor, opened + Duration.FromSeconds(10 * n), what)).ToList();
        var episode = new Episode(Episode.IdOf(Source, $"{i % Groups:x16}", opened), Source, $"{i % Groups:x16}", alert.Id, name, opened) { Severity = Severity.Critical, Summary = alert.Facts.Summary, ClosedAt = resolved };
        var card = await Message(alert, alert.Card, null, new Card("InstanceDown", CardState.Resolved)
        {
            Text = Markup.Plain(alert.Facts.Description),
            Fields = [new("Severity", Markup.Plain("critical")), new("Status", Markup.Plain("resolved by @igor, after 20 s")), .. alert.Facts.Labels.Select(label => new CardField(label.Key, Markup.Plain(label.Value)))],
            Buttons = [new Button("history", "History", alert.Id)],
            Context = Markup.Of($"{alert.Id} · Alertmanager, receiver chatops"),
        }, cancel);
        List<Document> documents = [alert, episode, .. entries, .. card.Documents];
        foreach (var entry in entries)
        {
            documents.AddRange((await Message(alert, new Face(HistoryEntry.CardKind, entry.Id), card.Reference, new Card("", CardState.Info) { Text = entry.What }, cancel)).Documents);
        }

        return documents;
    }

    private async Task<(string Reference, IEnumerable<Document> Documents)> Message(Alert alert, Face face, string? thread, Card card, CancellationToken cancel)
    {
        var number = await store.NextNumber(LocalMessage.Series, cancel);
        var (reference, token) = ($"m{number}", $"{number:x32}");
        var shown = new Shown(Shown.IdOf(LocalPlatform.PlatformName, face.Kind, face.Id), LocalPlatform.PlatformName, Route.Channel, face.Kind, face.Id, token, alert.OpenedAt) { Reference = reference, Hash = $"{number:x64}" };
        return (reference, [shown, new LocalMessage(reference, number, Route.Channel, thread, alert.Id, token, card, alert.OpenedAt, alert.ChangedAt)]);
    }
}
