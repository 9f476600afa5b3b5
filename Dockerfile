# syntax=docker/dockerfile:1
# One image for each app:   docker build --build-arg APP=service-a -t latido/service-a .
# All of them, measured:    npm run images
#
# The base may be Node 24 slim or distroless: nothing here needs a shell or a package manager in the final image.
ARG BUILD_IMAGE=docker.io/library/node:24-bookworm-slim
ARG BASE_IMAGE=docker.io/library/node:24-bookworm-slim

# Everything is compiled once, for all apps.
FROM ${BUILD_IMAGE} AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
# With optional packages: the bundler is one for each platform. None of them is shipped.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY apps apps
COPY libs libs
COPY tools tools
RUN npm run build

# What one app can load, and nothing else: a service in one file, in which what instrumentations patch hands itself over to them.
FROM build AS shipped
ARG APP
RUN node dist/tools/images/in-build/ship.js ${APP:?name the app: --build-arg APP=service-a} /app /warm-up && \
    cp dist/tools/images/in-build/weigh.js /warm-up/ && mkdir /app/.compile-cache && chown 10001:10001 /app/.compile-cache

# Runs the app once where and as whom it will run, so that starts find its code compiled; then weighs the result.
FROM ${BASE_IMAGE} AS warmed
ARG APP
ENV PATH=/usr/local/bin:/nodejs/bin:/usr/bin:/bin NODE_ENV=production NODE_COMPILE_CACHE=/app/.compile-cache
COPY --from=shipped /app /app
COPY --from=shipped /warm-up /warm-up
USER 10001:10001
RUN ["node", "/warm-up/dist/tools/images/in-build/warm.js", "/app"]
RUN ["node", "/warm-up/weigh.js", "/app"]

FROM ${BASE_IMAGE} AS runtime
# Owned by root and never written to: the root file system may be read-only.
COPY --from=warmed --chown=0:0 /app /app
WORKDIR /app
USER 10001:10001
# package.json says which file that is.
ENTRYPOINT ["node", "."]
ARG APP
ARG VERSION=development
ARG REVISION=unknown
ARG SOURCE=unknown
ENV PATH=/usr/local/bin:/nodejs/bin:/usr/bin:/bin \
    NODE_ENV=production \
    NODE_COMPILE_CACHE=/app/.compile-cache \
    SERVICE_VERSION=${VERSION} \
    HOST=0.0.0.0 \
    RPC_HOST=0.0.0.0
LABEL org.opencontainers.image.title="latido/${APP}" \
      org.opencontainers.image.description="Latido: monitors the interoperability of event-driven microservices" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}"

# The same app in the files it was compiled to.
FROM build AS in-files
ARG APP
RUN node dist/tools/images/in-build/ship.js ${APP} /app

# For the inner loop of skaffold: compiled files may be written into it, and Node starts again when they are.
# docker build --target dev
FROM runtime AS dev
COPY --from=in-files --chown=10001:10001 /app /app
ENTRYPOINT ["node", "--watch-path=/app/dist", "--watch-preserve-output", "."]

FROM runtime
