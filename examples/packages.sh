# Installs the Debian packages that building needs, if any is missing. Sourced by quickstart.sh and tests/run.sh.
# SPDX-License-Identifier: BSD-3-Clause
# Needs no network and no rights when all are there. Ends with 3 when it cannot install.

# libseccomp-dev: the system-call filter of the worker processes. libcurl4-openssl-dev: the bridge to vision-language models.
exturbo_packages="g++ cmake ninja-build pkg-config libeigen3-dev liblbfgspp-dev nlohmann-json3-dev \
libboost-program-options-dev libngspice0-dev libmuparser-dev libnlopt-dev librandom123-dev libmd-dev libseccomp-dev libcurl4-openssl-dev"

# require_packages PACKAGE... : makes sure that all are installed.
require_packages() {
  missing=""
  for package in "$@"; do
    case "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" in
      installed) ;;
      *) missing="$missing $package" ;;
    esac
  done
  [ -z "$missing" ] && return 0
  install="apt-get update && apt-get install -y --no-install-recommends$missing"
  if [ "$(id -u)" = 0 ]; then
    echo "== installing:$missing"
    DEBIAN_FRONTEND=noninteractive sh -c "$install" >/dev/null && return 0
  elif command -v sudo >/dev/null 2>&1; then
    echo "== installing with sudo:$missing"
    sudo DEBIAN_FRONTEND=noninteractive sh -c "$install" >/dev/null && return 0
  fi
  echo "These packages are missing and could not be installed from here:$missing" >&2
  echo "Type this as root, then start again:" >&2
  echo "  $install" >&2
  exit 3
}
