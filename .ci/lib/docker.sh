# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# The daemons where they are containers.

docker_answers() {
  command -v docker >/dev/null || return 1
  # An engine on another machine may never answer; macOS has no timeout.
  if command -v timeout >/dev/null; then timeout 10 docker info; else docker info; fi >/dev/null 2>&1
}

# The image is pulled here, by itself, so that a failure to pull is told from a failure to start.
docker_has_image() {
  docker image inspect "moby/buildkit:$version" >/dev/null 2>&1 && return 0
  say "pulling moby/buildkit:$version"
  docker pull "moby/buildkit:$version" >&2
}

container_of() { echo "buildkit-java-$key-$1"; }

docker_state() { docker container inspect -f '{{.State.Running}} {{.Config.Image}}' "$1" 2>/dev/null || true; }

docker_address() { docker port "$1" 1234/tcp | head -n 1; }

# docker_create CONTAINER FILE: a container whose buildkitd.toml is FILE, completed.
docker_create() {
  buildkitd_config '' "$2" |
    docker_create_configured "$1" "--label=buildkit-java=$key" --publish=127.0.0.1::1234 "moby/buildkit:$version" \
      --addr unix:///run/buildkit/buildkitd.sock --addr tcp://0.0.0.0:1234
}

# docker_create_configured CONTAINER ARGUMENT...: replaces the container by one that has the buildkitd.toml on standard
# input. It gets its name at the end, so that one with this name is complete.
docker_create_configured() {
  local container=$1 draft=$1-draft
  shift
  docker rm --force --volumes "$container" "$draft" >/dev/null 2>&1 || true
  docker create --privileged --name "$draft" "$@" >/dev/null
  docker_configure "$draft"
  docker rename "$draft" "$container"
}

# Gives a container the buildkitd.toml on standard input. It is copied and not mounted: the engine may be on another
# machine. It goes in as a tree, since the image has no folder for it.
docker_configure() {
  local tree
  tree=$(mktemp -d "$run/tree.XXXXXX")
  mkdir -p "$tree/etc/buildkit"
  cat >"$tree/etc/buildkit/buildkitd.toml"
  chmod 755 "$tree/etc" "$tree/etc/buildkit"
  COPYFILE_DISABLE=1 tar -C "$tree" -cf - etc/buildkit | docker cp - "$1:/" >/dev/null
  rm -rf "$tree"
}

# Starts a container and waits for its buildkitd. Starting one that runs is fine.
docker_await() {
  local container=$1 deadline=$((SECONDS + 60)) why answer
  docker start "$container" >/dev/null
  until answer=$(docker exec "$container" buildctl debug workers 2>&1); do
    why=
    [[ $(docker_state "$container") == true* ]] || why="it ended"
    if ((SECONDS > deadline)); then why="it did not answer for 60 seconds, but: $answer"; fi
    if [[ $why ]]; then
      docker logs --tail 25 "$container" >&2
      fail "start the container $container" "$why" "read the log above; the engine must allow --privileged"
    fi
    sleep 0.2
  done
}

docker_start() {
  local container=$1 port
  docker_await "$container"
  port=$(docker_address "$container")
  port_is_taken "${port##*:}" ||
    fail "reach the container $container" "nothing listens on $port here; the engine seems to be on another machine" \
      "set BUILDKIT_HOST=docker-container://$container"
}

docker_up() {
  local container
  container=$(container_of main)
  case $(docker_state "$container") in
    *" moby/buildkit:$version") ;;
    *) # none, or one of another version
      say "creating the container $container"
      docker_create "$container" /dev/null
      ;;
  esac
  docker_start "$container"
}

# Prints where the daemon of docker_up is.
docker_facts() {
  local container address
  container=$(container_of main)
  address=$(docker_address "$container")
  echo "BUILDKIT_HOST=tcp://$address"
  echo "BUILDKIT_TCP=tcp://$address"
  echo "BUILDKIT_CONTAINER=docker-container://$container"
}

# Prints where the docker command is, and the engine that it uses.
docker_engine_facts() {
  echo "DOCKER=$(command -v docker)"
  echo "DOCKER_HOST=${DOCKER_HOST:-$(docker context inspect -f '{{.Endpoints.docker.Host}}')}"
}

docker_spawn() {
  local container file=${2:-/dev/null}
  choose_tools "$3"
  container=$(container_of "spawn-$1")
  [[ $(docker_state "$container") != true* ]] ||
    fail "spawn $1" "it runs already, as the container $container" ".ci/daemons kill $1"
  docker_create "$container" "$file"
  docker_start "$container"
  echo "BUILDKIT_HOST=tcp://$(docker_address "$container")"
  echo "BUILDKIT_TCP=tcp://$(docker_address "$container")"
  echo "PID="
  echo "CONTAINER=$container"
}

docker_containers() { docker ps --all --quiet --filter "label=buildkit-java=$key"; }

docker_down() {
  local container
  docker_containers | while read -r container; do
    say "removing the container $container"
    docker stop --time 10 "$container" >/dev/null || true
    docker rm --force --volumes "$container" >/dev/null
  done
}
