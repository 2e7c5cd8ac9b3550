// Every finding that a capture can lead to, family by family: how grave it is, the RFC about it, and the run of a lesson that shows it.

/** `fault`: something did not work. `slow`: it took longer than necessary. `note`: worth knowing, and no verdict. */
export type Level = 'fault' | 'slow' | 'note';

type Entry = {
  readonly level: Level;
  /** The clause of the RFC about the finding; absent if no RFC is about it. */
  readonly rfc?: string;
  /** The ID of the lesson that shows what the finding is about; absent if none does. */
  readonly lesson?: string;
  readonly run?: string;
  /** The findings that the very packets of this one exclude, if they prove it. */
  readonly excludes?: readonly string[];
};

const opening = {
  'syn-unanswered': {level: 'fault', rfc: '9293 §3.8.3', lesson: 'refused', run: 'filtered'},
  'syn-repeated': {level: 'slow', rfc: '6298 §2', lesson: 'handshake-loss', run: 'syn'},
  'syn-ack-lost': {level: 'slow', rfc: '9293 §3.10.7.4', lesson: 'handshake-loss', run: 'syn-ack'},
  'accept-queue-full': {level: 'slow', lesson: 'accept-queue', run: 'base'},
  refused: {
    level: 'fault',
    rfc: '9293 §3.10.7.1',
    lesson: 'refused',
    run: 'base',
    excludes: ['syn-unanswered', 'reset-stray'],
  },
  'refused-by-icmp': {
    level: 'fault',
    rfc: '1122 §4.2.3.9',
    lesson: 'refused',
    run: 'rejected',
    excludes: ['syn-unanswered'],
  },
  'ipv6-refused': {level: 'slow', rfc: '8305 §5'},
  'ipv6-silent': {level: 'slow', rfc: '8305 §5'},
  'syn-flood': {level: 'fault', rfc: '4987 §2', lesson: 'syn-flood', run: 'base'},
  'port-scan': {level: 'note'},
  'port-reused': {level: 'note', rfc: '9293 §3.6.1', lesson: 'time-wait', run: 'reuse'},
  'never-opened': {level: 'note', rfc: '9293 §3.10.7.4', lesson: 'handshake-loss', run: 'nobody'},
  'simultaneous-open': {level: 'note', rfc: '9293 §3.5', lesson: 'simultaneous-open', run: 'base'},
  'options-declined': {level: 'note', rfc: '7323 §2.2', lesson: 'handshake'},
  'fast-open': {level: 'note', rfc: '7413 §2', lesson: 'handshake', run: 'data-in-syn'},
  'challenge-ack': {level: 'note', rfc: '5961 §4', lesson: 'half-open', run: 'client-crash'},
  'two-families': {level: 'note', rfc: '8305 §5'},
} as const satisfies Readonly<Record<string, Entry>>;

const carrying = {
  'receiver-window': {level: 'slow', rfc: '9293 §3.8.6', lesson: 'sliding-window'},
  'zero-window': {level: 'slow', rfc: '9293 §3.8.6.1', lesson: 'sliding-window', run: 'never-read'},
  'window-shrunk': {level: 'note', rfc: '9293 §3.8.6', lesson: 'sliding-window', run: 'what-if-4'},
  'no-window-scaling': {level: 'slow', rfc: '7323 §2.2', lesson: 'handshake'},
  'congestion-window': {level: 'slow', rfc: '5681 §3.1', lesson: 'congestion', run: 'intact'},
  'path-rate': {level: 'slow', lesson: 'congestion', run: 'queue'},
  outage: {level: 'slow', rfc: '6298 §5', lesson: 'loss-recovery', run: 'what-if-1'},
  'mss-over-window': {level: 'slow', rfc: '9293 §3.8.6.2.1', lesson: 'sliding-window'},
  'ack-inside-segment': {level: 'fault', rfc: '9293 §3.10.7.4', lesson: 'data-transfer'},
  loss: {level: 'slow', rfc: '5681 §3.2', lesson: 'loss-recovery', run: 'base'},
  reordering: {level: 'slow', rfc: '4653 §1', lesson: 'rack-tlp', run: 'late-old'},
  'needless-repeats': {level: 'slow', rfc: '5682 §1', lesson: 'rack-tlp', run: 'undone'},
  'out-of-order': {level: 'note', rfc: '4653 §1', lesson: 'data-transfer', run: 'reorder'},
  'copied-on-the-way': {level: 'note', lesson: 'data-transfer'},
  'ecn-marked': {level: 'note', rfc: '3168 §6.1', lesson: 'congestion', run: 'marked'},
  'sender-waits': {level: 'slow'},
  'answer-waits': {level: 'slow'},
  'request-waits': {level: 'note'},
  'many-round-trips': {level: 'slow'},
  'nagle-delayed-ack': {level: 'slow', rfc: '1122 §4.2.3.2', lesson: 'delayed-ack', run: 'base'},
  'late-acks': {level: 'slow', rfc: '6298 §2', lesson: 'loss-recovery'},
  'mtu-black-hole': {level: 'fault', rfc: '2923 §2.1', lesson: 'data-transfer'},
  'mtu-lowered': {level: 'note', rfc: '1191 §4'},
  'h2-stream-window': {
    level: 'slow',
    rfc: '9113 §5.2',
    lesson: 'http-connections',
    excludes: ['h2-connection-window', 'sender-waits'],
  },
  'h2-connection-window': {
    level: 'slow',
    rfc: '9113 §5.2',
    lesson: 'http-connections',
    excludes: ['h2-stream-window', 'sender-waits'],
  },
  'h2-head-of-line': {level: 'slow', rfc: '9114 §1.1', lesson: 'http-connections'},
  'quic-loss': {level: 'slow', rfc: '9002 §6'},
  'expect-100': {level: 'slow', rfc: '9110 §10.1.1', lesson: 'http-status'},
} as const satisfies Readonly<Record<string, Entry>>;

const ending = {
  'reset-unread': {level: 'note', rfc: '2525 §2.17', lesson: 'why-four', run: 'unread'},
  'ack-probe': {level: 'note', rfc: '9293 §3.10.7.1', lesson: 'half-open', run: 'base'},
  'request-refused': {level: 'fault', rfc: '9112 §9.6', lesson: 'why-four', run: 'unread'},
  'reset-abort': {level: 'fault', rfc: '9293 §3.10.5', lesson: 'why-four', run: 'abort'},
  'reset-half-open': {level: 'fault', rfc: '9293 §3.5.1', lesson: 'half-open', run: 'base'},
  'reset-forged': {level: 'note', rfc: '5961 §3', lesson: 'half-open'},
  'idle-forgotten': {level: 'fault', rfc: '5382 §5', lesson: 'half-open', run: 'nat'},
  'idle-closed': {level: 'note', rfc: '9112 §9.5', lesson: 'http-connections', run: 'idle'},
  'keep-alive-race': {level: 'fault', rfc: '9112 §9.5', lesson: 'http-connections', run: 'what-if-5'},
  'peer-gone': {level: 'fault', rfc: '9293 §3.8.3', lesson: 'half-open', run: 'for-good'},
  'keep-alive-gave-up': {level: 'fault', rfc: '9293 §3.8.4', lesson: 'half-open', run: 'keep-alive'},
  'half-closed': {level: 'note', rfc: '9293 §3.6', lesson: 'why-four', run: 'streaming'},
  'nat-new-port': {level: 'fault', rfc: '4787 §4.1'},
  'simultaneous-close': {level: 'note', rfc: '9293 §3.6', lesson: 'simultaneous-close', run: 'base'},
  'time-wait-ended': {level: 'note', rfc: '1337 §2', lesson: 'time-wait'},
  'keep-alives': {level: 'note', rfc: '9293 §3.8.4', lesson: 'half-open', run: 'alive'},
  'reset-stray': {level: 'note', rfc: '9293 §3.10.7.4', lesson: 'refused', run: 'outside'},
} as const satisfies Readonly<Record<string, Entry>>;

const names = {
  'dns-slow': {level: 'slow', rfc: '1035 §7.2', lesson: 'dns-recursion'},
  'dns-server-silent': {level: 'slow', rfc: '1035 §7.2', lesson: 'dns-recursion'},
  'dns-truncated-tcp-blocked': {level: 'fault', rfc: '7766 §5', lesson: 'dns-transport'},
  'dns-search-list': {level: 'note', rfc: '1535', lesson: 'dns-recursion'},
  'dns-nxdomain': {
    level: 'fault',
    rfc: '2308 §2.1',
    lesson: 'dns-cache',
    run: 'negative',
    excludes: ['dns-server-silent', 'dns-servfail'],
  },
  'dns-servfail': {
    level: 'fault',
    rfc: '1035 §4.1.1',
    lesson: 'dns-recursion',
    excludes: ['dns-server-silent', 'dns-nxdomain'],
  },
  'dns-refused': {
    level: 'fault',
    rfc: '1035 §4.1.1',
    lesson: 'dns-recursion',
    excludes: ['dns-server-silent', 'dns-servfail'],
  },
  'dns-forged': {level: 'fault', rfc: '5452 §9.1', lesson: 'dns-transport', run: 'forged'},
  'dns-malformed': {
    level: 'fault',
    rfc: '1035 §4.1',
    lesson: 'dns-transport',
    excludes: ['dns-server-silent', 'snapped'],
  },
  'dns-failed': {
    level: 'fault',
    rfc: '1035 §4.1.1',
    lesson: 'dns-recursion',
    excludes: ['dns-server-silent', 'dns-servfail'],
  },
  'dns-signature': {level: 'fault', rfc: '4035 §5.3.1', excludes: ['dns-servfail']},
  'dns-unanswered': {level: 'note', rfc: '1035 §4.2.1', lesson: 'dns-transport'},
  'dns-odd-reply': {level: 'note', rfc: '5452 §9.1', lesson: 'dns-transport', run: 'forged'},
  'dns-cookie': {level: 'note', rfc: '7873 §5.2.3'},
  'dns-truncated': {level: 'note', rfc: '7766 §5', lesson: 'dns-transport', run: 'truncated'},
} as const satisfies Readonly<Record<string, Entry>>;

const messages = {
  'tls-alert': {level: 'fault', rfc: '9846 §6', lesson: 'https-tls13', excludes: ['tls-cut', 'reset-abort']},
  'tls-plain-mismatch': {level: 'fault', lesson: 'https-why', excludes: ['not-read']},
  'tls-untrusted': {
    level: 'fault',
    rfc: '9846 §4.5.1.3',
    lesson: 'https-why',
    run: 'own-certificate',
    excludes: ['tls-nothing-common', 'tls-client-certificate'],
  },
  'tls-nothing-common': {
    level: 'fault',
    rfc: '9846 §4.2.1',
    lesson: 'https-tls13',
    excludes: ['tls-untrusted'],
  },
  'tls-client-certificate': {
    level: 'fault',
    rfc: '9846 §4.5.1',
    lesson: 'https-tls12',
    excludes: ['tls-untrusted'],
  },
  'tls-old': {level: 'note', rfc: '8996', lesson: 'https-tls12'},
  'tls-cut': {level: 'note', rfc: '9846 §6.1', lesson: 'https-tls12'},
  'http-status': {
    level: 'fault',
    rfc: '9110 §15',
    lesson: 'http-status',
    run: 'base',
    excludes: ['http-unanswered', 'http-client-error'],
  },
  'http-fault': {level: 'fault', lesson: 'http-request', run: 'no-space', excludes: ['snapped']},
  'http2-fault': {level: 'fault', rfc: '9113 §5.4', lesson: 'http-connections', excludes: ['snapped']},
  'http3-fault': {level: 'fault', rfc: '9114 §8', excludes: ['snapped']},
  'websocket-fault': {level: 'fault', rfc: '6455 §5.1', excludes: ['snapped']},
  'quic-unanswered': {level: 'fault', rfc: '9000 §5'},
  'quic-closed': {level: 'fault', rfc: '9000 §10.2', excludes: ['quic-gave-up', 'quic-unanswered']},
  'tls-weak-suite': {level: 'note', rfc: '9325 §4.2', lesson: 'https-tls12'},
  'tls-no-forward-secrecy': {level: 'note', rfc: '9325 §4.1', lesson: 'https-tls12', run: 'rsa'},
  'tls-certificate': {level: 'note', rfc: '9525 §6', lesson: 'https-why'},
  'tls-canceled': {level: 'note', rfc: '9846 §6.1', lesson: 'https-tls13'},
  'tls-retry': {level: 'note', rfc: '9846 §4.2.4', lesson: 'https-tls13', run: 'retry'},
  'tls-early-data': {level: 'note', rfc: '9846 §2.3', lesson: 'https-tls13', run: 'early'},
  'tls-old-hello': {level: 'note', rfc: '6176 §3'},
  'http-client-error': {level: 'note', rfc: '9110 §15.5', lesson: 'http-status', run: 'base'},
  'http-unanswered': {level: 'fault', rfc: '9112 §9.5', lesson: 'http-request'},
  'h2-reset': {level: 'note', rfc: '9113 §6.4'},
  'quic-gave-up': {level: 'fault', rfc: '9000 §10.1'},
  'quic-gap': {level: 'note', rfc: '9000 §2.2'},
  'quic-moved': {level: 'note', rfc: '9000 §9'},
  'quic-stream-reset': {level: 'note', rfc: '9000 §3.5'},
  'quic-version-negotiation': {level: 'note', rfc: '9000 §6'},
  'quic-retry': {level: 'note', rfc: '9000 §8.1.2'},
} as const satisfies Readonly<Record<string, Entry>>;

const network = {
  'arp-unanswered': {level: 'fault', rfc: '1122 §2.3.2.1'},
  'arp-two-macs': {level: 'fault', rfc: '5227 §2.4', excludes: ['address-conflict']},
  'address-conflict': {level: 'fault', rfc: '5227 §2.4', excludes: ['arp-two-macs']},
  'dhcp-no-offer': {level: 'fault', rfc: '2131 §3.1'},
  'dhcp-nak': {level: 'fault', rfc: '2131 §3.1', excludes: ['dhcp-no-offer']},
  'ping-loss': {level: 'fault', rfc: '792'},
  'ping-unanswered': {level: 'fault', rfc: '792'},
  'ping-late': {level: 'slow', rfc: '792', excludes: ['ping-loss']},
  'hop-silent': {level: 'note', rfc: '2151 §3.4'},
  'route-loop': {level: 'fault', rfc: '792'},
  'ttl-expired': {level: 'fault', rfc: '792', excludes: ['net-unreachable', 'host-unreachable']},
  'port-unreachable': {
    level: 'fault',
    rfc: '1122 §4.1.3.3',
    lesson: 'refused',
    excludes: ['admin-prohibited', 'host-unreachable'],
  },
  'admin-prohibited': {
    level: 'fault',
    rfc: '1812 §5.2.7.1',
    lesson: 'refused',
    run: 'prohibited',
    excludes: ['port-unreachable', 'host-unreachable'],
  },
  'host-unreachable': {
    level: 'fault',
    rfc: '1122 §3.2.2.1',
    lesson: 'refused',
    run: 'linux-soft',
    excludes: ['net-unreachable', 'port-unreachable'],
  },
  'net-unreachable': {
    level: 'fault',
    rfc: '1122 §3.2.2.1',
    lesson: 'refused',
    excludes: ['host-unreachable', 'admin-prohibited'],
  },
  'fragments-incomplete': {level: 'fault', rfc: '791 §3.2'},
  'fragment-flood': {level: 'fault', rfc: '791 §3.2'},
  'too-big': {level: 'note', rfc: '1191 §3'},
  'icmp-error': {level: 'fault', rfc: '792', excludes: ['port-unreachable']},
} as const satisfies Readonly<Record<string, Entry>>;

const capture = {
  'one-direction': {level: 'note'},
  'capture-gap': {level: 'note'},
  'opened-before': {level: 'note'},
  snapped: {level: 'note'},
  'clock-backwards': {level: 'note'},
  'twice-captured': {level: 'note'},
  'captured-across': {level: 'note'},
  edited: {level: 'note'},
  offload: {level: 'note', lesson: 'your-capture', run: 'host'},
  'bad-checksum': {level: 'fault', rfc: '9293 §3.1', lesson: 'loss-recovery'},
  'not-read': {level: 'note'},
  'no-answer-seen': {level: 'note'},
} as const satisfies Readonly<Record<string, Entry>>;

export type OpeningId = keyof typeof opening;
export type CarryingId = keyof typeof carrying;
export type EndingId = keyof typeof ending;
export type NamesId = keyof typeof names;
export type MessagesId = keyof typeof messages;
export type NetworkId = keyof typeof network;
export type CaptureId = keyof typeof capture;
export type FindingId = OpeningId | CarryingId | EndingId | NamesId | MessagesId | NetworkId | CaptureId;

export const findingTable: {readonly [id in FindingId]: Entry} = {
  ...opening,
  ...carrying,
  ...ending,
  ...names,
  ...messages,
  ...network,
  ...capture,
};

/** Maps the ID of a narrow finding to the broader findings that are left out if the narrow one is found about the same subject. */
export const broaderThan: {readonly [id in FindingId]?: readonly FindingId[]} = {
  'zero-window': ['receiver-window'],
  'no-window-scaling': ['receiver-window', 'options-declined'],
  'accept-queue-full': ['syn-ack-lost'],
  'mtu-black-hole': ['peer-gone', 'loss'],
  'ipv6-silent': ['syn-unanswered', 'two-families'],
  'ipv6-refused': ['refused', 'two-families'],
  'ping-unanswered': ['icmp-error'],
  'ping-loss': ['icmp-error'],
  'port-unreachable': ['refused-by-icmp'],
  'admin-prohibited': ['refused-by-icmp'],
  'expect-100': ['answer-waits'],
  'nagle-delayed-ack': ['late-acks'],
  'h2-stream-window': ['sender-waits'],
  'h2-connection-window': ['sender-waits'],
  'port-scan': ['refused', 'syn-unanswered', 'never-opened'],
  'idle-forgotten': ['peer-gone', 'reset-half-open', 'reset-forged'],
  'keep-alive-gave-up': ['peer-gone', 'keep-alives'],
  'nat-new-port': ['reset-half-open', 'reset-forged'],
  'tls-untrusted': ['tls-alert', 'tls-certificate'],
  'tls-nothing-common': ['tls-alert'],
  'tls-plain-mismatch': ['reset-abort'],
  'tls-client-certificate': ['tls-alert'],
  'bad-checksum': ['loss', 'syn-repeated'],
  'dns-truncated-tcp-blocked': ['syn-unanswered', 'refused'],
  'dns-search-list': ['dns-nxdomain'],
  'dns-forged': ['dns-odd-reply'],
  'dns-server-silent': ['dns-unanswered'],
  'fragment-flood': ['fragments-incomplete'],
  'syn-ack-lost': ['never-opened'],
  'reset-half-open': ['challenge-ack'],
  'reset-forged': ['reset-stray'],
  'peer-gone': ['keep-alives'],
  'ack-probe': ['reset-abort', 'reset-half-open', 'opened-before', 'peer-gone'],
  outage: ['loss', 'late-acks', 'needless-repeats'],
  'mss-over-window': ['receiver-window', 'no-window-scaling'],
  'ack-inside-segment': ['mtu-black-hole', 'peer-gone', 'loss', 'outage', 'late-acks', 'needless-repeats'],
  'request-refused': ['reset-abort', 'http-unanswered'],
  reordering: ['out-of-order'],
};
