# Built and run as docs/running.md says. PublishedScenarios takes the COPY, RUN dotnet, ENV and CMD lines from here and proves what they make.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
# What the restore depends on comes first: a change to the code keeps it cached.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/ChatOps/ChatOps.csproj src/ChatOps/packages.lock.json src/ChatOps/
COPY src/ChatOps.Core/ChatOps.Core.csproj src/ChatOps.Core/packages.lock.json src/ChatOps.Core/
RUN dotnet restore src/ChatOps --locked-mode
COPY .editorconfig BannedSymbols.txt appsettings.json ./
COPY src/ src/
RUN dotnet publish src/ChatOps -c Release --no-restore -o /out

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
# Owned by root: whoever takes over the program cannot change it.
COPY --from=build /out .
# A new volume takes its owner from here. APP_UID, 1654, is the image's own user without rights.
RUN install -d -o $APP_UID -g $APP_UID -m 0700 /data
# Urls: every address of the container, for its own loopback reaches nobody else. Each door decides for itself who comes in: the hooks want their secret, the
# local chat refuses whoever is not on this "machine", which is the container. ASPNETCORE_HTTP_PORTS is the base image's, and would say 8080.
# EnableDiagnostics: the runtime would put its debugger's pipes into /tmp, which a read-only container need not have.
ENV TZ=UTC \
    DOTNET_EnableDiagnostics=0 \
    ASPNETCORE_HTTP_PORTS= \
    Urls=http://+:5080 \
    Storage__ConnectionString=Filename=/data/chatops.db
VOLUME /data
EXPOSE 5080
USER $APP_UID
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD ["dotnet", "/app/ChatOps.dll", "health"]
ENTRYPOINT ["dotnet", "/app/ChatOps.dll"]
