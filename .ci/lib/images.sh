# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Images in the local registry, under the names that they have on Docker Hub.

push_base_images() {
  local context marker
  marker=$(image_marker base "$(busybox)")
  [[ ! -e $marker ]] || return 0
  say "pushing the stand-ins for library/busybox and library/alpine to the local registry"
  context=$(mktemp -d "$run/context.XXXXXX")
  cp "$(busybox)" "$context/busybox"
  # An index of two platforms, as on Docker Hub, so that builds for several platforms find their base. Both hold this
  # machine's busybox: COPY works for the other platform, RUN does not.
  push_image "$context" base busybox "$(platforms)" library/busybox:{latest,1,1.36,1.37}
  push_image "$context" base alpine "$(platforms)" library/alpine:{latest,3,3.20,3.21,3.22}
  rm -rf "$context"
  touch "$marker"
}

# What tests start in a Docker Engine. They are for this machine's platform only.
push_daemon_images() {
  local context marker
  ensure_unpacked rootlesskit '' rootlesskit uidmap
  marker=$(image_marker daemons "$(tools_folder)/buildkitd" "$(command -v runc)" "$(registry_command)")
  [[ ! -e $marker ]] || return 0
  say "pushing stand-ins for moby/buildkit:$version and library/registry to the local registry"
  context=$(mktemp -d "$run/context.XXXXXX")
  add_program "$context/buildkit" "$(tools_folder)/buildkitd" buildkitd
  add_program "$context/buildkit" "$(tools_folder)/buildctl" buildctl
  add_program "$context/buildkit" "$(command -v runc)" buildkit-runc
  add_program "$context/rootless" "$cache/packages/rootlesskit/usr/bin/rootlesskit" rootlesskit
  add_program "$context/rootless" "$cache/packages/rootlesskit/usr/bin/newuidmap" newuidmap
  add_program "$context/rootless" "$cache/packages/rootlesskit/usr/bin/newgidmap" newgidmap
  add_program "$context/registry" "$(registry_command)" docker-registry
  push_image "$context" daemons buildkit '' "moby/buildkit:$version"
  push_image "$context" daemons buildkit-rootless '' "moby/buildkit:$version-rootless"
  push_image "$context" daemons registry '' library/registry:{latest,2,3}
  rm -rf "$context"
  touch "$marker"
}

# image_marker FOLDER FILE...: the registry's data stays in the cache; this file says that the images are in there.
image_marker() {
  local folder=$here/images/$1
  shift
  echo "$cache/registry/.${folder##*/}-$(cat "$folder/Dockerfile" "$@" | cksum | cut -d' ' -f1)"
}

# add_program TREE FILE NAME: the file, and the libraries and the loader that it needs, at the paths they have here.
add_program() {
  local tree=$1 library
  mkdir -p "$tree/usr/bin"
  cp "$2" "$tree/usr/bin/$3"
  { LC_ALL=C ldd "$2" 2>/dev/null | grep -o '/[^ ]*' || true; } | while read -r library; do
    mkdir -p "$tree${library%/*}"
    cp -L "$library" "$tree$library"
  done
}

platforms() {
  if [[ $(uname -m) == aarch64 ]]; then echo linux/arm64,linux/amd64; else echo linux/amd64,linux/arm64; fi
}

# push_image CONTEXT FOLDER TARGET PLATFORM NAME...: builds a target of the folder's Dockerfile.
push_image() {
  local context=$1 folder=$2 target=$3 platform=$4 name names=
  shift 4
  for name in "$@"; do names+=${names:+,}$(registry_address)/$name; done
  "$(tools_folder)/buildctl" --addr "unix://$run/buildkitd/buildkitd.sock" build --progress plain \
    --frontend dockerfile.v0 --local context="$context" --local dockerfile="$here/images/$folder" \
    --opt target="$target" ${platform:+--opt platform="$platform"} \
    --output "type=image,\"name=$names\",push=true,registry.insecure=true" >"$run/images.log" 2>&1 || {
    tail -n 25 "$run/images.log" >&2
    fail "push $1 to the local registry" "the build failed, see above" ".ci/daemons down, then up again"
  }
}
