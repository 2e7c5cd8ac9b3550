// The reason for what a reader sees in a run with a fault.

import {some} from '../../helpers/seeds.ts';
import {drop, edit, late, type ToldRow, testTold, toldAlone} from './told-with.ts';

const rows: readonly ToldRow[] = [
  // A timer is already due when it is set (RFC 8985 §8: it counts from when the segment was sent).
  [
    ['teardown what-if 1', 4, drop],
    {
      says: 'told.again.timer',
      host: 'client',
      wait: '300 ms',
      anew: '1.300 s',
      due: '1.900 s',
      overdue: true,
    },
  ],
  // A query is repeated while the resolver searches (RFC 5452 §5).
  [
    ['dns-recursion what-if 4', 9, late(100_000)],
    {says: 'told.refused.sameQuestion', host: 'resolver', thing: {packet: 9}},
  ],
  // Linux ignores data on a SYN,ACK (RFC 9293 §3.10.7.3).
  [
    ['teardown base', 2, edit('tcp.hdr_len', 20)],
    {says: 'told.handshake.takesSynAlone', host: 'client', bytes: 12, ack: 9001},
  ],
  // Linux ignores a FIN on a SYN,ACK.
  [
    ['half-open base', 2, edit('tcp.flags.fin', 1)],
    {says: 'told.handshake.takesSynAlone', host: 'client', fin: true, ack: 9001},
  ],
  // A window has too little room (RFC 9293 §3.8.6.2.1).
  [
    ['teardown base', 2, edit('tcp.window_size_value', 1)],
    {says: 'told.holds.little', host: 'client', bytes: 100, until: '400 ms'},
  ],
  // An RST acknowledges something else (RFC 9293 §3.10.7.3).
  [
    ['refused base', 2, edit('tcp.ack_raw', 500)],
    {says: 'told.refused.rstAlone', host: 'client', thing: {packet: 2}},
  ],
  // Only the checksum is edited (RFC 768: 0 means no checksum).
  [['dns-recursion browser', 1, edit('udp.checksum', 0)], {says: 'told.altered.unread', packet: 1}],
];

testTold(some(rows, 3), toldAlone);
