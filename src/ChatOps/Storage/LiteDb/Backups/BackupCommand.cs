using ChatOps.Core.Chat;
using ChatOps.Core.Chat.Commands;
using ChatOps.Core.People;
using ChatOps.Core.Storage;

namespace ChatOps.Storage.LiteDb.Backups;

/// <summary>Takes no file name: what is said in chat must not choose where on the disk something is written.</summary>
internal sealed class BackupCommand(BackupFolder folder) : ICommand
{
    public CommandHelp Help { get; } = new("oncall backup", "Make a backup of all that is stored, into the backup folder", Role.Admin) { Example = "/oncall backup" };

    public async Task<Answer> Run(Invocation call, CancellationToken cancel)
    {
        try
        {
            var made = await folder.Make(cancel);
            return Answer.Say(Markup.Of($"The backup is there: {made.ToString()}."));
        }
        catch (StoreException fault)
        {
            return Answer.Refuse(Markup.Of($"There is no backup: {fault.Message}."));
        }
    }
}
