namespace ChatOps.Core.Contracts.Judging;

/// <summary>What a rule is about, in words.</summary>
internal static class RuleWords
{
    public static string Of(Rule rule)
    {
        List<string> parts =
        [
            .. rule.Functions.Count > 0 ? [string.Join(", ", rule.Functions)] : Array.Empty<string>(),
            .. rule.Events.Count > 0 ? [$"event {string.Join(", ", rule.Events)}"] : Array.Empty<string>(),
            .. rule is { Functions.Count: 0, Events.Count: 0 } ? ["everything"] : Array.Empty<string>(),
            $"on {(rule.Watch.Count == 0 ? "anything watched" : string.Join(", ", rule.Watch))}",
            .. rule.From is { } from ? [$"from {Of(from)}"] : Array.Empty<string>(),
            .. rule.To is { } to ? [$"to {Of(to)}"] : Array.Empty<string>(),
            .. rule.Args.Select(argument => $"{argument.Key} {Of(argument.Value)}"),
            .. rule.Value is { } value ? [$"ether {Of(value)}"] : Array.Empty<string>(),
            .. rule.Succeeded is { } succeeded ? [succeeded ? "that succeeded" : "that failed"] : Array.Empty<string>(),
            .. rule.With.Count > 0 ? [$"together with {string.Join(" or ", rule.With)}"] : Array.Empty<string>(),
            .. rule.Rate is { } rate ? [$"more than {rate.MoreThan} in {Time.WallClock.SaySpan(rate.Within)}"] : Array.Empty<string>(),
            .. rule.Time is { } time ? [$"{(time.Outside ? "outside " : "")}{time.From:HH:mm} to {time.Until:HH:mm} {time.Zone.Id}"] : Array.Empty<string>(),
        ];
        return string.Join(", ", parts);
    }

    private static string Of(Condition condition) => string.Join(" and ", (string[])
    [
        .. condition.In.Count > 0 ? [string.Join(" or ", condition.In.Select(operand => operand.Text))] : Array.Empty<string>(),
        .. condition.NotIn.Count > 0 ? [$"not {string.Join(" or ", condition.NotIn.Select(operand => operand.Text))}"] : Array.Empty<string>(),
        .. condition.Min is { } min ? [$"at least {min}"] : Array.Empty<string>(),
        .. condition.Max is { } max ? [$"at most {max}"] : Array.Empty<string>(),
    ]);
}
