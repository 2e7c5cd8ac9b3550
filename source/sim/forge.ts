// Sends forged DNS responses with another host's address (RFC 5452 §3), as an attacker does who has not seen the query and guesses its ID
// and port.
import {dnsPort} from '../wire/dns/carried.ts';
import {encodeDns} from '../wire/dns/encode.ts';
import {type DnsMessage, noFlags} from '../wire/dns/message.ts';
import {ropeFromBytes} from '../wire/rope.ts';
import type {Action} from './action.ts';
import {hashOf} from './chance.ts';
import {type Draft, emitCall} from './draft.ts';
import {ownPacket, sendPacket} from './ip-layer.ts';
import {addressOf} from './topology.ts';

type Forging = Extract<Action, {call: 'forgeAnswer'}>;

/** The ports that an attacker guesses, because resolvers send queries from any but the well-known ones (RFC 5452 §9.2). */
const ports = {first: 1024, count: 64_512};
const ids = 0x1_0000;

/** The DNS header flags of a forged response, as the real server would set them. */
const flags = {...noFlags, qr: true, aa: true};

const responseOf = ({question, answers, authorities, additionals}: Forging, id: number): DnsMessage => ({
  ...{id, opcode: 0, flags, rcode: 0},
  ...{questions: [question], answers, authorities, additionals},
});

export const forgeAnswers = (draft: Draft, host: string, action: Forging, repetition: number): void => {
  const {seed} = draft.plan.scenario;
  const {topology} = draft.plan;
  const [src, dst] = [addressOf(topology, action.source), addressOf(topology, action.to)];
  emitCall(draft, host, action);
  for (let n = repetition * action.tries; n < (repetition + 1) * action.tries; n++) {
    const id = action.id ?? hashOf(seed, 'forged ids', host, n) % ids;
    const dstPort = action.port ?? ports.first + (hashOf(seed, 'forged answers', host, n) % ports.count);
    const payload = ropeFromBytes(encodeDns(responseOf(action, id)));
    const packet = ownPacket({src, dst}, {kind: 'udp', datagram: {srcPort: dnsPort, dstPort, payload}});
    sendPacket(draft, host, {packet, tag: {retransmission: false, because: '5452:3/forged-answer'}});
  }
};
