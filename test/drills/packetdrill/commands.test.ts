// What commands between back quotes come to.
import {expect, test} from 'vitest';
import {parseCommands} from '../../../source/drills/packetdrill/parse-command.ts';

const queue = (full: boolean) => ({kind: 'queue', full});
const nothing = {kind: 'nothing'};
const own = (name: string, value: string) => ({kind: 'sysctl', name: `packet_tutor.tcp.${name}`, value});

test.each([
  ['tc qdisc add dev tun0 root pfifo limit 0', [queue(true)]],
  ['tc qdisc replace dev tun0 root pfifo limit 0', [queue(true)]],
  ['tc qdisc add dev tun0 root pfifo', [queue(false)]],
  // Of a queue that is there only what is named changes.
  ['tc qdisc replace dev tun0 root pfifo', [nothing]],
  [
    'tc qdisc delete dev tun0 root 2>/dev/null ; tc qdisc add dev tun0 root bfifo limit 9',
    [queue(false), queue(false)],
  ],
  [
    'tc qdisc add dev tun0 root netem delay 1ms',
    [{kind: 'unknown', text: 'tc qdisc add dev tun0 root netem delay 1ms'}],
  ],
  ['ip link set dev tun0 mtu 1200 gso_max_segs 1', [own('mss', '1160'), own('push', 'send')]],
  ['ethtool -K tun0 tso off gro off', [own('push', 'send'), nothing]],
  ['ethtool -K tun0 ntuple on', [{kind: 'unknown', text: 'ethtool -K ntuple on'}]],
  [
    'grep " 0A " /proc/net/tcp /proc/net/tcp6 | grep ":1F90"',
    [{kind: 'sockstat', state: 'LISTEN', count: 'any', port: 8080, owned: false}],
  ],
])('%s', (text, commands) => {
  expect(parseCommands(text)).toEqual(commands);
});
