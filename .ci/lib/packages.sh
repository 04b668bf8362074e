# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# What comes from Debian packages.

ensure_packages() {
  local missing=()
  command -v runc >/dev/null || missing+=(runc)
  busybox >/dev/null || missing+=(busybox-static)
  command -v ssh >/dev/null || missing+=(openssh-client)
  if ((${#missing[@]})); then
    say "will install these Debian packages: ${missing[*]}"
    apt_options=()
    with_apt "install ${missing[*]}" install_packages "${missing[@]}"
  fi
  # The installed package would start a server of its own on all interfaces.
  registry_command >/dev/null || ensure_unpacked docker-registry '' docker-registry
  ensure_sshd
}

# A server that a test starts on the loopback interface. Installed, it would start one by itself.
ensure_sshd() {
  command -v sshd >/dev/null || ensure_unpacked openssh-server '' openssh-server
  id sshd >/dev/null 2>&1 && return 0
  say "will add the system user sshd, which sshd insists on"
  useradd --system --no-create-home --home-dir /run/sshd --shell /usr/sbin/nologin sshd
}

sshd_command() {
  local unpacked=$cache/packages/openssh-server/usr/sbin/sshd
  if [[ -x $unpacked ]]; then echo "$unpacked"; else command -v sshd; fi
}

# ensure_unpacked FOLDER SUITE PACKAGE...: the packages' files below $cache/packages, nothing installed. SUITE may be
# another one than the system's, whose own sources stay as they are; '' stands for the system's.
ensure_unpacked() {
  local name=$1 suite=$2
  shift 2
  [[ ! -d $cache/packages/$name ]] || return 0
  say "will unpack these Debian packages below $cache (not install them): $*${suite:+ of $suite}"
  choose_suite "$suite"
  with_apt "unpack $*" unpack "$name" "$@"
}

# Sets apt_options, so that apt-get reads lists of our own, of the mirror that the system uses.
choose_suite() {
  local suite=$1 folder=$cache/apt/$1 mirror
  # As root, apt-get would hand the download to a user who may not write here.
  apt_options=(-o APT::Sandbox::User=root)
  [[ $suite ]] || return 0
  mirror=$(debian_mirror)
  [[ $mirror ]] || fail "find Debian $suite" "the system's package sources are not Debian's" "use Debian, or another daemon"
  mkdir -p "$folder"/{lists,cache/archives}/partial
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$folder/sources.list"
  apt_options+=(
    -o "Dir::Etc::sourcelist=$folder/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o "Dir::State::Lists=$folder/lists" -o "Dir::Cache=$folder/cache"
    -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false
  )
}

debian_mirror() {
  apt-get indextargets --format '$(ORIGIN) $(LABEL) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    awk '$1 == "Debian" && $2 == "Debian" && !uri { uri = $3 } END { print uri }'
}

# Runs the command; where it fails, once more with fresh package lists: there may be none yet, or stale ones.
with_apt() {
  local what=$1
  shift
  command -v apt-get >/dev/null ||
    fail "$what" "there is no apt-get" "install runc, docker-registry and a static busybox by hand, or start Docker"
  "$@" >>"$run/apt.log" 2>&1 && return 0
  say "refreshing the package lists"
  { apt-get "${apt_options[@]}" update && "$@"; } >>"$run/apt.log" 2>&1 && return 0
  tail -n 15 "$run/apt.log" >&2
  fail "$what" "apt-get failed, see above" "check that apt-get update works, or start Docker"
}

install_packages() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" </dev/null
}

unpack() (
  name=$1 folder=$cache/packages
  shift
  mkdir -p "$folder" && partial=$(mktemp -d "$folder/partial.XXXXXX") || exit
  trap 'rm -rf "$partial"' EXIT
  cd "$partial" && apt-get "${apt_options[@]}" download "$@" || exit
  for package in *.deb; do
    dpkg-deb -x "$package" unpacked || exit
  done
  rm -rf "${folder:?}/$name" && mv unpacked "$folder/$name"
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
