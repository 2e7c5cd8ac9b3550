// What is told of cookies and sessions, judged by raw events.
import {charactersOf} from '../../../source/account/foreign.ts';
import type {Facts} from '../../../source/account/told/facts.ts';
import type {Of} from './seen.ts';
import {noteNow} from './told-pages.ts';
import type {About, Claims, ToldRows} from './told-rows.ts';

type Cookie = Extract<Of<'note'>['note'], {readonly kind: 'cookie'}> & {
  readonly because: Of<'note'>['because'] | undefined;
};

const cookiesIn = (events: readonly Of<'note'>[]): readonly Cookie[] =>
  events.flatMap(({note, because}) => (note.kind === 'cookie' ? [{...note, because}] : []));

/** What happened last to a cookie of that name, domain and path: it was kept, with another value (RFC 6265 §5.3). */
const hadOther = (said: About, host: string, own: Cookie): boolean => {
  const last = cookiesIn(said.earlier('note', host))
    .filter(({op}) => /stored|dropped|expired/.test(op))
    .findLast(({name, domain, path}) => name === own.name && domain === own.domain && path === own.path);
  return last?.op === 'stored' && last.value !== own.value;
};

const tooLong = '6265:6.1/too-long';
/** Name and value together (RFC 6265 §6.1). */
const mostOctets = 4096;

const cookies = (facts: Facts['cookies'], said: About): Claims => {
  const {host, op, replaces, reason} = facts;
  const names = facts.names.map(charactersOf);
  const domain = charactersOf(facts.domain);
  const own = cookiesIn(said.now('note', host)).filter(
    (note) =>
      note.op === op &&
      note.domain === domain &&
      (note.because === tooLong) === facts.tooLong &&
      (note.op === 'withheld' ? note.reason : undefined) === reason,
  );
  const alike = own.filter((note) => op !== 'stored' || hadOther(said, host, note) === replaces);
  const {note} = noteNow(said) ?? {};
  return {
    'all of them, and no others': alike.map(({name}) => name).join() === names.join(),
    'the first is told of': note?.kind === 'cookie' && note.name === names[0],
    'only what is kept replaces': op === 'stored' ? undefined : !replaces,
    'too long': facts.tooLong
      ? own.every(({name, value}) => name.length + value.length > mostOctets)
      : undefined,
    'it was kept before':
      op === 'withheld' || op === 'dropped'
        ? names.every((name) =>
            cookiesIn(said.ever('note', host)).some((each) => each.op === 'stored' && each.name === name),
          )
        : undefined,
    'why it stays behind': (op === 'withheld') === (reason !== undefined),
    'the browser is closed':
      op === 'dropped'
        ? said.ever('call').some(({action, atUs}) => action.call === 'closeBrowser' && atUs === said.atUs)
        : undefined,
  };
};

const session = ({host, op, id, user}: Facts['session'], said: About): Claims => {
  const event = noteNow(said);
  const note = event?.note;
  return {
    'whose it is': event?.host === host,
    'what becomes of it': note?.kind === 'session' && note.op === op,
    'which one': note?.kind === 'session' && note.id === charactersOf(id),
    user: note?.kind === 'session' && note.user === (user && charactersOf(user)),
  };
};

export const cookiesTold = {cookies, session} satisfies ToldRows;
