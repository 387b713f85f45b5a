# placement-alerts as an image: the program and the libraries it needs, on Debian 13, whose librdkafka 2.8 can also log in by SCRAM.
#
#     docker build -t placement-alerts .
#     docker run --rm placement-alerts --help
#
# There is no HEALTHCHECK: the service has no port to ask, and that its process lives is known without one. What is wrong with it is
# in its log and its exit code (docs/operations.md).

FROM docker.io/library/debian:trixie-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends \
        cmake gcc libc6-dev libcurl4-openssl-dev libjansson-dev libjs-chart.js librdkafka-dev libssl-dev libuv1-dev libyaml-dev \
        make ninja-build pkg-config
WORKDIR /source
COPY . .
RUN cmake --preset release -DBUILD_TESTING=OFF && cmake --build build/release

FROM docker.io/library/debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends \
        ca-certificates libcurl4t64 libjansson4 librdkafka1 libssl3t64 libuv1t64 libyaml-0-2 && \
    rm -rf /var/lib/apt/lists/*
COPY --from=build /source/build/release/consumer/placement-alerts /usr/local/bin/
COPY LICENSE /usr/share/doc/placement-alerts/
USER 10001:10001
ENTRYPOINT ["placement-alerts"]
CMD ["--help"]
