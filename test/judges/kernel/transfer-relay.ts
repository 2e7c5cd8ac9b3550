// The process in the middle of a transfer: the relay, and our machine where it is one of the ends. Run by transfer.py as
// `node transfer-relay.mjs JOB SENDER-FD|- RECEIVER-FD|-`; prints a line when it is there, and one of JSON when the stream is through.
import {readFileSync} from 'node:fs';
import type {ConnectionId} from '../../../source/stack/tcp/effect.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {decodeIpPacket} from '../../../source/wire/ip-packet.ts';
import {ropeFromBytes, ropeToBytes} from '../../../source/wire/rope.ts';
import {noise, sha256} from './noise.ts';
import {ourEnd, packetOf} from './our-end.ts';
import {relayOf} from './relay.ts';
import {
  type CwndSample,
  type RelayReport,
  receiverIp,
  receiverPort,
  senderIp,
  senderPort,
  type Transfer,
} from './transfer.ts';
import {openTunnel} from './tunnel.ts';

const [, , jobFile = '', senderFile = '-', receiverFile = '-'] = process.argv;
const job: Transfer = JSON.parse(readFileSync(jobFile, 'utf8'));
const SAMPLE_MS = 10;

const cwnd: CwndSample[] = [];
const chunks: Uint8Array[] = [];
let sent: string | undefined;
let received: string | undefined;
let report: RelayReport | undefined;
let sampleCwnd = (): number | undefined => undefined;

const tell = (): void => {
  if (!report || (job.receiver === 'ours' && received === undefined)) return;
  const own = job.sender === 'ours' ? {sent, cwnd} : {};
  process.stdout.write(`${JSON.stringify({relay: report, received, ...own})}\n`);
};

const begins = (): void => {
  const beganMs = performance.now();
  const sampling = setInterval(() => {
    const now = sampleCwnd();
    if (report) clearInterval(sampling);
    else if (now !== undefined) cwnd.push([performance.now() - beganMs, now]);
  }, SAMPLE_MS);
};

const relay = relayOf(job.way, job.bytes, {
  begins,
  ends: (seen) => {
    report = seen;
    tell();
  },
});

/** An end of ours: gives what takes packets. */
const ours = (role: 'sender' | 'receiver'): ((packet: Uint8Array) => void) => {
  let data: Uint8Array = new Uint8Array();
  const begin = (id: ConnectionId): void => {
    end.call({call: 'SEND', connection: id, data: ropeFromBytes(data)});
    end.call({call: 'CLOSE', connection: id, reader: 'stays'});
  };
  const end = ourEnd({
    settings: profiles.linux,
    seed: job.seed,
    hears: (effect) => {
      if (effect.kind === 'send')
        (role === 'sender' ? relay.fromSender : relay.fromReceiver)(packetOf(effect));
      if (effect.kind === 'deliver') chunks.push(ropeToBytes(effect.data));
      if (effect.kind !== 'signal') return;
      if (effect.signal === 'connected') setImmediate(begin, effect.connection);
      if (effect.signal !== 'eof' || role === 'sender') return;
      received = sha256(Buffer.concat(chunks));
      setImmediate(end.call, {call: 'CLOSE', connection: effect.connection, reader: 'stays'});
      tell();
    },
  });
  const to = {ip: receiverIp, port: receiverPort};
  if (role === 'receiver') end.call({call: 'OPEN', mode: 'passive', local: to, read: 'auto'});
  else {
    data = noise(`${job.seed}`, job.bytes);
    sent = sha256(data);
    sampleCwnd = () => {
      const [connection] = end.tcp().connections.values();
      return connection && Math.floor(connection.cwnd / connection.mss);
    };
    const local = {ip: senderIp, port: senderPort};
    end.call({call: 'OPEN', mode: 'active', local, remote: to, read: 'auto'});
  }
  return (bytes) => {
    const packet = decodeIpPacket(bytes);
    if (!packet.ok || packet.value.transport.kind !== 'tcp') return;
    const {src, dst, transport} = packet.value;
    end.arrives(src, dst, transport.segment);
  };
};

const kernel = (file: string, onPacket: (packet: Uint8Array) => void): ((packet: Uint8Array) => void) =>
  openTunnel({input: Number(file), output: Number(file)}, onPacket).write;

relay.ends.toReceiver = job.receiver === 'ours' ? ours('receiver') : kernel(receiverFile, relay.fromReceiver);
relay.ends.toSender = job.sender === 'ours' ? ours('sender') : kernel(senderFile, relay.fromSender);
process.stdout.write('\n');
