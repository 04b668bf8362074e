# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# What comes from Debian packages.

ensure_packages() {
  local missing=()
  command -v runc >/dev/null || missing+=(runc)
  busybox >/dev/null || missing+=(busybox-static)
  if ((${#missing[@]})); then
    say "will install these Debian packages: ${missing[*]}"
    with_apt "install ${missing[*]}" install_packages "${missing[@]}"
  fi
  if ! registry_command >/dev/null; then
    # Only unpacked: the installed package would start a server of its own on all interfaces.
    say "will unpack the Debian package docker-registry below $cache (not install it)"
    with_apt "unpack docker-registry" unpack_registry
  fi
}

# Runs the command; where it fails, once more with fresh package lists: there may be none yet, or stale ones.
with_apt() {
  local what=$1
  shift
  command -v apt-get >/dev/null ||
    fail "$what" "there is no apt-get" "install runc, docker-registry and a static busybox by hand, or start Docker"
  "$@" >>"$run/apt.log" 2>&1 && return 0
  say "refreshing the package lists"
  { apt-get update && "$@"; } >>"$run/apt.log" 2>&1 && return 0
  tail -n 15 "$run/apt.log" >&2
  fail "$what" "apt-get failed, see above" "check that apt-get update works, or start Docker"
}

install_packages() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" </dev/null
}

# As root, apt-get would hand the download to a user who may not write here, hence the option.
unpack_registry() (
  folder=$cache/packages
  mkdir -p "$folder" && partial=$(mktemp -d "$folder/partial.XXXXXX") || exit
  trap 'rm -rf "$partial"' EXIT
  cd "$partial" &&
    apt-get -o APT::Sandbox::User=root download docker-registry &&
    dpkg-deb -x docker-registry_*.deb unpacked &&
    rm -rf "$folder/docker-registry" &&
    mv unpacked "$folder/docker-registry"
)

registry_command() {
  local unpacked=$cache/packages/docker-registry/usr/bin/docker-registry
  if [[ -x $unpacked ]]; then echo "$unpacked"; else command -v docker-registry; fi
}

# The path of a busybox that needs no libraries.
busybox() {
  local file
  for file in /bin/busybox /usr/bin/busybox; do
    if [[ -x $file ]] && ! LC_ALL=C ldd "$file" >/dev/null 2>&1; then
      echo "$file"
      return 0
    fi
  done
  return 1
}
