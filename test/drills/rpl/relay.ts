// A resolver that resolves nothing: each question goes to the first root, its answer goes back. The runner can be seen around it.
import type {
  Resolver,
  ResolverEffect,
  ResolverEvent,
  ResolverMaker,
} from '../../../source/drills/rpl/resolver.ts';
import {decodeDns} from '../../../source/wire/dns/decode.ts';
import {encodeDns} from '../../../source/wire/dns/encode.ts';
import {frameDns, splitDns} from '../../../source/wire/dns/framing.ts';
import type {DnsMessage} from '../../../source/wire/dns/message.ts';

type Client = {readonly query: DnsMessage; answer(message: DnsMessage): ResolverEffect};

const messageOf = (octets: Uint8Array): DnsMessage => {
  const read = decodeDns(octets);
  if (!read.ok) throw new Error('no message');
  return read.value;
};

const because = 'test';
const waitUs = 3_000_000;

/** What the relay was told besides messages. */
export const seen: ResolverEvent[] = [];

/** `stubborn`: whatever the answer, it asks again. */
export const relay =
  ({stubborn = false} = {}): ResolverMaker =>
  ({roots}) => {
    const clients: Client[] = [];
    const server = {ip: roots[0] ?? '', port: 53};
    const ask = (index: number): readonly ResolverEffect[] => {
      const client = clients[index];
      if (client === undefined) return [];
      const {query} = client;
      const message = {...query, id: 1000 + index, flags: {...query.flags, rd: false}};
      return [
        {kind: 'datagram', port: 5000 + index, to: server, data: encodeDns(message), because},
        {kind: 'timer', timer: `${index}`, op: 'arm', dueUs: waitUs, because},
      ];
    };
    const settle = (index: number, answer: DnsMessage): readonly ResolverEffect[] => {
      const client = clients[index];
      if (client === undefined) return [];
      if (answer.flags.tc) return [{kind: 'connect', stream: `to ${index}`, to: server}];
      if (stubborn) return ask(index);
      const flags = {...answer.flags, aa: false, rd: client.query.flags.rd, ra: true};
      return [client.answer({...answer, id: client.query.id, flags})];
    };
    const failed = (index: number): readonly ResolverEffect[] => {
      const query = clients[index]?.query;
      return query === undefined
        ? []
        : settle(index, {...query, flags: {...query.flags, qr: true}, rcode: 2});
    };
    const take = (event: ResolverEvent): readonly ResolverEffect[] => {
      seen.push(event);
      switch (event.kind) {
        case 'datagram': {
          const {from, port} = event;
          if (port !== 53) return settle(port - 5000, messageOf(event.data));
          clients.push({
            query: messageOf(event.data),
            answer: (message) => ({kind: 'datagram', port: 53, to: from, data: encodeDns(message), because}),
          });
          return ask(clients.length - 1);
        }
        case 'connected': {
          const index = Number(event.stream.slice(3));
          const query = clients[index]?.query;
          if (query === undefined) return [];
          const data = frameDns(encodeDns({...query, id: 2000 + index}));
          return [
            {kind: 'write', stream: event.stream, data: data.slice(0, 5)},
            {kind: 'write', stream: event.stream, data: data.slice(5)},
          ];
        }
        case 'data': {
          const [octets] = splitDns(new Uint8Array(), event.data).messages;
          const message = messageOf(octets ?? new Uint8Array());
          const {stream} = event;
          if (stream.startsWith('to '))
            return [...settle(Number(stream.slice(3)), message), {kind: 'close', stream}];
          clients.push({
            query: message,
            answer: (answer) => ({kind: 'write', stream, data: frameDns(encodeDns(answer))}),
          });
          return ask(clients.length - 1);
        }
        case 'timer':
          return ask(Number(event.timer));
        case 'unreachable':
          return failed(event.port - 5000);
        case 'ended':
          return failed(Number(event.stream.slice(3)));
        default:
          return [];
      }
    };
    return {deliver: take} satisfies Resolver;
  };
