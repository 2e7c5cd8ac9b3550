// The keyboard as Ink sees it: answers to the start-up probe that come late never count as keys.
import {makeReportFilter} from './terminal-answers.ts';

export function withoutReports(stdin: NodeJS.ReadStream): NodeJS.ReadStream {
  const filter = makeReportFilter();
  return new Proxy(stdin, {
    get(target, key) {
      if (key === 'read') {
        return () => {
          const chunk: unknown = target.read();
          return chunk === null ? null : filter(String(chunk));
        };
      }
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
