# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Folders, version, lock.

set_folders() {
  cache=${BUILDKIT_JAVA_CACHE:-${XDG_CACHE_HOME:-${HOME:?is not set, set BUILDKIT_JAVA_CACHE}/.cache}/buildkit-java}
  [[ $cache != *[[:space:],:]* ]] ||
    fail "use the cache folder '$cache'" "its name has a space, a comma or a colon, which overlay mounts cannot take" \
      "set BUILDKIT_JAVA_CACHE to a plain path"
  mkdir -p "$cache"
  cache=$(cd "$cache" && pwd -P)
  # One cache, one set of daemons: two checkouts share them, another cache has its own.
  key=$(printf '%s %s' "$(id -u)" "$cache" | cksum | cut -d' ' -f1)
  run=$cache/run
  # A socket's path may have 107 bytes on Linux and 103 on macOS, so a deep cache folder gets its sockets elsewhere.
  # The longest is engine-28-containerd/exec/containerd/containerd.sock.ttrpc.
  if ((${#run} > 48)); then run=/tmp/buildkit-java-$key; fi
  mkdir -p "$run"
  chmod 700 "$run" 2>/dev/null || true # not ours if this fails, which the next line says
  [[ -O $run && ! -L $run ]] ||
    fail "use the folder $run for sockets" "it belongs to someone else or is a link" "remove it, or set BUILDKIT_JAVA_CACHE"
}

# One run at a time: a second one waits and then finds the work done. The lock ends with this process, however it
# ends, because no daemon inherits it. Where flock is missing (macOS) Docker's container names settle who is first.
lock() {
  locked=
  command -v flock >/dev/null || return 0
  locked=yes
  exec 9>"$cache/lock"
  flock -w 3 9 && return 0
  say "waiting for another run of this script"
  flock -w 900 9 || fail "get the lock" "another run has held $cache/lock for 15 minutes" "see what hangs: fuser $cache/lock"
}
