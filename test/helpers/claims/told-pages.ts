// What is told of pages that programs ask for and of what is answered, judged by raw events (HTTP).
import {charactersOf, type Foreign} from '../../../source/account/foreign.ts';
import type {Facts} from '../../../source/account/told/facts.ts';
import {ropeToBytes} from '../../../source/wire/rope.ts';
import type {Of} from './seen.ts';
import type {About, Claims, ToldRows} from './told-rows.ts';

type Note = Of<'note'>['note'];
type NoteOf<Kind extends Note['kind']> = Extract<Note, {readonly kind: Kind}>;
type Message = {readonly method: string; readonly target: string};

const idempotent = /^(?:GET|HEAD|PUT|DELETE|OPTIONS|TRACE)$/;

/** A request line that can be read (RFC 9112 §3). */
const readable = /^[^ ]+ [^ ]+ HTTP\/\d\.\d$/;

export const noteNow = (said: About): Of<'note'> | undefined => {
  const event = said.trace.event(said.n);
  return event.kind === 'note' ? event : undefined;
};

const isText = (told: Foreign, text: string): boolean => charactersOf(told) === text;

/** Something of what a program wrote then leaves on that connection, in the same instant. */
export const leavesBehind = (said: About, {n, host, connection}: Of<'note'> | Of<'tls'>): boolean =>
  said
    .sent(host)
    .some(({segment, event}) => event.n > n && event.connection === connection && segment.payload.length > 0);

const textOf = (payload: Parameters<typeof ropeToBytes>[0]): string =>
  new TextDecoder().decode(ropeToBytes(payload));

/** First lines of what leaves in clear on that connection. */
const firstLines = (said: About, {host, connection, n}: Of<'note'>): readonly string[] =>
  said
    .sent(host)
    .flatMap(({segment, event}) =>
      event.connection === connection && event.n > n ? [textOf(segment.payload).split('\r\n')[0] ?? ''] : [],
    );

const isOf =
  ({method, target}: Message) =>
  (other: Message): boolean =>
    other.method === method && other.target === target;

const requestsBefore = (said: About, host: string) =>
  said
    .earlier('note', host)
    .flatMap(({note, n}) =>
      note.kind === 'request' && note.op === 'sent' && n < said.n ? [{...note, n}] : [],
    );

const retriesBefore = (said: About, host: string) =>
  said
    .ever('note', host)
    .flatMap(({note, n, because}) => (note.kind === 'retry' && n < said.n ? [{...note, n, because}] : []));

/** What its program was to write in place of a request, if that is none that can be read. */
const brokenLines = (said: About, host?: string): readonly string[] =>
  [...said.ever('call', host), ...said.ever('answer', host)].flatMap(({action, n}) => {
    const raw = n <= said.n && 'raw' in action && typeof action.raw === 'string' ? action.raw : '';
    const [line = ''] = raw.split('\r\n');
    return line && !readable.test(line) ? [line] : [];
  });

const againBy = (said: About, host: string, note: NoteOf<'request'>): Facts['requests']['again'] => {
  const last = requestsBefore(said, host).findLast(isOf(note));
  const retry = retriesBefore(said, host).findLast(isOf(note));
  if (!retry || retry.n < (last?.n ?? 0)) return 'not';
  return retry.because === '8470:5.2/again' ? 'handshake' : 'elsewhere';
};

/** The last one like it, by this host, got no answer. */
const isUnanswered = (said: About, host: string, note: Message): boolean => {
  const last = requestsBefore(said, host).findLast(isOf(note));
  return said
    .earlier('note', host)
    .every(
      (event) =>
        event.n < (last?.n ?? 0) ||
        event.note.kind !== 'response' ||
        event.note.op !== 'finished' ||
        !isOf(note)(event.note),
    );
};

const requests = (facts: Facts['requests'], said: About): Claims => {
  const {host, nth, line, again, waits} = facts;
  const event = noteNow(said);
  const note = event?.note;
  if (note?.kind !== 'request' || note.op !== 'sent' || !event) return {'it asks': false};
  const broken = line && charactersOf(line);
  const lines = firstLines(said, event);
  return {
    'who asks': event.host === host,
    'what it asks': isText(facts.method, note.method) && isText(facts.target, note.target),
    nth: nth === note.nth,
    'something of it leaves, or not': leavesBehind(said, event) !== waits,
    'whether it goes once more': again === againBy(said, host, note),
    'it was sent before': again === 'not' ? undefined : requestsBefore(said, host).some(isOf(note)),
    'nobody has answered': again === 'elsewhere' ? isUnanswered(said, host, note) : undefined,
    'that line leaves':
      broken === undefined
        ? lines.every((each) => !brokenLines(said, host).includes(each))
        : brokenLines(said, host).includes(broken) && (waits || lines.includes(broken)),
  };
};

const responds = (facts: Facts['responds'], said: About): Claims => {
  const {host, status, bytes, waits} = facts;
  const event = noteNow(said);
  const note = event?.note;
  if (note?.kind !== 'response' || note.by !== 'server' || note.op !== 'started' || !event)
    return {'it answers': false};
  return {
    'who answers': event.host === host,
    status: note.status === status,
    bytes: note.bytes === bytes,
    target: isText(facts.target, note.target) && note.target !== '',
    'something of it leaves, or not': leavesBehind(said, event) !== waits,
  };
};

const cannotRead = ({host, status, bytes, line}: Facts['cannotRead'], said: About): Claims => {
  const event = noteNow(said);
  const note = event?.note;
  if (note?.kind !== 'response' || note.by !== 'server' || note.op !== 'started')
    return {'it answers': false};
  const [come = ''] = said
    .cameEver(host)
    .filter(({segment, event: {n}}) => n < said.n && segment.payload.length > 0)
    .map(({segment}) => textOf(segment.payload))
    .filter((text) => /^[ -~]*\r\n/.test(text))
    .slice(-1);
  return {
    'who answers': event?.host === host,
    status: note.status === status,
    bytes: note.bytes === bytes,
    'it has no target': note.target === '',
    'no request is read': said.notes(host).every((each) => each.kind !== 'request'),
    'is it the request line that it cannot read':
      line === brokenLines(said).includes(come.split('\r\n')[0] ?? ''),
  };
};

const responseRead = (facts: Facts['responseRead'], said: About): Claims => {
  const {host, target, status, bytes, whole, unread} = facts;
  const event = noteNow(said);
  const note = event?.note;
  if (note?.kind !== 'response' || note.by !== 'client') return {'it reads': false};
  const isBroken = brokenLines(said, host).length > 0;
  return {
    'who reads': event?.host === host,
    'all of it, or it breaks off': note.op === (whole ? 'finished' : 'incomplete'),
    status: note.status === status,
    bytes: note.bytes === bytes,
    target: target ? isText(target, note.target) : isBroken,
    'what was answered had no target': unread
      ? isBroken &&
        said
          .earlier('note')
          .some(
            (each) => each.note.kind === 'response' && each.note.status === 400 && each.note.target === '',
          )
      : target !== undefined || status !== 400,
  };
};

const redirected = (facts: Facts['redirected'], said: About): Claims => {
  const {host, status, to, followed, self, method, asked, content} = facts;
  const event = noteNow(said);
  const note = event?.note;
  if (note?.kind !== 'redirect') return {'it is sent elsewhere': false};
  const read = said
    .ever('note', host)
    .findLast((each) => each.n < said.n && each.note.kind === 'response' && each.note.op === 'finished');
  const before =
    read?.note.kind === 'response' ? requestsBefore(said, host).findLast(isOf(read.note)) : undefined;
  return {
    'who is sent': event?.host === host,
    status: note.status === status && read?.note.kind === 'response' && read.note.status === status,
    whereto: isText(to, note.to),
    'whether it goes there': followed === !note.refused,
    'the same page': self === (note.from === note.to),
    'by what method': isText(method, note.method),
    'by what it had asked': before !== undefined && isText(asked, before.method),
    'there was content': content === (before?.bytes ?? 0) > 0,
    'it asks by that method': followed
      ? [...said.instant, ...said.future].some(
          (each) =>
            each.kind === 'note' &&
            each.host === host &&
            each.n > said.n &&
            each.note.kind === 'request' &&
            each.note.op === 'sent' &&
            isText(method, each.note.method),
        ) || undefined
      : undefined,
  };
};

const cached = ({host, op, url, freshS}: Facts['cached'], said: About): Claims => {
  const event = noteNow(said);
  const note = event?.note;
  if (note?.kind !== 'http-cache') return {'so it stands there': false};
  const isAsked = said.notes(host).some((each) => each.kind === 'request' && each.op === 'sent');
  return {
    'who has it': event?.host === host,
    'so it stands there': note.op === op && isText(url, note.url) && note.freshS === freshS,
    'fresh, or not': op === 'hit' ? freshS > 0 : op === 'stale' ? freshS <= 0 : undefined,
    'no request leaves': op === 'hit' ? !isAsked || undefined : undefined,
    'by 304':
      op === 'revalidated'
        ? said.notes(host).some((each) => each.kind === 'response' && each.status === 304)
        : undefined,
  };
};

const messageIn = (text: Foreign): Message => {
  const [, method = '', target = ''] = /^(\S+) (.*)$/.exec(charactersOf(text)) ?? [];
  return {method, target};
};

const sendsNow = (said: About, host: string, wanted: Message): boolean =>
  said
    .now('note', host)
    .some(
      (event) =>
        event.note.kind === 'request' &&
        event.note.op === 'sent' &&
        isOf(wanted)(event.note) &&
        leavesBehind(said, event),
    );

const retries = ({host, what, how, now, opened}: Facts['retries'], said: About): Claims => {
  const event = noteNow(said);
  if (event?.note.kind !== 'retry') return {'it is decided': false};
  const all = what.map(messageIn);
  const own = said
    .now('note', host)
    .flatMap(({note, because}) => (note.kind === 'retry' && because === event.because ? [note] : []));
  const {allowed} = event.note;
  const together =
    allowed && how === 'elsewhere'
      ? own.filter((note) => note.allowed && sendsNow(said, host, note) === now)
      : [event.note];
  const before = requestsBefore(said, host);
  const isRepeatable = all.every(({method}) => idempotent.test(method));
  return {
    'who decides': event.host === host,
    'what goes again':
      all.map(({method, target}) => `${method} ${target}`).join() ===
      together.map(({method, target}) => `${method} ${target}`).join(),
    'whether it goes': allowed === (how === 'elsewhere' || how === 'handshake'),
    'when it goes': allowed ? (how === 'handshake') === (event.because === '8470:5.2/again') : undefined,
    'those methods may be repeated (RFC 9110 §9.2.2)':
      how === 'elsewhere' || how === 'often' ? isRepeatable : how === 'unsafe' ? !isRepeatable : undefined,
    'they were sent before': all.every((each) => before.some(isOf(each))),
    'more than once': how === 'often' ? all.every((each) => before.filter(isOf(each)).length > 1) : undefined,
    'they leave now, or later': all.every((each) => sendsNow(said, host, each) === now),
    'it is not sent any more': allowed
      ? undefined
      : !said.future.some(
          ({kind, ...each}) =>
            kind === 'note' &&
            each.host === host &&
            'note' in each &&
            each.note.kind === 'request' &&
            each.note.op === 'sent' &&
            all.some((one) => each.note.kind === 'request' && isOf(one)(each.note)),
        ),
    '425':
      how === 'handshake'
        ? said.notes(host).some((note) => note.kind === 'response' && note.status === 425)
        : undefined,
    'so many are opened': opened === said.now('state', host).filter(({to}) => to === 'SYN-SENT').length,
  };
};

const strictKept = ({host, site, seconds}: Facts['strictKept'], said: About): Claims => {
  const event = noteNow(said);
  const note = event?.note;
  return {
    'it is asked for':
      event?.host === host &&
      note?.kind === 'strict-transport' &&
      note.op === 'stored' &&
      isText(site, note.host) &&
      note.maxAgeS === seconds,
  };
};

const strictUsed = ({host, from, to}: Facts['strictUsed'], said: About): Claims => {
  const event = noteNow(said);
  const note = event?.note;
  return {
    'it does':
      event?.host === host &&
      note?.kind === 'strict-transport' &&
      note.op === 'used' &&
      isText(from, note.from) &&
      isText(to, note.to),
    'the site has asked for that': said
      .ever('note', host)
      .some((each) => each.n < said.n && each.note.kind === 'strict-transport' && each.note.op === 'stored'),
    'no request leaves in clear': said
      .sent(host)
      .every(({segment}) => !/ HTTP\/1/.test(textOf(segment.payload).split('\r\n')[0] ?? '')),
  };
};

export const pagesTold = {
  ...{requests, responds, cannotRead, responseRead, redirected, cached, retries},
  ...{strictKept, strictUsed},
} satisfies ToldRows;
