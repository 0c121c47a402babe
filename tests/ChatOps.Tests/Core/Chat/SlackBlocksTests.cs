using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.Chat.Slack.Api;
using ChatOps.Chat.Slack.Blocks;
using ChatOps.Chat.Slack.Incoming;
using ChatOps.Core.Chat;
using ChatOps.Tests.Fakes.Slack;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace ChatOps.Tests.Core.Chat;

/// <summary>Cards and forms as Block Kit: whatever stands in them, Slack takes it, and nothing from outside calls anybody or poses as a link.</summary>
public sealed class SlackBlocksTests
{
    private static readonly Gen<string> Text = HostileText.Any;

    // Our markup, what others say, and what pretends to be markup.
    private static readonly Gen<Markup> Marked = Gen.OneOf(
        Text.Select(Markup.Plain),
        Text.Select(text => new Markup(text)),
        Text.Two().Select(pair => Markup.Link(pair.Item1, pair.Item2)),
        Text.Two().Select(pair => Markup.Of($"**{pair.Item1}** `{pair.Item2}` {Markup.Mention("igor")} {Markup.Link(pair.Item2, "https://example.org/" + pair.Item1)}")));

    private static readonly Gen<Button> Buttons =
        from action in Gen.Elements("ack", "resolve", "history", new string('a', 300), "")
        from label in Text
        from value in Gen.OneOf(Gen.Constant("A-12"), Text)
        select new Button(action, label, value, ButtonStyle.Danger);

    private static readonly Gen<Card> Cards =
        from title in Text
        from state in Gen.Elements(Enum.GetValues<CardState>())
        from body in Marked
        from fields in Few(Text.Zip(Marked).Select(pair => new CardField(pair.Item1, pair.Item2)), 200)
        from buttons in Few(Buttons, 60)
        from context in Marked
        select new Card(title, state) { Text = body, Fields = fields, Buttons = buttons, Context = context };

    [Property(MaxTest = 300)]
    public Property Whatever_stands_on_a_card_Slack_takes_it() => Prop.ForAll(Cards.ToArbitrary(), card =>
    {
        var message = Message(card);
        BlockKit.CheckMessage(message["blocks"]!.AsArray().DeepClone().AsArray());
        var text = (string)message["text"]!;
        Assert.InRange(text.Length, 1, 40_000);
        Assert.DoesNotContain('<', text.Replace("<@U00000002>", "", StringComparison.Ordinal));

        HostileText.IsHarmless(message["blocks"]!);
    });

    [Fact]
    public void A_long_card_keeps_what_matters_most()
    {
        var card = new Card(new string('x', 200), CardState.Firing)
        {
            Fields =
            [
                new("Severity", Markup.Plain("critical")), new("On call", Markup.Mention("igor")),
                .. Enumerable.Range(0, 200).Select(i => new CardField($"label_{i}", Markup.Plain(new string('v', 100)))),
                new("Incident", Markup.Plain("I-3")), new("Links", Markup.Link("Runbook", "https://example.org/runbook")),
            ],
        };
        var lines = string.Concat(HostileText.Objects(Message(card)["blocks"]!).Where(node => node["type"] is not null && node["text"] is JsonValue).Select(node => (string?)node["text"])).Split('\n');
        Assert.StartsWith("🔴 Firing: xxx", lines[0], StringComparison.Ordinal);
        Assert.Contains("Severity: critical", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("… and 1", StringComparison.Ordinal) && line.EndsWith(" more", StringComparison.Ordinal));
        Assert.Equal(["Incident: I-3", "Links: Runbook"], lines[^2..]);
    }

    [Fact]
    public void A_notification_says_first_what_it_is_and_who_is_named() => Assert.Equal(
        "🔴 Firing: Disk &lt;full&gt;\nOn call: <@U00000002>, @ana\n93 % of /var\nSeverity: critical\nA-12",
        new CardBlocks(person => person == "igor" ? "U00000002" : null).TextOf(new Card("Disk <full>", CardState.Firing)
        {
            Text = Markup.Plain("93 % of /var"),
            Fields = [new("Severity", Markup.Plain("critical")), new("On call", Markup.Of($"{Markup.Mention("igor")}, {Markup.Mention("ana")}"))],
            Context = Markup.Plain("A-12"),
        }));

    [Theory]
    [InlineData("ab😀", 4, "ab😀")]
    [InlineData("ab😀d", 4, "ab…")]
    [InlineData("ab😀de", 5, "ab😀…")]
    [InlineData("abc", 1, "…")]
    public void Text_is_never_cut_within_a_character(string text, int most, string cut) => Assert.Equal(cut, CardBlocks.Cut(text, most));

    [Property(MaxTest = 100)]
    public Property Whatever_stands_in_a_form_Slack_takes_it() => Prop.ForAll(Text.Three().ToArbitrary(), texts =>
    {
        var (value, hint, option) = texts;
        FormField[] fields =
        [
            new("what", "What is wrong?", FieldKind.Text, true) { Value = value, Hint = hint },
            new("more", "What is known?", FieldKind.Multiline) { Value = option, Hint = value },
            new("severity", "Severity", FieldKind.Select, true) { Value = option, Options = [new("a", value), new("b", option), new("c", "c")] },
            new("day", "Day", FieldKind.Date) { Value = "2026-11-23" },
            new("time", "Time", FieldKind.Time) { Value = "10:00" },
        ];
        var view = JsonSerializer.SerializeToNode(FormViews.Of(new Form("oncall page", "A-12", 3, "Page", fields, "Page"), "C00000001")!, SlackWire.Json.View)!;
        BlockKit.CheckView(view.AsObject(), "modal");
    });

    [Property(MaxTest = 100)]
    public Property Whatever_is_offered_in_a_list_Slack_takes_it() => Prop.ForAll(Text.Two().ListOf(120).ToArbitrary(), offered =>
    {
        List<Choice> choices = [.. offered.Select(each => new Choice(each.Item1, each.Item2))];
        FormField[] fields =
        [
            new("which", "Which", FieldKind.Select) { Value = choices[0].Value, Options = choices },
            new("who", "Who", FieldKind.Person) { Value = choices[1].Value },
        ];
        BlockKit.CheckView(JsonSerializer.SerializeToNode(FormViews.Of(new Form("oncall page", "", 0, "Page", fields, "Page"), null)!, SlackWire.Json.View)!.AsObject(), "modal");
        BlockKit.CheckView(JsonSerializer.SerializeToNode(FormViews.Saying("Page", SlackAnswers.Words(choices[0].Label).Blocks), SlackWire.Json.View)!.AsObject(), "modal");
    });

    [Fact]
    public void What_does_not_fit_into_an_option_is_not_offered_and_what_has_no_label_says_its_value()
    {
        Assert.Null(FormViews.OptionOf(new Choice(new string('p', 80), "Somebody with a long name")));
        Assert.Equal("igor", FormViews.OptionOf(new Choice("igor", " \n"))!.Text.Text);
    }

    [Fact]
    public void A_form_that_a_window_cannot_carry_is_none()
    {
        FormField[] fields = [new("what", "What", FieldKind.Text)];
        Assert.NotNull(FormViews.Of(new Form("incident start", new string('ü', 2_000), 0, "Incident", fields, "Declare"), "C00000001"));
        Assert.Null(FormViews.Of(new Form("incident start", new string('"', 2_000), 0, "Incident", fields, "Declare"), "C00000001"));
    }

    private static Gen<List<T>> Few<T>(Gen<T> each, int most) => Gen.OneOf(Gen.Choose(0, 4), Gen.Choose(0, most)).SelectMany(count => each.ListOf(count)).Select(list => list.ToList());

    private static JsonNode Message(Card card)
    {
        var drawing = new CardBlocks(person => person == "igor" ? "U00000002" : null);
        return JsonNode.Parse(JsonSerializer.Serialize(new NewMessage("C00000001", drawing.TextOf(card), drawing.Of(card)), SlackWire.Json.NewMessage))!;
    }
}
