// Which of several connections a sentence of the account is about, and which port nobody waits on, judged by what happens in its instant.
import {hosts, row, type Said} from './said.ts';
import {segmentOf} from './seen.ts';
import {thingEn, thingZh} from './thing.ts';

const udpPort = (said: Said, packet: number): number | undefined => {
  const payload = said.trace.packet(packet).frame?.payload;
  const transport = payload?.kind === 'ip' ? payload.packet.transport : undefined;
  return transport?.kind === 'udp' ? transport.datagram.dstPort : undefined;
};

export const portRows = [
  row('This is the connection of port #port', '这是端口 #port 的连接', (said) => {
    const isIts = (port: number): boolean => port === said.number('port');
    const own = new RegExp(`:${said.number('port')}(?!\\d)`);
    const passing = [...said.sent(), ...said.came()].map(({segment}) => segment);
    const dead = said.deaths().flatMap(({packet}) => segmentOf(said.trace, packet) ?? []);
    const around = (host: string) => [
      ...said.connections(host, 'before'),
      ...said.connections(host, 'after'),
    ];
    return {
      'there are others': hosts(said).some((host) => new Set(around(host).map(({id}) => id)).size > 1),
      'something befalls it':
        said.instant.some(({connection = ''}) => own.test(connection)) ||
        [...passing, ...dead].some(({srcPort, dstPort}) => isIts(Math.max(srcPort, dstPort))),
      'no other goes by that port': hosts(said).every(
        (host) =>
          new Set(
            around(host).flatMap(({id, local, remote}) =>
              isIts(Math.max(local.port, remote.port)) ? [id] : [],
            ),
          ).size < 2,
      ),
    };
  }),
  row(
    'This is the connection with (?<end>[\\da-f.:]+:\\d+)',
    '这是与 (?<end>[\\da-f.:]+:\\d+) 的连接',
    (said) => {
      const own = said.word('end');
      const ids = (host: string): readonly string[] => [
        ...new Set(
          [...said.connections(host, 'before'), ...said.connections(host, 'after')].map(({id}) => id),
        ),
      ];
      const isIts = (id: string): boolean => id.endsWith(` > ${own}`);
      const port = own.slice(own.lastIndexOf(':'));
      const passing = [...said.deaths(), ...said.now('arrive')].flatMap(({packet}) => {
        const payload = said.trace.packet(packet).frame?.payload;
        const ip = payload?.kind === 'ip' ? payload.packet : undefined;
        return ip ? [ip.src, ip.dst] : [];
      });
      return {
        'one host has just one such, and others': hosts(said).some(
          (host) => ids(host).filter(isIts).length === 1 && ids(host).length > 1,
        ),
        'something befalls it':
          said.instant.some(({connection = ''}) => connection.includes(own)) ||
          passing.includes(own.slice(0, -port.length)),
      };
    },
  ),
  row(
    `No program on <host> waits on port #port: ${thingEn} is thrown away`,
    `<host>上没有程序在用端口 #port，${thingZh}没人收`,
    (said) => ({
      'it is thrown away': said.thrownAway(said.host()).length > 0,
      'a datagram': said
        .thrownAway(said.host())
        .some(({packet}) => segmentOf(said.trace, packet) === undefined),
      'it goes to that port': said
        .thrownAway(said.host())
        .some(({packet}) => udpPort(said, packet) === said.number('port')),
    }),
  ),
];
