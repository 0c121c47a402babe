using System.Text.RegularExpressions;
using ChatOps.Core.People;

namespace ChatOps.Chat.Slack.Incoming;

/// <summary>What somebody wrote in Slack as they see it: people by our names for them, channels and links as words, <c>&amp;amp;</c> as &amp;.</summary>
internal sealed partial class SlackWords(PeopleDirectory people)
{
    public async Task<string> Read(string text, CancellationToken cancel)
    {
        if (!text.Contains('<', StringComparison.Ordinal))
        {
            return Unescape(text);
        }

        var named = new Dictionary<string, string>();
        foreach (var user in Mark().Matches(text).Where(mark => mark.Groups["sign"].Value == "@").Select(mark => mark.Groups["what"].Value).Distinct())
        {
            if (await people.Find(SlackPlatform.PlatformName, user, cancel) is { } person)
            {
                named[user] = person.Id;
            }
        }

        return Unescape(Mark().Replace(text, mark => Say(mark, named)));
    }

    /// <summary>Without the first mention of our own name and what stands before it.</summary>
    public static string Behind(string text, string? ourUser)
    {
        var mention = Mark().Matches(text).FirstOrDefault(mark => mark.Groups["sign"].Value == "@" && (ourUser is null || mark.Groups["what"].Value == ourUser));
        return mention is null ? text : text[(mention.Index + mention.Length)..].TrimStart(' ', ':', ',') is { Length: > 0 } behind ? behind : text[..mention.Index];
    }

    /// <summary>The words that name the command, readable without knowing anybody.</summary>
    public static string Plain(string text) => Unescape(Mark().Replace(text, mark => Say(mark, new Dictionary<string, string>())));

    private static string Say(Match mark, IReadOnlyDictionary<string, string> named)
    {
        var (sign, what, label) = (mark.Groups["sign"].Value, mark.Groups["what"].Value, mark.Groups["label"].Value);
        return sign switch
        {
            "@" => $"@{(named.GetValueOrDefault(what) ?? (label.Length > 0 ? label : what))}",
            "#" => $"#{(label.Length > 0 ? label : what)}",
            "!" => label.Length > 0 ? label : $"@{what}",
            // Slack makes links of bare addresses too: the address is what was meant, and of those for letters and calls what somebody typed.
            _ when label.Length > 0 && (what.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) || what.StartsWith("tel:", StringComparison.OrdinalIgnoreCase)) => label,
            _ => what,
        };
    }

    private static string Unescape(string text) =>
        text.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);

    // <@U0123|ana>, <#C0123|general>, <!here>, <!subteam^S0123|@oncall>, <https://a.example|a.example>.
    [GeneratedRegex(@"<(?<sign>[@#!]?)(?<what>[^|>]+)(?:\|(?<label>[^>]*))?>", RegexOptions.ExplicitCapture)]
    private static partial Regex Mark();
}
