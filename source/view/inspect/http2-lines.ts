// A connection of HTTP/2 in a line: how it began, which frames passed, and what its ends said of its end.
import {type Language, worded} from '../../lesson/text.ts';
import type {Http2Connection} from '../../observe/http2-connection.ts';
import {http2ErrorName} from '../../wire/http2/http2-error.ts';
import {http2Told as say} from '../../words/catalogue/http2.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';

const mostGoaways = 3;

export const http2Text = (
  {start, frames, pings, goaways, client}: Http2Connection,
  language: Language,
): string => {
  const list = [...frames].map(([name, count]) => `${name} ${count}`);
  const asked = pings.filter(({ack}) => !ack);
  const answered = asked.filter(({data, side}) =>
    pings.some((each) => each.ack && each.side !== side && each.data === data),
  );
  const parts = [
    worded(say.began, {start}),
    worded(say.frames, {names: list}),
    ...(asked.length > 0 ? [worded(say.pings, {count: asked.length, answered: answered.length})] : []),
    ...goaways.slice(0, mostGoaways).map(({side, error, lastStream, frame}) =>
      worded(say.left, {
        ...{by: side === client ? 'client' : 'server', error: http2ErrorName(error)},
        ...{last: String(lastStream), frame},
      }),
    ),
  ];
  return parts.map((part) => part[language]).join(punctuation.semicolon[language]);
};
