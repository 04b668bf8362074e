# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# The daemons where they are processes.

# need_processes WHAT: fails where daemons cannot be processes, before anything is installed or built.
need_processes() {
  local why=${why_not_docker:+$why_not_docker, and }
  [[ $(uname -s) == Linux ]] || fail "$1" "${why}daemons run on Linux only" "start Docker, or set BUILDKIT_HOST"
  ((EUID == 0)) ||
    fail "$1" "${why}daemons as processes need root" \
      "start Docker (docker info must work), run this as root, or set BUILDKIT_HOST"
  [[ ! $(missing_packages runc busybox docker-registry) ]] || need_apt "$1" "$why"
  need_go "$1" "$why" buildkitd buildctl
}

# A daemon, and the registry that it takes its base images from.
processes_up() {
  need_processes "make a BuildKit daemon reachable"
  ensure_commands runc busybox
  ensure_registry
  ensure_tools buildkitd buildctl
  start_registry
  buildkitd_up buildkitd
  push_base_images
}

# What the integration tests need besides.
test_processes_up() {
  ensure_commands ssh ssh-add ssh-agent ssh-keygen ip openssl
  ensure_sshd
  tls_up
  engine_up 28
  container_up
}

# Prints where the daemon of processes_up is.
processes_facts() {
  local folder=$run/buildkitd
  echo "BUILDKIT_HOST=unix://$folder/buildkitd.sock"
  echo "BUILDKIT_TCP=tcp://127.0.0.1:$(cat "$folder/port")"
  echo "REGISTRY=$(registry_address)"
  echo "REGISTRY_COMMAND=$(registry_command)"
}

# Prints where the daemons of test_processes_up are.
test_processes_facts() {
  echo "SSHD=$(sshd_command)"
  tls_facts
  engine_facts 28
  container_facts
  docker_client_facts
}

processes_spawn() {
  local name=$1 file=$2 folder=$run/spawn/$1 root
  processes_up
  choose_tools "$3"
  ensure_tools buildkitd buildctl
  root=$(spawn_root "$name")
  mkdir -p "$folder" "$root"
  echo "$root" >"$folder/root"
  buildkitd_config "$(registry_address)" "$file" >"$folder/buildkitd.toml"
  start_buildkitd "$folder" "$root"
  echo "BUILDKIT_HOST=unix://$folder/buildkitd.sock"
  echo "BUILDKIT_TCP=tcp://127.0.0.1:$(cat "$folder/port")"
  echo "PID=$(pid_of "$folder")"
  echo "LOG=$folder/log"
}

# In memory where there is room: quicker, and nothing survives. A /dev/shm that refuses programs is of no use.
spawn_root() {
  local free
  free=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
  if ((${free:-0} > 2 * 1024 * 1024)) && ! grep -qE '^[^ ]+ /dev/shm [^ ]+ [^ ]*noexec' /proc/mounts; then
    echo "/dev/shm/buildkit-java-$key/$1"
  else
    echo "$cache/spawn/$1"
  fi
}

processes_kill() {
  local folder=$1 root
  stop "$folder" KILL
  root=$(cat "$folder/root" 2>/dev/null || true)
  if [[ $root ]]; then
    clean_root "$root"
    rm -rf --one-file-system "$root"
    rmdir "$(dirname "$root")" 2>/dev/null || true
  fi
  rm -rf "$folder"
}

processes_down() {
  local folder name
  for folder in "$run"/spawn/*/; do
    if [[ -d $folder ]]; then processes_kill "${folder%/}"; fi
  done
  while read -r name; do
    if alive "$(engine_folder "$name")"; then say "stopping Docker Engine $name"; fi
    engine_stop "$name"
  done < <(engines)
  for folder in "$run/buildkitd" "$run/buildkitd-tls" "$run/registry"; do
    [[ -d $folder ]] || continue
    if alive "$folder"; then say "stopping ${folder##*/}, process $(pid_of "$folder")"; fi
    stop "$folder"
  done
  for folder in "$cache/buildkitd" "$cache/buildkitd-tls"; do
    if [[ -d $folder ]]; then clean_root "$folder"; fi
  done
}
