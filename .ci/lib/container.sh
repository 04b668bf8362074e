# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# buildkitd in a container of Docker Engine 28, for clients that reach it through the engine.

container_name=buildkitd

# On the host's network, since the registry that it mirrors is on the loopback interface.
container_up() (
  engine_up 28
  export DOCKER_HOST=
  DOCKER_HOST=unix://$(engine_socket 28)
  ensure_docker_client
  registry=$(docker container inspect -f '{{.Config.Labels.registry}}' "$container_name" 2>/dev/null || true)
  # Another version, or another registry than now, or none at all.
  if [[ $(docker_state "$container_name") != *" moby/buildkit:$version" || $registry != "$(registry_address)" ]]; then
    say "creating the container $container_name in Docker Engine 28"
    buildkitd_config "$(registry_address)" |
      docker_create_configured "$container_name" --network=host "--label=registry=$(registry_address)" \
        "moby/buildkit:$version"
  fi
  docker_await "$container_name"
)

container_facts() { echo "BUILDKIT_CONTAINER=docker-container://$container_name"; }

# The package of engine 20.10 has a client, that of 28 has not.
ensure_docker_client() {
  if ! command -v docker >/dev/null; then ensure_engine 20.10; fi
  PATH=$PATH:$(engine_packages 20.10)/usr/bin
}

docker_client_facts() {
  ensure_docker_client
  echo "DOCKER=$(command -v docker)"
}
