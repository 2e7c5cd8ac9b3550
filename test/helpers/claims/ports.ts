// Which of several connections a sentence of the account is about, judged by what happens in its instant.
import {hosts, row} from './said.ts';

export const portRows = [
  row('This is the connection of port #port', '这是端口 #port 的那条连接', (said) => {
    const own = new RegExp(`:${said.number('port')}(?!\\d)`);
    const packets = [...said.sent(), ...said.came()].map(({segment}) => segment);
    return {
      'there are others': hosts(said).some((host) => said.connections(host, 'before').length > 1),
      'something befalls it':
        said.instant.some(({connection = ''}) => own.test(connection)) ||
        packets.some(({srcPort, dstPort}) => Math.max(srcPort, dstPort) === said.number('port')),
    };
  }),
];
