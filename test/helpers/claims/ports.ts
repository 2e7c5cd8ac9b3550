// Which of several connections a sentence of the account is about, and which port nobody waits on, judged by what happens in its instant.
import {hosts, row} from './said.ts';
import {segmentOf} from './seen.ts';

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
];
