# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# A registry on the loopback interface, and the base images in it.

registry_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET /v2/ HTTP/1.0\r\n\r\n' >&3 && read -r line <&3 && [[ $line == *200* ]]) }

start_registry() {
  local folder=$run/registry port
  mkdir -p "$folder"
  if alive "$folder" && registry_answers "$(cat "$folder/port")" 2>/dev/null; then return 0; fi
  stop "$folder"
  port=$(choose_port "$folder")
  mkdir -p "$cache/registry"
  cat >"$folder/config.yml" <<YAML
version: 0.1
log: {level: warn}
storage:
  filesystem: {rootdirectory: $cache/registry}
  delete: {enabled: true}
http: {addr: "127.0.0.1:$port"}
YAML
  start "$folder" "$(registry_command)" serve "$folder/config.yml"
  wait_for "$folder" "the registry" registry_answers "$port"
}

registry_address() { echo "127.0.0.1:$(cat "$run/registry/port")"; }

push_base_images() {
  local folder=$here/images/base context marker
  # The registry's data stays in the cache; this file says what is in there.
  marker=$cache/registry/.base-$(cat "$folder/Dockerfile" "$(busybox)" | cksum | cut -d' ' -f1)
  [[ ! -e $marker ]] || return 0
  say "pushing the stand-ins for library/busybox and library/alpine to the local registry"
  context=$(mktemp -d "$run/context.XXXXXX")
  cp "$(busybox)" "$context/busybox"
  push_base_image "$context" busybox latest 1 1.36 1.37
  push_base_image "$context" alpine latest 3 3.20 3.21 3.22
  rm -rf "$context"
  touch "$marker"
}

platforms() {
  if [[ $(uname -m) == aarch64 ]]; then echo linux/arm64,linux/amd64; else echo linux/amd64,linux/arm64; fi
}

# An index of two platforms, as on Docker Hub, so that builds for several platforms find their base. Both hold this
# machine's busybox: COPY works for the other platform, RUN does not.
push_base_image() {
  local context=$1 name=$2 tag names=
  shift 2
  for tag in "$@"; do names+=${names:+,}$(registry_address)/library/$name:$tag; done
  "$(tools_folder)/buildctl" --addr "unix://$run/buildkitd/buildkitd.sock" build --progress plain \
    --frontend dockerfile.v0 --local context="$context" --local dockerfile="$here/images/base" \
    --opt target="$name" --opt platform="$(platforms)" \
    --output "type=image,\"name=$names\",push=true,registry.insecure=true" >"$run/images.log" 2>&1 || {
    tail -n 25 "$run/images.log" >&2
    fail "push $name to the local registry" "the build failed, see above" ".ci/daemons down, then up again"
  }
}
