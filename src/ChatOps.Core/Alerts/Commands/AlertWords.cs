using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Decisions;

namespace ChatOps.Core.Alerts.Commands;

/// <summary>What the alert commands have in common: which alert is meant, and how a decision is told.</summary>
internal static class AlertWords
{
    public const string Name = "alert";

    public static Parameter Which { get; } = new(Name, "its id, such as A-12; may be left out while only one is open");

    public static string? IdOf(string text) => SubjectId.Read(text, Alert.Series);

    /// <summary>Finds the alert that is meant and hands it on; says what is unclear otherwise.</summary>
    public static async Task<Answer> With(AlertService alerts, Invocation call, Func<string, Task<Answer>> act, CancellationToken cancel)
    {
        if (call[Name] is { } text)
        {
            return IdOf(text) is { } id
                ? await act(id)
                : await alerts.About(text.Trim().ToUpperInvariant(), cancel) is { } about
                ? await act(about.Id)
                : Answer.Refuse(Markup.Of($"\"{text}\" is not an alert: alerts are called A-12. `/alert list` shows those that are open."));
        }

        var open = await alerts.Open(11, cancel);
        return open switch
        {
            [var only] => await act(only.Id),
            [] => Answer.Refuse(Markup.Of($"No alert is open.")),
            _ => Answer.Refuse(Markup.Lines([Markup.Of($"Which one? {(open.Count > 10 ? "More than 10" : $"{open.Count}")} are open:"), .. open.Take(10).Select(AlertCard.Line)])),
        };
    }

    public static Answer Tell(Decision<Alert> decision, Func<Alert, Markup> done) => decision switch
    {
        Decision<Alert>.Changed changed => Answer.Say(done(changed.Next)),
        Decision<Alert>.Refused refused => Answer.Refuse(refused.Why),
        _ => Answer.Say(Markup.Of($"Nothing changed.")),
    };
}
