using ChatOps.Core.Oncall;

namespace ChatOps.Core.Alerts;

/// <summary>Gets together what a decision about telling needs.</summary>
public sealed class EscalationPlans(OncallService oncall, AlertSettings settings)
{
    internal async Task<EscalationPlan> Now(CancellationToken cancel) => new(settings.Policies, await oncall.Book(cancel));
}
