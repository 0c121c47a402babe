namespace ChatOps.Core.Chat.Commands;

/// <summary>What the one who asked gets: messages that only they see, or a form to fill, or what is wrong with the one they sent.</summary>
public sealed record Answer
{
    public IReadOnlyList<Card> Replies { get; init; } = [];

    public Form? Form { get; init; }

    /// <summary>What is wrong with a form, by the field's name.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();

    /// <summary>True where something was asked that cannot be done.</summary>
    public bool Refused { get; init; }

    public static Answer Say(Markup text) => new() { Replies = [new Card("", CardState.Info) { Text = text }] };

    public static Answer Show(Card card) => new() { Replies = [card] };

    public static Answer Refuse(Markup why) => Say(why) with { Refused = true };

    public static Answer Open(Form form) => new() { Form = form };

    public static Answer Wrong(string field, string why) => new() { Errors = new Dictionary<string, string> { [field] = why }, Refused = true };
}
