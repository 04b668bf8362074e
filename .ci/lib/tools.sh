# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# buildctl and buildkitd, built from a tool module. There is one for each version of BuildKit.

# choose_tools MODULE: sets tools and version.
choose_tools() {
  tools=$here/$1
  version=$(sed -nE 's/^(require)?[[:space:]]*github\.com\/moby\/buildkit (v[^ ]+).*/\2/p' "$tools/go.mod")
  [[ $version ]] || fail "read BuildKit's version" "$tools/go.mod does not require github.com/moby/buildkit" "restore that file"
}

tools_folder() {
  printf '%s/tools/%s-%s\n' "$cache" "$version" "$(cksum <"$tools/go.sum" | cut -d' ' -f1)"
}

# missing_tools NAME...: the packages of those that the cache lacks.
missing_tools() {
  local name
  for name in "$@"; do
    [[ -x $(tools_folder)/$name ]] || echo "github.com/moby/buildkit/cmd/$name"
  done
}

# need_go WHAT WHY NAME...: fails where Go is needed to build these commands and missing.
need_go() {
  local what=$1 why=$2
  shift 2
  [[ ! $(missing_tools "$@") ]] || command -v go >/dev/null ||
    fail "$what" "${why}there is no go on PATH to build $* $version with" \
      "install Go $(sed -n 's/^go //p' "$tools/go.mod") or newer, start Docker, or set BUILDKIT_HOST"
}

# Builds those of the named commands that the cache lacks, all in one go: they share most packages.
ensure_tools() {
  local folder partial missing
  folder=$(tools_folder)
  # shellcheck disable=SC2207 # no spaces in them; macOS has no mapfile
  missing=($(missing_tools "$@"))
  ((${#missing[@]})) || return 0
  need_go "build $* $version" '' "$@"
  say "building ${missing[*]} $version with $(go env GOVERSION); once, about two minutes"
  mkdir -p "$folder"
  if [[ $locked ]]; then rm -rf "$folder"/partial.*; fi # of an interrupted run
  partial=$(mktemp -d "$folder/partial.XXXXXX")
  # Renamed into place at the end, so an interrupted build leaves nothing that looks finished.
  (cd "$tools" && CGO_ENABLED=0 GOWORK=off go build -trimpath -buildvcs=false -mod=readonly \
    -ldflags "-s -w -X github.com/moby/buildkit/version.Version=$version" -o "$partial/" "${missing[@]}") >&2 ||
    fail "build ${missing[*]}" "go build failed, see above" "check that Go reaches its module proxy (go env GOPROXY)"
  mv "$partial"/* "$folder/"
  rmdir "$partial"
}
