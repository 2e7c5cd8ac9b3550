// Parses the text between back quotes in packetdrill scripts: shell commands, one or several in a block.
import type {Command} from './script.ts';

const settingPath = /^\/proc\/sys\//;

const sysctlOf = (assignment: string): Command => {
  const [path = '', ...rest] = assignment.split('=');
  const name = settingPath.test(path) ? path.replace(settingPath, '').replaceAll('/', '.') : path;
  const value = rest
    .join('=')
    .trim()
    .replace(/^["']|["']$/g, '');
  return {kind: 'sysctl', name: name.trim(), value};
};

/** Parses the words `NAME=VALUE` of sysctl as settings; a quoted value may contain blanks. */
const assignments = (words: string): readonly Command[] =>
  (words.match(/[\w./]+\s?=\s?(?:"[^"]*"|'[^']*'|\S*)/g) ?? []).map(sysctlOf);

/** Parses `sockstat … grep … grep -c STATE grep N` in a script, which checks that N sockets are in STATE. */
const sockstat = (line: string): Command => {
  const [query = '', ...filters] = line.split('|').map((part) => part.trim());
  const state = /^grep\s+-c\s+(\w+)$/.exec(filters.find((part) => /\s-c\s/.test(part)) ?? '')?.[1];
  const count = /^grep\s+(\d+)$/.exec(filters.at(-1) ?? '')?.[1];
  if (state === undefined || count === undefined) return {kind: 'unknown', text: line};
  const port = /\s-p\s+(\d+)/.exec(query)?.[1];
  const owned = filters.some((part) => /^grep\s+packetdril/.test(part));
  return {
    kind: 'sockstat',
    state,
    count: Number(count),
    port: port === undefined ? undefined : Number(port),
    owned,
  };
};

/**
 * Matches `grep " 0A " /proc/net/tcp … grep ":1F90"` in a script, which checks that a socket is in that state (a hexadecimal number) on
 * that port.
 */
const procState =
  /^grep\s+["']\s?([0-9A-Fa-f]{2})\s?["']\s+\/proc\/net\/tcp\b[^|]*(?:\|\s*grep\s+["']:([0-9A-Fa-f]{4})["'])?\s*$/;

/** The names by which sockstat calls the TCP states, in the order of their numbers in net/tcp_states.h. */
const procStates = [
  ...['', 'ESTABLISHED', 'SYN_SENT', 'SYN_RCVD', 'FIN_WAIT_1', 'FIN_WAIT_2', 'TIME_WAIT'],
  ...['CLOSED', 'CLOSE_WAIT', 'LAST_ACK', 'LISTEN', 'CLOSING'],
];

const procQuery = (line: string): Command | undefined => {
  const [, number = '', port] = procState.exec(line) ?? [];
  const state = procStates[Number.parseInt(number, 16)];
  if (state === undefined) return undefined;
  const ports = port === undefined ? undefined : Number.parseInt(port, 16);
  return {kind: 'sockstat', state, count: 'any', port: ports, owned: false};
};

/** Parses `tc qdisc add dev tun0 root pfifo limit 0`, after which the interface accepts nothing; any other plain queue accepts all. */
const queue = (line: string): Command | undefined => {
  const [, verb, rest = ''] =
    /^tc\s+qdisc\s+(add|replace|change|del|delete)\s+dev\s+\S+\s+root\b(.*)$/.exec(line) ?? [];
  if (verb === undefined) return undefined;
  if (/^del/.test(verb)) return {kind: 'queue', full: false};
  const [, limit] = /^\s+(?:handle\s+\S+\s+)?[pb]fifo(?:\s+limit\s+(\d+))?\s*$/.exec(rest) ?? [];
  if (limit !== undefined) return {kind: 'queue', full: limit === '0'};
  if (!/^\s+(?:handle\s+\S+\s+)?[pb]fifo\s*$/.test(rest)) return undefined;
  // `tc qdisc change` and `replace` of an existing queue leave its limit unless they name one.
  return verb === 'add' ? {kind: 'queue', full: false} : {kind: 'nothing'};
};

const own = (name: string, value: string): Command => ({
  kind: 'sysctl',
  name: `packet_tutor.tcp.${name}`,
  value,
});
const plainHeaders = 40;

/** Parses `ip link set dev tun0 mtu 1500 gso_max_segs 1` and `ethtool -K tun0 tso off gro off`; undefined for other commands. */
const interfaceOf = (line: string): readonly Command[] | undefined => {
  const [, tool, rest = ''] = /^(ip link set(?: dev)?|ethtool -K)\s+\S+\s+(.*)$/.exec(line) ?? [];
  if (tool === undefined) return undefined;
  const pairs = [
    ...rest
      .replace(/(^|\s)up(\s|$)/, ' ')
      .trim()
      .matchAll(/(\S+)\s+(\S+)/g),
  ];
  return pairs.map(([text, name = '', value = '']): Command => {
    // Without TSO or GSO, the stack gives single segments to the network card, so every send sets PSH.
    if (/^(tso|gso|tcp-segmentation-offload|generic-segmentation-offload)$/.test(name) && value === 'off')
      return own('push', 'send');
    if (name === 'gso_max_segs' && value === '1') return own('push', 'send');
    if (name === 'mtu' && /^\d+$/.test(value)) return own('mss', `${Number(value) - plainHeaders}`);
    const quiet = /^(gro|lro|generic-receive-offload|rx|tx|sg|tso|gso|txqueuelen)$/.test(name);
    return quiet ? {kind: 'nothing'} : {kind: 'unknown', text: `${tool} ${text}`};
  });
};

const tcpdrop = (line: string): Command => {
  const state = /^tcpdrop\s+(?:-\w\s+)*?-s\s+(\w+)/.exec(line)?.[1];
  return state === undefined ? {kind: 'unknown', text: line} : {kind: 'tcpdrop', state};
};

const parseLine = (line: string): readonly Command[] => {
  if (/^sysctl\s/.test(line)) {
    const found = assignments(line.replace(/^sysctl(\s+-\w+)*/, ''));
    return found.length > 0 ? found : [{kind: 'unknown', text: line}];
  }
  if (/(^|\/)set_sysctls\.py\s/.test(line)) return assignments(line.replace(/^\S+/, ''));
  if (/(^|\/)defaults\.sh$/.test(line)) return [{kind: 'suite-defaults'}];
  // Scripts call nstat without using its counters; the other command sets how HyStart detects congestion, which is already so here.
  if (/^nstat\b/.test(line) || /^echo 3 > \S+\/hystart_detect$/.test(line)) return [{kind: 'nothing'}];
  if (/^ip tcp_metrics flush\b/.test(line)) return [{kind: 'forget-peers'}];
  // A script's sysctl_restore is ignored, because its settings end with the script anyway.
  if (/sysctl_restore/.test(line)) return [{kind: 'nothing'}];
  if (/^sockstat\s/.test(line)) return [sockstat(line)];
  if (/^tcpdrop\s/.test(line)) return [tcpdrop(line)];
  const device = interfaceOf(line);
  if (device !== undefined) return device;
  const asked = procQuery(line) ?? queue(line.replace(/\s*2?>\s*\/dev\/null\s*$/, ''));
  return [asked ?? {kind: 'unknown', text: line}];
};

export const parseCommands = (block: string): readonly Command[] =>
  block
    .replace(/\\\n/g, ' ')
    .split(/\n|;|&&/)
    .map((line) => line.replace(/^\s*#.*/, '').trim())
    .filter((line) => line !== '')
    .flatMap(parseLine);
