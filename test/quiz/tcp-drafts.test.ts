// What is asked about TCP, what is right, and what each belief would answer, at every place of a run. Oracle: worked out by hand from the
// figures of RFC 9293 with the runs’ octets (100, 200 and 50 in the teardown), and from what each belief says (misconceptions.yaml).
import {expect, test} from 'vitest';
import type {QuestionKind} from '../../source/quiz/kinds.ts';
import {about, linesOf} from './drafts.ts';

test.each<[string, QuestionKind, readonly string[]]>([
  // RFC 9293 §3.4: the number behind the last octet, SYN or FIN that came in order.
  [
    'teardown',
    'next-ack',
    [
      '#2 c+1 | c+0=ack-is-last-byte-received, c+1=every-packet-plus-one, c+1=seq-counts-packets, 1=isn-zero-or-one, c+1, c+0, s+1',
      '#3 s+1 | s+0=ack-is-last-byte-received, s+1=every-packet-plus-one, s+1=seq-counts-packets, 1=isn-zero-or-one, s+1, s+0, c+2',
      '#5 c+101 | c+100=ack-is-last-byte-received, c+2=every-packet-plus-one, c+3=seq-counts-packets, 101=isn-zero-or-one, c+101, c+1, s+2',
      '#7 s+201 | s+200=ack-is-last-byte-received, s+2=every-packet-plus-one, s+3=seq-counts-packets, 201=isn-zero-or-one, s+201, s+1, c+102',
      '#9 c+102 | c+101=ack-is-last-byte-received, c+102=every-packet-plus-one, c+5=seq-counts-packets, 102=isn-zero-or-one, c+102, c+101, s+202',
      '#11 s+251 | s+250=ack-is-last-byte-received, s+202=every-packet-plus-one, s+5=seq-counts-packets, 251=isn-zero-or-one, s+251, s+201, c+103',
      '#13 s+252 | s+251=ack-is-last-byte-received, s+252=every-packet-plus-one, s+6=seq-counts-packets, 252=isn-zero-or-one, s+252, s+251, c+103',
    ],
  ],
  [
    'handshake-loss/third',
    'next-ack',
    [
      '#2 c+1 | c+0=ack-is-last-byte-received, c+1=every-packet-plus-one, c+1=seq-counts-packets, 1=isn-zero-or-one, c+1, c+0, s+1',
      '#3 s+1 | s+0=ack-is-last-byte-received, s+1=every-packet-plus-one, s+1=seq-counts-packets, 1=isn-zero-or-one, s+1, s+0, c+2',
      '#5 s+1 | s+0=ack-is-last-byte-received, s+2=every-packet-plus-one, s+2=seq-counts-packets, 1=isn-zero-or-one, s+1, s+0, c+2',
    ],
  ],
  [
    'simultaneous-close',
    'next-ack',
    [
      '#2 c+1 | c+0=ack-is-last-byte-received, c+1=every-packet-plus-one, c+1=seq-counts-packets, 1=isn-zero-or-one, c+1, c+0, s+1',
      '#3 s+1 | s+0=ack-is-last-byte-received, s+1=every-packet-plus-one, s+1=seq-counts-packets, 1=isn-zero-or-one, s+1, s+0, c+2',
      '#5 c+101 | c+100=ack-is-last-byte-received, c+2=every-packet-plus-one, c+3=seq-counts-packets, 101=isn-zero-or-one, c+101, c+1, s+2',
      '#7 s+201 | s+200=ack-is-last-byte-received, s+2=every-packet-plus-one, s+3=seq-counts-packets, 201=isn-zero-or-one, s+201, s+1, c+102',
      '#9 c+101 | c+100=ack-is-last-byte-received, c+102=every-packet-plus-one, c+4=seq-counts-packets, 101=isn-zero-or-one, c+101, c+101, s+202',
      '#10 c+102 | c+101=ack-is-last-byte-received, c+102=every-packet-plus-one, c+5=seq-counts-packets, 102=isn-zero-or-one, c+102, c+101, s+203',
      '#11 s+202 | s+201=ack-is-last-byte-received, s+202=every-packet-plus-one, s+4=seq-counts-packets, 202=isn-zero-or-one, s+202, s+201, c+103',
    ],
  ],
  // RFC 9293 §3.4: behind what the segment before used up; §3.8.1: the same number when it is sent again.
  [
    'teardown',
    'next-seq',
    [
      '#3 c+1 | c+1=every-packet-plus-one, c+1=seq-counts-packets, 1=isn-zero-or-one, c+0, c+0, c+1',
      '#4 c+1 | c+2=every-packet-plus-one, c+2=seq-counts-packets, 1=isn-zero-or-one, c+1, c+0, c+1, s+1',
      '#5 s+1 | s+1=every-packet-plus-one, s+1=seq-counts-packets, 1=isn-zero-or-one, s+0, s+0, s+1, c+1',
      '#6 s+1 | s+2=every-packet-plus-one, s+2=seq-counts-packets, 1=isn-zero-or-one, s+1, s+0, s+1, c+101',
      '#7 c+101 | c+2=every-packet-plus-one, c+3=seq-counts-packets, 101=isn-zero-or-one, c+1, c+100, c+101, s+1',
      '#8 c+101 | 332635554=fin-random-seq, c+102=every-packet-plus-one, c+4=seq-counts-packets, 101=isn-zero-or-one, c+101, c+100, c+101, s+201',
      '#9 s+201 | s+2=every-packet-plus-one, s+3=seq-counts-packets, 201=isn-zero-or-one, s+1, s+200, s+201, c+101',
      '#10 s+201 | s+202=every-packet-plus-one, s+4=seq-counts-packets, 201=isn-zero-or-one, s+201, s+200, s+201, c+102',
      '#11 c+102 | c+102=every-packet-plus-one, c+5=seq-counts-packets, 102=isn-zero-or-one, c+101, c+101, c+102, s+201',
      '#12 s+251 | 1747167550=fin-random-seq, s+202=every-packet-plus-one, s+5=seq-counts-packets, 251=isn-zero-or-one, s+201, s+250, s+251, c+102',
      '#13 c+102 | c+103=every-packet-plus-one, c+6=seq-counts-packets, 102=isn-zero-or-one, c+102, c+101, c+102, s+251',
    ],
  ],
  [
    'handshake-loss/third',
    'next-seq',
    [
      '#3 c+1 | c+1=every-packet-plus-one, c+1=seq-counts-packets, 1=isn-zero-or-one, c+0, c+0, c+1',
      '#4 s+0 | 1747105050=resent-syn-new-isn, s+1=every-packet-plus-one, s+1=seq-counts-packets, 0=isn-zero-or-one, s+0, s+-1, s+1, c+1',
      '#5 c+1 | c+2=every-packet-plus-one, c+2=seq-counts-packets, 1=isn-zero-or-one, c+1, c+0, c+1, s+1',
    ],
  ],
  // RFC 9293 figures 6 and 7.
  [
    'teardown',
    'fill-in-handshake',
    ['#2 c+1 | c+0=ack-is-last-byte-received, c+2=every-packet-plus-one, 0=isn-zero-or-one'],
  ],
  [
    'simultaneous-open',
    'fill-in-handshake',
    ['#3 c+1 | c+0=ack-is-last-byte-received, c+2=every-packet-plus-one, 0=isn-zero-or-one'],
  ],
  // RFC 9293 §3.5 and its figures 6 to 10, §3.10.7.
  [
    'teardown',
    'which-flags',
    [
      '#1 0x0002 | 0, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
      '#2 0x0012 | 0, 0x0002, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
      '#3 0x0010 | 0x0012=flags-stick, 0, 0x0012, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
      '#5 0x0010 | 0x0012=flags-stick, 0, 0x0010, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
      '#7 0x0010 | 0x0012=flags-stick, 0, 0x0010, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
      '#8 0x0011 | 0x0013=flags-stick, 0, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
      '#9 0x0010 | 0x0012=flags-stick, 0x0011=flags-stick, 0, 0x0011, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
      '#11 0x0010 | 0x0012=flags-stick, 0x0011=flags-stick, 0, 0x0010, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
      '#12 0x0011 | 0x0013=flags-stick, 0, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
      '#13 0x0010 | 0x0012=flags-stick, 0x0011=flags-stick, 0, 0x0011, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
    ],
  ],
  [
    'handshake-loss/third',
    'which-flags',
    [
      '#1 0x0002 | 0, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
      '#2 0x0012 | 0, 0x0002, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
      '#3 0x0010 | 0x0012=flags-stick, 0, 0x0012, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
      '#4 0x0012 | 0, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
      '#5 0x0010 | 0x0012=flags-stick, 0=stale-syn-ignored, 0x0012, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
    ],
  ],
  [
    'half-open',
    'which-flags',
    [
      '#1 0x0002 | 0, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
      '#2 0x0012 | 0, 0x0002, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
      '#3 0x0010 | 0x0012=flags-stick, 0, 0x0012, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
      '#5 0x0004 | 0, 0x0010, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
      '#5 0 | 0x0010=rst-is-acked, 0x0014=rst-is-acked, 0x0011, 0x0004',
    ],
  ],
  [
    'refused',
    'which-flags',
    [
      '#1 0x0002 | 0, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
      '#2 0x0014 | 0=closed-port-silent, 0x0002, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
      '#2 0 | 0x0010=rst-is-acked, 0x0014=rst-is-acked, 0x0011, 0x0004',
    ],
  ],
  [
    'why-three',
    'which-flags',
    [
      '#1 0x0002 | 0, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
      '#2 0x0012 | 0, 0x0002, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
      '#3 0x0004 | 0=stale-syn-ignored, 0x0012, 0x0010, 0x0012, 0x0011, 0x0004, 0x0014, 0x0002, 0x0001',
      '#3 0 | 0x0010=rst-is-acked, 0x0014=rst-is-acked, 0x0011, 0x0004',
    ],
  ],
  // RFC 9293 figure 5.
  [
    'teardown',
    'state-after',
    [
      '#1 SYN-RECEIVED | ESTABLISHED=established-together, LISTEN, SYN-SENT, ESTABLISHED, SYN-SENT, FIN-WAIT-1',
      '#2 ESTABLISHED | SYN-SENT, SYN-RECEIVED, FIN-WAIT-1, SYN-RECEIVED, FIN-WAIT-2',
      '#3 ESTABLISHED | SYN-RECEIVED, ESTABLISHED, FIN-WAIT-1, SYN-RECEIVED, FIN-WAIT-2',
      '#8 CLOSE-WAIT | CLOSED=fin-closes-both, ESTABLISHED, FIN-WAIT-1, LAST-ACK, TIME-WAIT, CLOSED',
      '#9 FIN-WAIT-2 | CLOSED=fin-closes-both, FIN-WAIT-1, CLOSE-WAIT, CLOSING, FIN-WAIT-1, TIME-WAIT',
      '#12 TIME-WAIT | CLOSING=closing-from-lost-ack, CLOSED=time-wait-on-server, FIN-WAIT-2, LAST-ACK, CLOSE-WAIT, CLOSING, LAST-ACK',
      '#13 LISTEN | LAST-ACK, TIME-WAIT, SYN-SENT, CLOSED, SYN-RECEIVED',
    ],
  ],
  [
    'simultaneous-open',
    'state-after',
    [
      '#1 SYN-RECEIVED | ESTABLISHED=established-together, SYN-SENT, SYN-SENT, ESTABLISHED, SYN-SENT, FIN-WAIT-1',
      '#2 SYN-RECEIVED | ESTABLISHED=established-together, SYN-SENT, SYN-RECEIVED, ESTABLISHED, SYN-SENT, FIN-WAIT-1',
      '#3 ESTABLISHED | SYN-RECEIVED, SYN-RECEIVED, FIN-WAIT-1, SYN-RECEIVED, FIN-WAIT-2',
      '#4 ESTABLISHED | SYN-RECEIVED, ESTABLISHED, FIN-WAIT-1, SYN-RECEIVED, FIN-WAIT-2',
    ],
  ],
  [
    'simultaneous-close',
    'state-after',
    [
      '#1 SYN-RECEIVED | ESTABLISHED=established-together, LISTEN, SYN-SENT, ESTABLISHED, SYN-SENT, FIN-WAIT-1',
      '#2 ESTABLISHED | SYN-SENT, SYN-RECEIVED, FIN-WAIT-1, SYN-RECEIVED, FIN-WAIT-2',
      '#3 ESTABLISHED | SYN-RECEIVED, ESTABLISHED, FIN-WAIT-1, SYN-RECEIVED, FIN-WAIT-2',
      '#8 CLOSING | TIME-WAIT=closing-from-lost-ack, FIN-WAIT-1, FIN-WAIT-1, TIME-WAIT, FIN-WAIT-2, CLOSE-WAIT',
      '#9 CLOSING | TIME-WAIT=closing-from-lost-ack, FIN-WAIT-1, CLOSING, TIME-WAIT, FIN-WAIT-2, CLOSE-WAIT',
      '#10 TIME-WAIT | CLOSED=time-wait-on-server, CLOSING, CLOSING, CLOSE-WAIT, CLOSING, LAST-ACK',
      '#11 TIME-WAIT | CLOSED=time-wait-on-server, CLOSING, TIME-WAIT, CLOSE-WAIT, CLOSING, LAST-ACK',
    ],
  ],
  [
    'half-open',
    'state-after',
    [
      '#1 SYN-RECEIVED | ESTABLISHED=established-together, LISTEN, SYN-SENT, ESTABLISHED, SYN-SENT, FIN-WAIT-1',
      '#2 ESTABLISHED | SYN-SENT, SYN-RECEIVED, FIN-WAIT-1, SYN-RECEIVED, FIN-WAIT-2',
      '#3 ESTABLISHED | SYN-RECEIVED, ESTABLISHED, FIN-WAIT-1, SYN-RECEIVED, FIN-WAIT-2',
      '#5 CLOSED | ESTABLISHED, CLOSED, LISTEN, LAST-ACK, SYN-SENT',
    ],
  ],
  [
    'why-three',
    'state-after',
    [
      '#1 SYN-RECEIVED | ESTABLISHED=established-together, LISTEN, CLOSED, ESTABLISHED, SYN-SENT, FIN-WAIT-1',
      '#2 CLOSED | CLOSED, SYN-RECEIVED, LISTEN, LAST-ACK, SYN-SENT',
      '#3 LISTEN | SYN-RECEIVED, CLOSED, SYN-SENT, CLOSED, SYN-RECEIVED',
    ],
  ],
  // RFC 9293 figures 12 and 13: what has not arrived yet has changed nothing.
  [
    'teardown',
    'state-of-peer',
    [
      '#2 SYN-RECEIVED | ESTABLISHED=established-together, ESTABLISHED, ESTABLISHED, SYN-SENT, FIN-WAIT-1',
      '#4 ESTABLISHED | ESTABLISHED, FIN-WAIT-1, SYN-RECEIVED, FIN-WAIT-2',
      '#9 CLOSE-WAIT | CLOSED=fin-closes-both, FIN-WAIT-2, LAST-ACK, TIME-WAIT, CLOSED',
      '#12 LAST-ACK | TIME-WAIT=time-wait-on-server, TIME-WAIT, CLOSED, CLOSE-WAIT, LISTEN',
    ],
  ],
  [
    'simultaneous-close',
    'state-of-peer',
    [
      '#2 SYN-RECEIVED | ESTABLISHED=established-together, ESTABLISHED, ESTABLISHED, SYN-SENT, FIN-WAIT-1',
      '#4 ESTABLISHED | ESTABLISHED, FIN-WAIT-1, SYN-RECEIVED, FIN-WAIT-2',
      '#11 CLOSING | TIME-WAIT, TIME-WAIT, FIN-WAIT-2, CLOSE-WAIT',
      '#11 TIME-WAIT | TIME-WAIT, CLOSE-WAIT, CLOSING, LAST-ACK',
      '#11 TIME-WAIT | CLOSED=time-wait-proves-close, CLOSED, CLOSE-WAIT, CLOSING, LAST-ACK',
      '#11 CLOSED | TIME-WAIT=time-wait-on-server, CLOSED, LISTEN, LAST-ACK, SYN-SENT',
    ],
  ],
  // RFC 9293 figure 12, four in a row.
  [
    'teardown',
    'order-packets',
    [
      '#1 1,2,3,4',
      '#2 2,3,4,5',
      '#3 3,4,5,6',
      '#4 4,5,6,7',
      '#5 5,6,7,8',
      '#6 6,7,8,9',
      '#7 7,8,9,10',
      '#8 8,9,10,11',
    ],
  ],
  // RFC 9293 §3.8.1: who waits for an acknowledgement sends again; RFC 6298.
  [
    'teardown',
    'if-dropped',
    [
      '#3 198.51.100.20 | 198.51.100.20, 192.0.2.10, 0, RST',
      '#3 0 | 192.0.2.10, 198.51.100.20, 0, RST=lost-third-ack-kills',
      '#5 192.0.2.10 | 192.0.2.10, 198.51.100.20, 0, RST',
      '#5 0 | 198.51.100.20, 192.0.2.10, 0, RST',
      '#7 198.51.100.20 | 198.51.100.20, 192.0.2.10, 0, RST',
      '#8 198.51.100.20 | 192.0.2.10, 198.51.100.20, 0, RST',
      '#9 192.0.2.10 | 192.0.2.10, 198.51.100.20, 0, RST',
      '#9 0 | 198.51.100.20, 192.0.2.10, 0, RST',
      '#13 198.51.100.20 | 198.51.100.20, 192.0.2.10, 0, RST',
      '#11 0 | 192.0.2.10, 198.51.100.20, 0, RST',
      '#13 198.51.100.20 | 198.51.100.20, 192.0.2.10, 0, RST',
      '#14 198.51.100.20 | 192.0.2.10, 198.51.100.20, 0, RST',
    ],
  ],
  // RFC 9293 §3.10.7.4: what has come before is answered with RCV.NXT.
  [
    'teardown',
    'if-delayed',
    [
      '#15 s+252 | s+251=ack-is-last-byte-received, s+253=every-packet-plus-one, s+452, s+201, s+1, c+101, none',
      '#15 s+252 | s+251=ack-is-last-byte-received, s+253=every-packet-plus-one, s+302, s+251, s+201, c+102, none',
      '#15 s+252 | s+251=ack-is-last-byte-received, s+253=every-packet-plus-one, s+253, s+252, s+251, c+102, none',
    ],
  ],
  // the fault of the run.
  ['handshake-loss/third', 'which-packet-lost', ['#3 3 | 4=ack-names-lost']],
  ['loss-recovery', 'which-packet-lost', ['#5 5 | 13=ack-names-lost']],
  // RFC 6298 §5.5 (doubled), Linux tcp_syn_linear_timeouts=4, tcp_keepalive_time=7200 and _intvl=75, 2 MSL of 60 s.
  ['teardown', 'which-timer', ['#12 61350000 | 121350000, 31350000, 31350000, 181350000']],
  [
    'handshake-loss/nobody',
    'which-timer',
    [
      '#1 1000000 | 2000000, 500000, 500000, 3000000',
      '#2 2000000 | 3000000, 1500000, 1500000, 4000000',
      '#3 3000000 | 4000000, 2500000, 2500000, 5000000',
      '#4 4000000 | 5000000, 3500000, 3500000, 6000000',
      '#5 5000000 | 6000000, 4500000, 4500000, 7000000',
      '#6 7000000 | 6000000, 9000000, 6000000, 6000000, 11000000',
      '#7 11000000 | 9000000, 15000000, 9000000, 9000000, 19000000',
      '#8 19000000 | 15000000, 27000000, 15000000, 15000000, 35000000',
      '#9 35000000 | 27000000, 51000000, 27000000, 27000000, 67000000',
      '#10 67000000 | 51000000, 99000000, 51000000, 51000000, 131000000',
      '#11 131000000 | 99000000, 195000000, 99000000, 99000000, 259000000',
    ],
  ],
  [
    'half-open/keep-alive',
    'which-timer',
    [
      '#3 7200100000 | 14400100000, 3600100000, 3600100000, 21600100000',
      '#4 7275100000 | 14400100000, 7350100000, 7237600000, 7237600000, 7425100000',
      '#5 7350100000 | 7425100000, 7312600000, 7312600000, 7500100000',
      '#6 7425100000 | 7500100000, 7387600000, 7387600000, 7575100000',
      '#7 7500100000 | 7575100000, 7462600000, 7462600000, 7650100000',
      '#8 7575100000 | 7650100000, 7537600000, 7537600000, 7725100000',
      '#9 7650100000 | 7725100000, 7612600000, 7612600000, 7800100000',
      '#10 7725100000 | 7800100000, 7687600000, 7687600000, 7875100000',
      '#11 7800100000 | 7875100000, 7762600000, 7762600000, 7950100000',
      '#12 7875100000 | 7950100000, 7837600000, 7837600000, 8025100000',
    ],
  ],
  // RFC 9293 §3.6.1; MSL of two minutes (RFC), of 30 s (Linux); two closing at once: both wait.
  [
    'teardown',
    'ends-in-time-wait',
    ['#12 61350000 | 61400000=time-wait-on-server, 241350000=two-msl-fixed, 31350000, 0'],
  ],
  [
    'time-wait/rfc',
    'ends-in-time-wait',
    ['#8 241100000 | 241150000=time-wait-on-server, 61100000=two-msl-fixed, 121100000, 0'],
  ],
  ['simultaneous-close', 'ends-in-time-wait', []],
  // RFC 5681 §3.1: min(cwnd, rwnd) less what is outstanding.
  [
    'sliding-window',
    'usable-window',
    [
      '#8 0 | 7000=rwnd-is-cwnd, 3000, 10000, 3000, 1000',
      '#9 0 | 8000=rwnd-is-cwnd, 2000, 10000, 2000, 1000',
      '#10 0 | 9000=rwnd-is-cwnd, 1000, 10000, 1000, 1000',
      '#16 0 | 6000=rwnd-is-cwnd, 4000, 10000, 4000, 1000',
      '#21 0 | 7000=rwnd-is-cwnd, 3000, 10000, 3000, 1000',
      '#22 0 | 8000=rwnd-is-cwnd, 2000, 10000, 2000, 1000',
      '#23 0 | 9000=rwnd-is-cwnd, 1000, 10000, 1000, 1000',
      '#27 2000 | 8000=rwnd-is-cwnd, 4000, 10000, 2000, 3000',
      '#31 2000 | 8000=rwnd-is-cwnd, 4000, 10000, 2000, 3000',
      '#32 2000 | 9000=rwnd-is-cwnd, 3000, 10000, 1000, 3000',
    ],
  ],
  [
    'loss-recovery/no-sack',
    'usable-window',
    [
      '#12 4000 | 57256=rwnd-is-cwnd, 11000, 64256, 7000, 5000',
      '#13 4000 | 57256=rwnd-is-cwnd, 11000, 64256, 7000, 5000',
      '#14 4000 | 57256=rwnd-is-cwnd, 11000, 64256, 7000, 5000',
      '#16 500 | 57256=rwnd-is-cwnd, 7500, 64256, 7000, 1500',
      '#17 1500 | 57256=rwnd-is-cwnd, 8500, 64256, 7000, 2500',
      '#19 2500 | 59256=rwnd-is-cwnd, 7500, 64256, 5000, 3500',
    ],
  ],
  // RFC 5681 §3.2, RFC 6582 §3.2: half of what is in flight, and 3 MSS; an MSS for each duplicate; deflated by a partial ACK.
  ['loss-recovery', 'cwnd-after', ['#12 2000 | 64256=rwnd-is-cwnd, 10000, 11000, 20000, 5000, 1000, 10000']],
  [
    'loss-recovery/no-sack',
    'cwnd-after',
    [
      '#12 11000 | 64240=rwnd-is-cwnd, 10000, 11000, 20000, 5000, 1000, 11000',
      '#15 6500 | 64256=rwnd-is-cwnd, 11000, 12000, 22000, 5500, 1000, 11000',
      '#16 7500 | 64256=rwnd-is-cwnd, 6500, 7500, 13000, 3250, 1000, 6500',
      '#17 8500 | 64256=rwnd-is-cwnd, 7500, 8500, 15000, 3750, 1000, 7500',
      '#19 7500 | 64256=rwnd-is-cwnd, 8500, 9500, 17000, 4250, 1000, 10500',
      '#21 3500 | 64256=rwnd-is-cwnd, 7500, 8500, 15000, 3750, 1000, 12500',
    ],
  ],
])('%s: %s', (run, kind, lines) => {
  expect(linesOf(about(run), kind)).toEqual(lines);
});
