#!/bin/sh
# Makes a virtual environment on a machine that may have python3 and nothing else: virtualenv.sh PYTHON FOLDER
set -eu
python=$1
folder=$2

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Rotative needs Python 3.11 or newer. Name one: make run PYTHON=python3.13" >&2
    exit 2
fi

# Debian keeps venv and ensurepip in a package of their own.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "This Python cannot make virtual environments. Run: sudo apt-get install $package" >&2
        exit 2
    fi
    echo "Installing $package ..."
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$package" >/dev/null
fi

"$python" -m venv "$folder"
