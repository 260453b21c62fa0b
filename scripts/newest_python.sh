#!/usr/bin/env bash
# Print the newest Python 3 on PATH that runs; behind pyenv's shims, the newest that pyenv has.
set -euo pipefail
if command -v pyenv >/dev/null; then
  PYENV_VERSION=$(pyenv versions --bare | grep '^3\.' | sort -rV | paste -sd:)
  export PYENV_VERSION
fi
compgen -c python3. | grep -xE 'python3\.[0-9]+' | sort -uVr | while read -r python; do
  if "$python" -c 'import sys; print(sys.executable)' 2>/dev/null; then break; fi
done
