import type { Connects } from './probe-pod';

/**
 * For images of others: bash, or else the wget of BusyBox, which also says what a connection came to. The root is read-only, so
 * outcomes, which come in any order, are numbered.
 */
const CONNECT = `
n=0
for target in "$@"; do
  n=$((n + 1))
  host=\${target%:*} port=\${target##*:}
  (
    if command -v bash >/dev/null; then
      said=$(timeout 3 bash -c ": </dev/tcp/$host/$port" 2>&1)
      [ $? -eq 124 ] && said='timed out'
    else
      said=$(wget -q -T 3 -O /dev/null "http://$host:$port/" 2>&1)
    fi
    case $said in
      *refused*) echo "$n \\"refused\\"" ;;
      *'timed out'*) echo "$n \\"timed out\\"" ;;
      *) echo "$n \\"answered\\"" ;;
    esac
  ) &
done | sort -n | cut -d ' ' -f 2- | tr '\\n' ',' | sed 's/,$//; s/.*/[&]/'
`;

/** Opens connections from a container that has a shell and no Node. */
export const inShell: Connects = (targets) => [
  'sh',
  '-c',
  CONNECT,
  'connect',
  ...targets.map(({ host, port }) => `${host}:${port}`),
];
