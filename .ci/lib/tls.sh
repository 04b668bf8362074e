# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# A buildkitd that asks for mutual TLS, and the certificates for it.

tls_up() {
  local folder=$run/buildkitd-tls
  ensure_certificates "$folder/certificates"
  cat >"$folder/tls.toml" <<TOML
[grpc.tls]
  ca = "$folder/certificates/server/ca.pem"
  cert = "$folder/certificates/server/cert.pem"
  key = "$folder/certificates/server/key.pem"
TOML
  buildkitd_up buildkitd-tls "$folder/tls.toml"
}

tls_facts() {
  local folder=$run/buildkitd-tls
  echo "BUILDKIT_TLS=tcp://127.0.0.1:$(cat "$folder/port")"
  echo "BUILDKIT_TLS_DIR=$folder/certificates/client"
}

# ensure_certificates FOLDER: makes server/ and client/, each with ca.pem, cert.pem and key.pem, as buildctl's --tlsdir
# wants them. Renamed into place at the end: a folder that is there is complete.
ensure_certificates() {
  local folder=$1 partial=$1.partial
  [[ ! -d $folder ]] || return 0
  command -v openssl >/dev/null || fail "make certificates" "there is no openssl on PATH" "install openssl"
  rm -rf "$partial"
  mkdir -p "$partial"/{server,client}
  (
    umask 077
    make_authority "$partial"
    make_certificate "$partial" server serverAuth DNS:localhost,IP:127.0.0.1,IP:::1
    make_certificate "$partial" client clientAuth DNS:client
  ) >"$run/openssl.log" 2>&1 || {
    cat "$run/openssl.log" >&2
    fail "make certificates" "openssl failed, see above" "check that openssl is 1.1.1 or newer"
  }
  mv "$partial" "$folder"
}

make_authority() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj '/CN=authority for tests' \
    -keyout "$1/ca-key.pem" -out "$1/ca.pem"
}

# make_certificate FOLDER NAME USAGE NAMES
make_certificate() {
  local folder=$1 name=$2
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$name" \
    -keyout "$folder/$name/key.pem" -out "$folder/$name/request.pem" &&
    openssl x509 -req -in "$folder/$name/request.pem" -days 3650 -CA "$folder/ca.pem" -CAkey "$folder/ca-key.pem" \
      -CAcreateserial -out "$folder/$name/cert.pem" \
      -extfile <(printf 'extendedKeyUsage = %s\nsubjectAltName = %s\n' "$3" "$4") &&
    cp "$folder/ca.pem" "$folder/$name/ca.pem" &&
    rm "$folder/$name/request.pem"
}
