// Describes an HTTP/2 connection in a line: how it began, which frames passed, and what its ends said about closing it.

import {type Language, type Text, worded} from '../../lesson/text.ts';
import type {Http2Connection} from '../../observe/http2-connection.ts';
import {other, roleOf} from '../../verdict/sides.ts';
import {grouped} from '../../wire/grouped.ts';
import {http2ErrorName} from '../../wire/http2/http2-error.ts';
import {settingName} from '../../wire/http2/registry.ts';
import {http2Told as say} from '../../words/catalogue/http2.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {formatCount} from '../../words/format.ts';

const mostGoaways = 3;

type Goaway = Http2Connection['goaways'][number];

/** Returns the GOAWAY frames of an HTTP/2 connection, at most the first few that differ. */
const goawaysOf = ({goaways}: Http2Connection): readonly Goaway[] =>
  grouped(goaways, ({side, error, lastStream}) => `${side} ${error} ${lastStream}`)
    .map(([first]) => first)
    .slice(0, mostGoaways);

/** Describes which HTTP/2 settings an end changed after its first SETTINGS frame, while the connection was in use (RFC 9113 §6.5). */
const changedTexts = (http2: Http2Connection): readonly Text[] =>
  [http2.client, other(http2.client)].flatMap((side) => {
    const later = http2.settings[side].slice(1).flat();
    const values = new Map(later.map(([id, value]) => [settingName(id), value]));
    const names = [...values].map(([name, value]) => `${name} ${value}`);
    const by = roleOf(side, http2);
    return names.length === 0 ? [] : [worded(say.changed, {by, names})];
  });

/** Describes what both ends of an HTTP/2 connection said about the connection itself in PING and GOAWAY frames. */
const endsSaid = (http2: Http2Connection): readonly Text[] => {
  const {pings} = http2;
  const asked = pings.filter(({ack}) => !ack);
  const answered = asked.filter(({data, side}) =>
    pings.some((each) => each.ack && each.side !== side && each.data === data),
  );
  return [
    ...(asked.length > 0 ? [worded(say.pings, {count: asked.length, answered: answered.length})] : []),
    ...goawaysOf(http2).map(({side, error, lastStream, frame}) =>
      worded(say.left, {
        ...{by: roleOf(side, http2), error: http2ErrorName(error)},
        ...{last: String(lastStream), frame},
      }),
    ),
  ];
};

export const http2Text = (connection: Http2Connection, language: Language): string => {
  const {start, frames} = connection;
  const names = [...frames].map(([name, count]) => `${name} ${formatCount(count)}`);
  const parts = [
    ...[worded(say.began, {start}), worded(say.frames, {names})],
    ...[...changedTexts(connection), ...endsSaid(connection)],
  ];
  return parts.map((part) => part[language]).join(punctuation.semicolon[language]);
};
