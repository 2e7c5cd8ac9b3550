// What is said of ICMP messages, and of what they tell of, judged by raw events.
import {type Row, row} from './said.ts';

export const icmpRows: readonly Row[] = [
  row(
    '(?:(?<wall>The firewall)|<peer>) tells <host> by ICMP',
    '(?:(?<wall>防火墙)|<peer>)用 ICMP 告知 ?<host>',
    (said) => ({
      'ICMP comes': said.now('arrive', said.host()).some(({packet}) => {
        const {frame, from, sendEvent} = said.trace.packet(packet);
        const transport = frame?.payload.kind === 'ip' ? frame.payload.packet.transport : undefined;
        // Whoever turns something away does so in the instant in which the error leaves.
        const filtered = said.past.some(
          (event) =>
            event.kind === 'drop' &&
            event.reason === 'firewall' &&
            event.instant === said.trace.event(sendEvent).instant,
        );
        if (transport?.kind !== 'icmp' || filtered !== said.has('wall')) return false;
        return filtered || from === said.host('peer');
      }),
    }),
  ),
  row('TCP does not give up for that', 'TCP 不因此放弃', (said) => ({
    'no state ends': said.now('state').length === 0,
    'no program hears of it': said.now('signal').length === 0,
  })),
  row(
    '(?:<host> does nothing about it: it waits for an answer|It goes to the sender of the response; <waiter> is told nothing, and waits) until @at',
    '(?:<host>不作处理，照样等应答，最多等到|这个消息只到发出响应的一方；<waiter>得不到通知，照样等到) @at',
    (said) => {
      const host = said.host(said.has('waiter') ? 'waiter' : 'host');
      const own = [...said.instant, ...said.future.filter(({atUs}) => atUs === said.atUs)];
      return {
        'its timer runs': said.running(host).some(({dueUs}) => said.isTime('at', dueUs)),
        'ICMP comes, and nothing else is done': own.every(
          ({kind}) => kind !== 'app-timer' && kind !== 'answer',
        ),
        'whom it reaches': said.now('arrive').every((event) => (event.host === host) !== said.has('waiter')),
      };
    },
  ),
];
