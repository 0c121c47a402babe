using System.Text.Json;
using ChatOps.Core.Alerts;
using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;
using ChatOps.Core.Storage;
using ChatOps.Core.Time;
using ChatOps.Http;
using ChatOps.Web;

namespace ChatOps.Chat.Local;

/// <summary>The local chat's API under <c>/local</c>: the page uses it, and so may scripts on this machine.</summary>
internal static class LocalEndpoints
{
    public const string ReplyPrefix = "reply-";

    private const int MostBytes = 256 * 1024;
    private const int MostMessages = 1000;
    private const int LongestUser = 40;
    private const int LongestText = 8000;

    /// <param name="services">Where to.</param>
    /// <param name="isOn">Off, its messages stay in the store and nobody sees them.</param>
    public static IServiceCollection AddLocalChat(this IServiceCollection services, bool isOn) => !isOn
        ? services.AddSingleton<Collection>(LocalMessage.Collection)
        : services
        .AddSingleton<LocalStream>()
        .AddSingleton<LocalNews>()
        .AddSingleton<LocalPlatform>()
        .AddSingleton<IChatPlatform>(provider => provider.GetRequiredService<LocalPlatform>())
        .AddSingleton<IReadiness, LocalReadiness>()
        .AddSingleton<Collection>(LocalMessage.Collection)
        .ConfigureHttpJsonOptions(json =>
        {
            foreach (var converter in LocalView.Json.Converters)
            {
                json.SerializerOptions.Converters.Add(converter);
            }
        });

    public static void MapLocalChat(this WebApplication app)
    {
        if (app.Services.GetService<LocalPlatform>() is null)
        {
            return;
        }

        LocalPage.Map(app);
        var local = app.MapGroup("/local").AddEndpointFilter<LocalDoor>();
        local.MapGet("/channels", ChannelList);
        local.MapGet("/people", async (PeopleDirectory people, CancellationToken cancel) => (await people.All(cancel)).Select(person => new { name = person.Name }));
        local.MapGet("/commands", (CommandCatalog catalog) => catalog.All.Select(command => Of(command.Help)));
        local.MapGet("/messages", Messages);
        local.MapGet("/stream", (HttpContext context, LocalStream stream, IHostApplicationLifetime life) => Follow(context, stream, life));
        local.MapPost("/command", Command);
        local.MapPost("/action", Action);
        local.MapPost("/form", Form);
    }

    public static IResult Say(int status, string error) => Results.Json(new { error }, statusCode: status);

    private static Task<IResult> Command(HttpRequest request, PeopleDirectory people, CommandRouter router, TimeProvider clock, CancellationToken cancel) => With<CommandRequest>(
        request,
        async asked =>
        {
            if (asked.Text is not { Length: <= LongestText } text)
            {
                return Say(StatusCodes.Status400BadRequest, asked.Text is null ? "text is missing." : $"A command has at most {LongestText} characters.");
            }

            var by = await Speaker(people, asked, asked.Channel, cancel);
            return Tell(await router.Text(by, text, cancel), by.Channel, null, clock);
        },
        cancel);

    private static Task<IResult> Action(HttpRequest request, PeopleDirectory people, CommandRouter router, IStore store, TimeProvider clock, CancellationToken cancel) => With<ActionRequest>(
        request,
        async asked =>
        {
            var isReply = asked.MessageId?.StartsWith(ReplyPrefix, StringComparison.Ordinal) == true;
            var message = isReply || asked.MessageId is null ? null : await store.Find<LocalMessage>(asked.MessageId, cancel);
            if (!isReply && message is null)
            {
                return Say(StatusCodes.Status404NotFound, $"There is no message \"{asked.MessageId}\".");
            }

            // A card's buttons are about its subject; those of a reply are checked like the command that they stand for.
            var value = asked.Value is { Length: > 0 } given ? given : message?.Subject ?? "";
            if (message is not null && value != message.Subject && message.Card.Buttons.All(button => button.Value != value))
            {
                return Say(StatusCodes.Status404NotFound, $"Message {message.Id} has no button for \"{value}\".");
            }

            var by = await Speaker(people, asked, message?.Channel, cancel);
            return await router.Click(by, asked.ActionId ?? "", value, cancel) is { } answer
                ? Tell(answer, by.Channel, message?.ThreadId, clock)
                : Say(StatusCodes.Status404NotFound, $"There is no action \"{asked.ActionId}\".");
        },
        cancel);

    private static Task<IResult> Form(HttpRequest request, PeopleDirectory people, CommandRouter router, TimeProvider clock, CancellationToken cancel) => With<FormRequest>(
        request,
        async asked =>
        {
            if (LocalView.FormOf(asked.FormId) is not { } form)
            {
                return Say(StatusCodes.Status404NotFound, "There is no such form.");
            }

            var by = await Speaker(people, asked, null, cancel);
            return await router.Submit(by, form, asked.Values ?? new Dictionary<string, string>(), cancel) switch
            {
                null => Say(StatusCodes.Status404NotFound, "There is no such form any more."),
                { Errors.Count: > 0 } answer => Results.Json(new { errors = answer.Errors }, statusCode: StatusCodes.Status422UnprocessableEntity),
                { } answer => Tell(answer, by.Channel, null, clock),
            };
        },
        cancel);

    /// <summary>The channels; the on-call one says which sources are open without a secret, or closed for want of one.</summary>
    private static async Task<IResult> ChannelList(AlertSettings alerts, IEnumerable<IReadiness> parts, CancellationToken cancel)
    {
        var topic = "Alerts, announcements and commands";
        foreach (var source in parts.Where(part => part.Kind == "source"))
        {
            var state = (await source.Look(cancel)).State;
            topic += state.EndsWith("no secret", StringComparison.Ordinal) ? $" · {source.Name} is {state}" : "";
        }

        return Results.Json(Channels(alerts).Select(name => new { name, topic = name == alerts.Otherwise.Channel ? topic : "" }));
    }

    /// <summary>A channel's newest messages, the newest first.</summary>
    public static ValueTask<IReadOnlyList<LocalMessage>> Newest(IStore store, string channel, int limit, CancellationToken cancel) =>
        store.List(LocalMessage.ByChannel, Keys.Prefix(channel.TrimStart('#') + "|"), Math.Clamp(limit, 1, MostMessages), descending: true, cancel);

    private static async Task<IResult> Messages(IStore store, AlertSettings alerts, string? channel, int? limit, CancellationToken cancel)
    {
        var newest = await Newest(store, channel ?? alerts.Otherwise.Channel, limit ?? MostMessages, cancel);
        return Results.Json(newest.Reverse().Select(LocalView.Of), LocalView.Json);
    }

    private static async Task Follow(HttpContext context, LocalStream stream, IHostApplicationLifetime life)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        await stream.Follow(context.Response, either.Token);
    }

    private static IResult Tell(Answer answer, string channel, string? thread, TimeProvider clock) => Results.Json(
        new AnswerView([.. answer.Replies.Select(card => LocalView.Reply(card, channel, thread, clock.Now()))], answer.Form is { } form ? LocalView.Of(form) : null),
        LocalView.Json);

    private static async Task<Speaker> Speaker(PeopleDirectory people, Asked asked, string? channel, CancellationToken cancel)
    {
        var name = asked.User!.Trim();
        var person = await people.Meet(LocalPlatform.PlatformName, name.ToLowerInvariant(), name, cancel);
        return new Speaker(person, LocalPlatform.PlatformName, (channel ?? "").TrimStart('#')) { PlatformZone = asked.TimeZone };
    }

    /// <summary>Reads what is asked and by whom, and hands it on.</summary>
    private static async Task<IResult> With<T>(HttpRequest request, Func<T, Task<IResult>> act, CancellationToken cancel)
        where T : Asked
    {
        if (await request.Read(MostBytes, null, cancel) is not { } body)
        {
            return Say(StatusCodes.Status413PayloadTooLarge, $"At most {MostBytes / 1024} kB.");
        }
        try
        {
            var asked = JsonSerializer.Deserialize<T>(body.Span, LocalView.Json);
            return asked is null ? Say(StatusCodes.Status400BadRequest, "The body is null.")
                : WrongUser(asked.User, request.HttpContext.RequestServices.GetRequiredService<TakenNames>()) is { } wrong ? Say(StatusCodes.Status400BadRequest, wrong)
                : await act(asked);
        }
        catch (JsonException fault)
        {
            return Say(StatusCodes.Status400BadRequest, $"The body cannot be read: {fault.Message}");
        }
    }

    private static string? WrongUser(string? user, TakenNames taken) =>
        string.IsNullOrWhiteSpace(user) ? "user is missing: who are you?"
        : user.Length > LongestUser || !user.Any(char.IsLetterOrDigit) || user.Any(c => !(char.IsLetterOrDigit(c) || c is ' ' or '.' or '_' or '-' or '\''))
            ? $"A name has at most {LongestUser} letters, digits, spaces, dots, dashes and underscores."
        : taken.Has(user) ? $"Nobody can be called {user.Trim()} here: it would read as if I said it."
        : null;

    private static IEnumerable<string> Channels(AlertSettings alerts) => alerts.Routes.Select(rule => rule.Route.Channel)
        .Concat(alerts.Policies.Values.SelectMany(policy => policy.Steps).Where(step => step.Tell.Kind == TellKind.Channel).Select(step => step.Tell.Name!))
        .Prepend(alerts.Otherwise.Channel).Distinct();

    private static object Of(CommandHelp help) => new
    {
        words = "/" + help.Words,
        usage = help.Usage,
        summary = help.Summary,
        needs = help.Needs,
        options = help.Arguments.Concat(help.Options).Select(parameter => new { name = parameter.Name, summary = parameter.Summary }),
        example = help.Example,
    };

    private abstract record Asked(string? User, string? TimeZone);

    private sealed record CommandRequest(string? User, string? TimeZone, string? Channel, string? Text) : Asked(User, TimeZone);

    private sealed record ActionRequest(string? User, string? TimeZone, string? MessageId, string? ActionId, string? Value) : Asked(User, TimeZone);

    private sealed record FormRequest(string? User, string? TimeZone, string? FormId, IReadOnlyDictionary<string, string>? Values) : Asked(User, TimeZone);
}
