#!/usr/bin/env bash
# Fetches zones that nobody here wrote into a folder, for `npm run test:corpus`: those that Debian's bind9 installs, those of
# the test suite in its source package, and those of octoDNS's source distribution. Arguments: the folder; pip of a venv.
set -euo pipefail

folder=$(realpath "$1")
pip=$2
here=$(realpath "$(dirname "$0")")

mkdir -p "$folder/bind-installed" "$folder/bind-source" "$folder/octodns"
cp -r /etc/bind/db.* "$folder/bind-installed"

# apt with lists of its own: the sources of packages come from where the packages come from, and nothing here changes.
apt=$folder/apt
mkdir -p "$apt/parts" "$apt/lists/partial" "$apt/cache/archives/partial"
for sources in /etc/apt/sources.list.d/{debian,ubuntu}.sources; do
  if [ -e "$sources" ]; then sed 's/^Types:.*/Types: deb-src/' "$sources" >"$apt/parts/${sources##*/}"; fi
done
# Where the older form is left, it has nothing but comments beside the newer one.
if [ -e /etc/apt/sources.list ]; then
  sed -n 's/^deb /deb-src /p' /etc/apt/sources.list >"$apt/parts/older.list"
fi
options=(
  -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$apt/parts"
  -o "Dir::State::lists=$apt/lists" -o "Dir::Cache=$apt/cache" -o APT::Sandbox::User=root
)
# The release's own version: of security updates, not every mirror has the source.
release=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
if apt-get "${options[@]}" update -qq && (cd "$apt" && apt-get "${options[@]}" source --download-only -qq "bind9/$release"); then
  tar --extract --xz --file "$apt"/bind9_*.orig.tar.xz --directory "$folder/bind-source"
else
  echo 'No mirror here has the source of bind9: only the zones that its packages install are judged.' >&2
fi
rm -r "$apt"

# The version that the gate installs, with the same hashes, as source: only there are its tests.
"$pip" install --quiet --no-deps --only-binary :all: --require-hashes -r "$here/corpus-tools.txt"
sed -n '/^octodns==/,/# via/p' "$here/gate-tools.txt" >"$folder/octodns.txt"
"$pip" download --quiet --no-deps --no-build-isolation --no-binary :all: --require-hashes \
  -r "$folder/octodns.txt" --dest "$folder/sdist"
tar --extract --gzip --file "$folder"/sdist/octodns-*.tar.gz --directory "$folder/octodns"
rm -r "$folder/sdist" "$folder/octodns.txt"
