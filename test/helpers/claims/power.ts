// What is said of hosts whose power goes and comes back, judged by their calls and by what TCP held before.
import {type Row, row, type Said} from './said.ts';

const listenersOf = (said: Said, n: number): number =>
  said.trace.stateAt(n)?.hosts[said.host()]?.tcp.listeners.size ?? 0;

export const powerRows: readonly Row[] = [
  row(
    '<host> goes down(?:(?<had>\\. It forgets every connection)|(?<listened>, and with it the program that listened))?',
    '<host>停机(?:(?<had>，所有连接都忘了)|(?<listened>，监听的程序也随之没了))?',
    (said) => ({
      down: said.now('call', said.host()).some(({call}) => call === 'crash'),
      'whether it has connections': said.has('had') === said.connections(said.host(), 'before').length > 0,
      'whether a program listens':
        said.has('had') || said.has('listened') === listenersOf(said, said.before.length) > 0,
    }),
  ),
  row(
    '<host> is back(?:(?<had>, and remembers no connection)|(?<listened>, but the program that listened has not been started again))?',
    '<host>恢复运行(?:(?<had>，之前的连接一个也不记得)|(?<listened>，但监听的程序没有重新启动))?',
    (said) => {
      const crash = said.ever('call', said.host()).findLast(({call}) => call === 'crash');
      const had = said.trace.stateAt((crash?.n ?? 1) - 1)?.hosts[said.host()]?.tcp.connections.size ?? 0;
      return {
        up: said.now('call', said.host()).some(({call}) => call === 'reboot'),
        'whether it had connections': said.has('had') === had > 0,
        'who listened listens no more':
          said.has('listened') &&
          (listenersOf(said, (crash?.n ?? 1) - 1) === 0 || listenersOf(said, said.n) > 0)
            ? false
            : undefined,
      };
    },
  ),
];
