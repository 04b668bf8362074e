# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# buildctl and buildkitd, built from the tool module.

tools_folder() {
  printf '%s/tools/%s-%s\n' "$cache" "$version" "$(cksum <"$here/tools/go.sum" | cut -d' ' -f1)"
}

# Builds those of the named commands that the cache lacks, all in one go: they share most packages.
ensure_tools() {
  local folder partial name missing=()
  folder=$(tools_folder)
  for name in "$@"; do
    [[ -x $folder/$name ]] || missing+=("github.com/moby/buildkit/cmd/$name")
  done
  ((${#missing[@]})) || return 0
  command -v go >/dev/null ||
    fail "build $* $version" "there is no go on PATH" "install Go $(sed -n 's/^go //p' "$here/tools/go.mod") or newer"
  say "building ${missing[*]} $version with $(go env GOVERSION); once, about two minutes"
  mkdir -p "$folder"
  if [[ $locked ]]; then rm -rf "$folder"/partial.*; fi # of an interrupted run
  partial=$(mktemp -d "$folder/partial.XXXXXX")
  # Renamed into place at the end, so an interrupted build leaves nothing that looks finished.
  (cd "$here/tools" && CGO_ENABLED=0 GOWORK=off go build -trimpath -buildvcs=false -mod=readonly \
    -ldflags "-s -w -X github.com/moby/buildkit/version.Version=$version" -o "$partial/" "${missing[@]}") >&2 ||
    fail "build ${missing[*]}" "go build failed, see above" "check that Go reaches its module proxy (go env GOPROXY)"
  mv "$partial"/* "$folder/"
  rmdir "$partial"
}
