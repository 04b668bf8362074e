# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# buildkitd as a process.

# buildkitd_config MIRROR [FILE]: FILE, completed with what it does not say itself. The order matters, TOML's plain
# keys stand before its tables.
buildkitd_config() {
  local mirror=$1 file=${2:-/dev/null}
  grep -q '^[[:space:]]*insecure-entitlements' "$file" ||
    echo 'insecure-entitlements = ["network.host", "security.insecure"]'
  cat "$file"
  if [[ $mirror ]] && ! grep -q '^[[:space:]]*\[registry\.' "$file"; then
    printf '\n[registry."docker.io"]\n  mirrors = ["%s"]\n[registry."%s"]\n  http = true\n' "$mirror" "$mirror"
  fi
}

# answers SOCKET SECONDS
answers() { timeout "$2" "$(tools_folder)/buildctl" --addr "unix://$1" --timeout "$2" debug workers >/dev/null 2>&1; }

# Whether the daemon of FOLDER runs with that CONFIG and answers. Busy with other people's builds it may take a while,
# and must not be taken for dead.
usable() { alive "$1" && [[ $2 == "$(cat "$1/buildkitd.toml")" ]] && answers "$1/buildkitd.sock" 30; }

# buildkitd_up NAME [FILE]: a daemon that stays, with the configuration FILE. Does nothing where it runs already.
buildkitd_up() {
  local name=$1 file=${2:-/dev/null} folder=$run/$1 root=$cache/$1 config
  mkdir -p "$folder"
  # The first line makes a daemon of another version differ, too.
  config=$({ echo "# $(tools_folder)"; buildkitd_config "$(registry_address)" "$file"; })
  if usable "$folder" "$config"; then return 0; fi
  if alive "$folder"; then say "replacing process $(pid_of "$folder"), which has another configuration or does not answer"; fi
  stop "$folder"
  clean_root "$root"
  echo "$config" >"$folder/buildkitd.toml"
  start_buildkitd "$folder" "$root"
  say "started $name $version, process $(pid_of "$folder"), log $folder/log"
}

# start_buildkitd FOLDER ROOT: with the buildkitd.toml that is in FOLDER.
start_buildkitd() {
  local folder=$1 root=$2 port
  port=$(choose_port "$folder")
  mkdir -p "$root/tmp"
  # buildkitd makes mounts in TMPDIR; below its root we find them again when it was killed.
  TMPDIR=$root/tmp start "$folder" "$(tools_folder)/buildkitd" --config "$folder/buildkitd.toml" --root "$root" \
    --addr "unix://$folder/buildkitd.sock" --addr "tcp://127.0.0.1:$port" \
    --oci-worker-binary "$(command -v runc)" --containerd-worker=false
  wait_for "$folder" "buildkitd" answers "$folder/buildkitd.sock" 5
}

# What a killed buildkitd leaves: containers that run on, and mounts.
clean_root() {
  local root=$1 id mount
  { runc list 2>/dev/null || true; } | awk -v root="$root/" 'index($4, root) == 1 { print $1 }' | while read -r id; do
    runc delete --force "$id" || true
  done
  # Newest first, since one may lie on another; lazily, since a dying process may still hold it.
  awk -v root="$root/" 'index($5 "/", root) == 1 { print $5 }' /proc/self/mountinfo | sed '1!G;h;$!d' | while read -r mount; do
    umount -l "$mount" || true
  done
}
