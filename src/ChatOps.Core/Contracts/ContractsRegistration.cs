using ChatOps.Core.Chat.Commands;
using ChatOps.Core.Chat.Delivery;
using ChatOps.Core.Contracts.Chains;
using ChatOps.Core.Contracts.Commands;
using ChatOps.Core.Contracts.Judging;
using ChatOps.Core.Contracts.Naming;
using ChatOps.Core.Contracts.Watching;
using ChatOps.Core.Decisions;
using ChatOps.Core.Digests;
using ChatOps.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Core.Contracts;

public static class ContractsRegistration
{
    /// <summary>What is watched, how it is judged and who is told.</summary>
    public static IServiceCollection AddContracts(this IServiceCollection services, WatchSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton<WatchList>()
        .AddSingleton<WatchService>()
        .AddSingleton<EnsNames>()
        .AddSingleton<TokenUnits>()
        .AddSingleton<StateReading>()
        .AddSingleton<StateProbes>()
        .AddSingleton<RuleBook>()
        .AddSingleton<ProposalMemory>()
        .AddSingleton<TransactionReader>()
        .AddSingleton<TransactionJudge>()
        .AddSingleton<ContractSignals>()
        .AddSingleton<TransactionService>()
        .AddSingleton<TransactionAlerts>()
        .AddSingleton<IDueWork>(provider => provider.GetRequiredService<TransactionAlerts>())
        .AddSingleton<ITransactionIntake, TransactionIntake>()
        .AddSingleton<TransactionCards>()
        .AddSingleton<ICardSource>(provider => provider.GetRequiredService<TransactionCards>())
        .AddSingleton<ICardSource, CatchUpCards>()
        .AddSingleton<IDigest, ContractsDigest>()
        .AddSingleton(provider => new Replay(
            provider.GetRequiredService<IStore>(), provider.GetRequiredService<TransactionJudge>(), provider.GetRequiredService<RuleBook>(), provider.GetRequiredService<WatchList>()))
        .AddSingleton<ICommand, AbnormalCommand>()
        .AddSingleton<ICommand, NormalCommand>()
        .AddSingleton<ICommand, TakeCommand>()
        .AddSingleton<ICommand, WatchAddCommand>()
        .AddSingleton<ICommand, WatchConfirmCommand>()
        .AddSingleton<ICommand, WatchImportCommand>()
        .AddSingleton<ICommand, WatchListCommand>()
        .AddSingleton<ICommand, WatchRemoveCommand>()
        .AddSingleton<ICommand, WatchRuleCommand>()
        .AddSingleton<ICommand, WatchRuleAddCommand>()
        .AddSingleton<ICommand, WatchRuleRemoveCommand>()
        .AddSingleton<ICommand, WatchRuleTestCommand>()
        .AddSingleton<ICommand, WatchTxCommand>()
        .AddSingleton<Collection>(CatchUp.Collection)
        .AddSingleton<Collection>(ChatRule.Collection)
        .AddSingleton<Collection>(Proposal.Collection)
        .AddSingleton<Collection>(WatchedState.Collection)
        .AddSingleton<Collection>(WatchedTransaction.Collection)
        .AddSingleton<Collection>(WatchEntry.Collection);
}
