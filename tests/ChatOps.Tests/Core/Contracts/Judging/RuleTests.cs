using ChatOps.Contracts;
using ChatOps.Core.Alerts;
using ChatOps.Core.Contracts;
using ChatOps.Core.Contracts.Decoding;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Core.Contracts.Watching;
using NodaTime;

namespace ChatOps.Tests.Core.Contracts.Judging;

/// <summary>What rules match and what the closed world says without one.</summary>
public sealed class RuleTests
{
    private static readonly Address Snt = Address.Parse("0x744d70FDBE2Ba4CF95131626614a1763DF805B9E");
    private static readonly Address Treasury = Address.Parse("0xBBF0cC1C63F509d48a4674e270D26d80cCAF6022");
    private static readonly Address Ana = Address.Parse("0x00000000000000000000000000000000000000a1");

    private static readonly Watched Things = new(
    [
        new("main", Snt, "SNT", ContractKind.MiniMe) { Criticality = Criticality.Critical },
        new("main", Treasury, "Treasury", ContractKind.MultiSig) { Criticality = Criticality.High },
    ]);

    private static readonly WatchSettings Shipped = WatchSettings.Read(new(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build()), ShippedContracts.Read(), [new("main", 1)], _ => throw new InvalidOperationException());

    [Theory]
    [InlineData("Function=transfer; Verdict=normal", true)]
    [InlineData("Function=transfer(address,uint256); Verdict=normal", true)]
    [InlineData("Function=approve, transfer; Verdict=normal", true)]
    [InlineData("Function=transferFrom; Verdict=normal", false)]
    [InlineData("Event=transfer; Verdict=normal", false)]
    [InlineData("Function=0xa9059cbb; Verdict=normal", true)]
    [InlineData("Watch=SNT; Verdict=normal", true)]
    [InlineData("Watch=snt, Treasury; Verdict=normal", true)]
    [InlineData("Watch=kind:minime; Verdict=normal", true)]
    [InlineData("Watch=kind:Safe; Verdict=normal", false)]
    [InlineData("Watch=0x744d70fdbe2ba4cf95131626614a1763df805b9e; Verdict=normal", true)]
    [InlineData("Watch=Treasury; Verdict=normal", false)]
    [InlineData("From=not watched; Verdict=normal", true)]
    [InlineData("From=watched; Verdict=normal", false)]
    [InlineData("From=Treasury; Verdict=normal", false)]
    [InlineData("Args:amount:max=100 SNT; Verdict=normal", true)]
    [InlineData("Args:_amount:max=99.9 SNT; Verdict=normal", false)]
    [InlineData("Args:amount:min=100 SNT; Args:amount:max=100 SNT; Verdict=normal", true)]
    [InlineData("Args:to=Treasury; Verdict=normal", true)]
    [InlineData("Args:to:in=SNT, Treasury; Verdict=normal", true)]
    [InlineData("Args:to:not=Treasury; Verdict=normal", false)]
    [InlineData("Args:to=watched; Verdict=normal", true)]
    [InlineData("Args:nothing=1; Verdict=normal", false)]
    [InlineData("Value:max=0; Verdict=normal", true)]
    [InlineData("Value:min=1 ETH; Verdict=normal", false)]
    [InlineData("To=SNT; Verdict=normal", true)]
    [InlineData("To=not watched; Verdict=normal", false)]
    [InlineData("To=kind:MiniMe; From=not kind:MultiSig; Verdict=normal", true)]
    [InlineData("Args:to=kind:MultiSig; Verdict=normal", true)]
    [InlineData("With=approve; Verdict=normal", false)]
    [InlineData("Status=success; Verdict=normal", true)]
    [InlineData("Status=failed; Verdict=normal", false)]
    [InlineData("Time=09:00-18:00; Verdict=normal", true)]
    [InlineData("Time=outside 09:00-18:00; Verdict=normal", false)]
    [InlineData("Time=22:00-06:00; TimeZone=America/New_York; Verdict=normal", true)]
    public void A_rule_matches_what_it_says(string words, bool matches)
    {
        var transfer = Call(Snt, "transfer(address,uint256)", Ana, new("to", "address", new AbiValue.Account(Treasury)), new("amount", "uint256", new AbiValue.Number(Amount.Read("100 SNT")!.Units)));
        var judged = Judge.Of(Facts(transfer), [Rule(words)], Things, (_, _) => 0);
        Assert.Equal(matches ? VerdictKind.Normal : VerdictKind.Abnormal, judged.Deciding.Verdict.Kind);
    }

    [Theory]
    [InlineData("Function=transfer", "Verdict: it is missing; it is one of normal, abnormal, review")]
    [InlineData("Verdict=fine", "Verdict: \"fine\" is none of normal, abnormal, review")]
    [InlineData("Verdict=normal; Funktion=x", "Funktion: there is no such setting; there are Name, Watch, Function, Event, From, To, Args, Value, Status, With, Rate, Time, TimeZone, Verdict, Severity, Why")]
    [InlineData("Verdict=normal; Function=transfer(", "Function: \"transfer(\" is neither a name, a signature as transfer(address,uint256), nor a selector as 0xa9059cbb")]
    [InlineData("Verdict=normal; Args:amount:max=many", "Args:amount:max: \"many\" is not a number: write it as 100 SNT or 1.5 ETH")]
    [InlineData("Verdict=normal; Args:amount:above=5", "Args:amount:above: there is no such comparison; there are equals, in, not, min, max")]
    [InlineData("Verdict=normal; Value:min=2 ETH; Value:max=1 ETH", "Value:min: 2 ETH is more than 1 ETH, so nothing can match")]
    [InlineData("Verdict=normal; Status=ok", "Status: \"ok\" is neither success nor failed")]
    [InlineData("Verdict=normal; With=Withdraw(to)", "With: \"Withdraw(to)\" is not something that is done together: write it as Withdraw, or Withdraw(from=target, to=receiver)")]
    [InlineData("Verdict=normal; Rate=often", "Rate: \"often\" is not a rate: write it as more than 3 in 1h")]
    [InlineData("Verdict=normal; Time=noon", "Time: \"noon\" is no time of day: write it as 08:00-18:00")]
    [InlineData("Verdict=normal; Time=08:00-18:00; TimeZone=berlin", "TimeZone: I do not know the time zone \"berlin\". Did you mean Europe/Berlin?")]
    [InlineData("Verdict=normal; Severity=bad", "Severity: \"bad\" is none of critical, error, warning, info")]
    [InlineData("Verdict=normal; Watch=kind:Bank", "Watch: \"kind:Bank\" is no kind; there are Token, MiniMe, MultiSig, Safe, Registrar, Proxy, Contract, Account")]
    public void What_is_wrong_with_a_rule_is_said_with_its_key(string words, string fault)
    {
        var (rule, faults) = RuleText.Read(RuleText.Split(words).Words!, "the settings", "rule 0");
        Assert.Null(rule);
        Assert.StartsWith(fault, string.Join('\n', faults.Select(each => $"{each.Key}: {each.What}")));
    }

    [Fact]
    public void The_first_rule_that_matches_decides_and_the_worst_part_wins()
    {
        Rule[] rules = [Rule("Name=a; Function=transfer; Verdict=normal; Why=pocket money"), Rule("Name=b; Function=transfer; Verdict=abnormal"), Rule("Name=c; Function=approve; Verdict=review")];
        var judged = Judge.Of(Facts(Call(Snt, "transfer(address,uint256)", Ana), Call(Snt, "approve(address,uint256)", Ana)), rules, Things, (_, _) => 0);
        Assert.Equal(("c", VerdictKind.Review), (judged.Deciding.Verdict.Rule, judged.Deciding.Verdict.Kind));
        Assert.Equal(("a", "pocket money."), (judged.Parts[0].Verdict.Rule, judged.Parts[0].Verdict.Why));
    }

    [Fact]
    public void A_rate_counts_what_came_before_and_this_one()
    {
        Rule[] rules = [Rule("Name=burst; Function=transfer; Rate=more than 3 in 1h; Verdict=abnormal; Severity=warning"), Rule("Function=transfer; Verdict=normal")];
        var facts = Facts(Call(Snt, "transfer(address,uint256)", Ana), Call(Snt, "transfer(address,uint256)", Ana));
        Assert.Equal(VerdictKind.Normal, Judge.Of(facts, rules, Things, (_, _) => 2).Deciding.Verdict.Kind);
        var fourth = Judge.Of(facts, rules, Things, (_, _) => 3);
        Assert.Equal(("burst", Severity.Warning, "transfer on SNT came more than 3 times in 1 h."), (fourth.Deciding.Verdict.Rule, fourth.Deciding.Verdict.Severity, fourth.Deciding.Verdict.Why));
        Assert.Equal(["burst"], fourth.Counted);
    }

    [Theory]
    [InlineData(OddityKind.Undecodable)]
    [InlineData(OddityKind.NotCanonical)]
    [InlineData(OddityKind.TooLarge)]
    [InlineData(OddityKind.DelegateCall)]
    [InlineData(OddityKind.UnknownProposal)]
    public void What_cannot_be_read_for_certain_no_rule_makes_normal(OddityKind kind)
    {
        var odd = Call(Snt, "transfer(address,uint256)", Ana) with { Oddities = [new(kind, "something is hidden")] };
        var judged = Judge.Of(Facts(odd), [Rule("Function=*; Verdict=normal")], Things, (_, _) => 0).Deciding.Verdict;
        Assert.Equal((VerdictKind.Abnormal, Severity.Critical, "something is hidden."), (judged.Kind, judged.Severity, judged.Why));
    }

    [Fact]
    public void An_unknown_selector_passes_only_where_a_rule_names_it()
    {
        var unknown = Call(Snt, null, Ana) with { Selector = "0xdeadbeef", Oddities = [new(OddityKind.Unknown, "no function with the selector 0xdeadbeef is known")] };
        Assert.Equal(VerdictKind.Abnormal, Judge.Of(Facts(unknown), [Rule("Watch=SNT; Verdict=normal")], Things, (_, _) => 0).Deciding.Verdict.Kind);
        Assert.Equal(VerdictKind.Normal, Judge.Of(Facts(unknown), [Rule("Function=0xdeadbeef; Verdict=normal")], Things, (_, _) => 0).Deciding.Verdict.Kind);
    }

    [Theory]
    [InlineData("transfer(address,uint256)", true, VerdictKind.Normal)]
    [InlineData("transfer(address,uint256)", false, VerdictKind.Normal)]
    [InlineData("approve(address,uint256)", true, VerdictKind.Normal)]
    [InlineData("approveAndCall(address,uint256,bytes)", true, VerdictKind.Normal)]
    [InlineData("generateTokens(address,uint256)", false, VerdictKind.Abnormal)]
    [InlineData("changeController(address)", true, VerdictKind.Abnormal)]
    [InlineData("enableTransfers(bool)", true, VerdictKind.Abnormal)]
    public void By_the_shipped_rules_anybody_may_use_their_own_tokens_and_nobody_administers_unseen(string signature, bool succeeded, VerdictKind kind)
    {
        Assert.Equal(kind, Judge.Of(Facts(Call(Snt, signature, Ana)) with { Succeeded = succeeded }, Shipped.Shipped, Things, (_, _) => 0).Deciding.Verdict.Kind);
        Assert.Equal(VerdictKind.Abnormal, Judge.Of(Facts(Call(Snt, signature, Treasury)) with { Succeeded = succeeded }, Shipped.Shipped, Things, (_, _) => 0).Deciding.Verdict.Kind);
    }

    [Fact]
    public void Status_contracts_are_watched_on_the_main_net_and_no_persons()
    {
        Assert.Equal(11, Shipped.Things.Count);
        Assert.All(Shipped.Things, thing => Assert.NotEqual(ContractKind.Account, thing.Kind));
        Assert.All(Shipped.Things.Where(thing => thing.Abi is not null), thing => Assert.NotNull(Shipped.Abi(thing.Abi!)));
        Assert.Empty(WatchSettings.Read(new(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build()), ShippedContracts.Read(), [], _ => throw new InvalidOperationException()).Things);
    }

    private static Part Call(Address to, string? signature, Address from, params DecodedArgument[] arguments) =>
        new(false, [Things.Find("main", to)!], signature, signature is null ? null : Keccak.Hash(signature).ToString()[..10], arguments, from, 0, []) { Target = to, Ran = true };

    private static JudgedFacts Facts(params Part[] parts) => new("main", Instant.FromUtc(2026, 11, 23, 10, 0), true, parts);

    private static Rule Rule(string words)
    {
        var (rule, faults) = RuleText.Read(RuleText.Split(words).Words!, "the settings", "rule");
        Assert.Empty(faults);
        return rule!;
    }
}
