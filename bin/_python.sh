# Sourced by the commands beside it: find a Python that is new enough, or say what to install.
find_python() {
  for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null 2>&1 &&
      "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  echo "leerkracht needs Python 3.11 or newer. On Debian and Ubuntu: sudo apt-get install python3 python3-venv" >&2
  exit 1
}
