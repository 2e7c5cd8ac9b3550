// What HTTP applications did that packets do not show: messages whole, cookies, sessions, cache, redirects.
import type {Language} from '../lesson/text.ts';
import type {AppAction} from '../sim/action.ts';
import type {HttpAnswer} from '../stack/http/call.ts';
import type {HttpNote} from '../stack/http/note.ts';
import {callText} from './call-text.ts';
import {verdictTexts} from './cookies.ts';
import {cookieVerbs, httpSentences} from './http.ts';

const secondsOfDay = 86_400;

type Of<Kind extends HttpNote['kind']> = Extract<HttpNote, {readonly kind: Kind}>;

const responseText = (note: Of<'response'>, language: Language): string => {
  const say = httpSentences[language];
  const {op, by, method, target, status, bytes} = note;
  const what = `${method} ${target}`;
  if (by === 'server') return say.answers(what, status, bytes);
  return op === 'started' ? say.started(what, status) : say[op](what, status, bytes);
};

const connectionText = (note: Of<'http-connection'>, language: Language): string => {
  const say = httpSentences[language];
  if (note.op === 'closing') return say.closing(note.nth);
  return note.op === 'opened' ? say.opened(note.origin) : say.reused(note.origin, note.nth);
};

export const httpNoteText = (note: HttpNote, language: Language): string => {
  const say = httpSentences[language];
  switch (note.kind) {
    case 'request':
      return say.request[note.op](`${note.method} ${note.target} ${note.version}`, note.nth);
    case 'response':
      return responseText(note, language);
    case 'http-connection':
      return connectionText(note, language);
    case 'cookie': {
      const pair = note.op === 'dropped' || note.op === 'expired' ? note.name : `${note.name}=${note.value}`;
      const what = say.cookie(cookieVerbs[note.op][language], pair, note.domain, note.path);
      return note.op === 'withheld' ? say.because(what, verdictTexts[note.reason][language]) : what;
    }
    case 'session':
      return say.session[note.op](note.id, note.live);
    case 'http-cache':
      return say.cache[note.op](note.url, note.freshS);
    case 'attempt':
      return say.attempt[note.op](note.ip, note.other);
    case 'redirect':
      return note.refused
        ? say.tooMany(note.status, note.to)
        : say.redirect(note.status, note.method, note.to);
    case 'strict-transport':
      return note.op === 'stored'
        ? say.strict(note.host, Math.floor(note.maxAgeS / secondsOfDay))
        : say.overTls(note.from, note.to);
    case 'retry': {
      const what = `${note.method} ${note.target}`;
      return note.allowed ? say.retry(what) : say.noRetry(what);
    }
  }
};

/** As a program would print it: `get(http://…) = 200, 5 B`. */
export const httpAnswerText = (action: AppAction, {result, exchanges, status, bytes}: HttpAnswer): string => {
  const asked = callText(action);
  if (action.call === 'pipeline' && exchanges.length > 0) {
    const all = exchanges.map((each) => `${each.status}, ${each.bytes} B`).join('; ');
    return `${asked} = ${result === 'ok' ? all : `${result}; ${all}`}`;
  }
  const got = status === undefined ? '' : `${status}, ${bytes} B`;
  if (result === 'ok') return `${asked} = ${got}`;
  return `${asked} = ${result}${got && `; ${got}`}`;
};
