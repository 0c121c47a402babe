using ChatOps.Core.Storage;
using Microsoft.AspNetCore.Diagnostics;

namespace ChatOps.Http;

/// <summary>What escapes an endpoint: a broken store is "come again", anything else a fault of ours. The log has it; the caller gets a sentence and no stack.</summary>
internal static class Failures
{
    public static void UseFailures(this WebApplication app) => app.UseExceptionHandler(new ExceptionHandlerOptions
    {
        SuppressDiagnosticsCallback = context => context.Exception is StoreException or BadHttpRequestException,
        ExceptionHandler = async context =>
        {
            var fault = context.Features.Get<IExceptionHandlerFeature>()?.Error;
            (context.Response.StatusCode, var error) = fault switch
            {
                StoreException => (StatusCodes.Status503ServiceUnavailable, $"The store does not work at the moment: {fault.Message}"),
                BadHttpRequestException bad => (bad.StatusCode, bad.Message),
                _ => (StatusCodes.Status500InternalServerError, "That went wrong on our side; the log says more."),
            };
            await context.Response.WriteAsJsonAsync(new { error });
        },
    });
}
