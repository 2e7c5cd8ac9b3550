// Tells what HTTP applications did and packets do not show: complete messages, cookies, sessions, cache, redirects.
import type {Language} from '../lesson/text.ts';
import type {AppAction} from '../sim/action.ts';
import type {HttpAnswer} from '../stack/http/call.ts';
import type {HttpNote} from '../stack/http/note.ts';
import {verdictTexts} from './catalogue/cookies.ts';
import {cookieVerbs, httpSentences} from './catalogue/http.ts';

const secondsOfDay = 86_400;

type Of<Kind extends HttpNote['kind']> = Extract<HttpNote, {readonly kind: Kind}>;

const responseText = (note: Of<'response'>, language: Language): string => {
  const {op, by, method, target, status, bytes} = note;
  const what = `${method} ${target}`;
  if (by === 'server') return httpSentences.answers[language]({what, status, bytes});
  return op === 'started'
    ? httpSentences.started[language]({status, what})
    : httpSentences[op][language]({what, status, bytes});
};

const connectionText = (note: Of<'http-connection'>, language: Language): string => {
  if (note.op === 'closing') return httpSentences.closing[language]({nth: note.nth});
  return note.op === 'opened'
    ? httpSentences.opened[language]({origin: note.origin})
    : httpSentences.reused[language]({origin: note.origin, nth: note.nth});
};

export const httpNoteText = (note: HttpNote, language: Language): string => {
  switch (note.kind) {
    case 'request':
      return httpSentences.request[note.op][language]({
        line: `${note.method} ${note.target} ${note.version}`,
        nth: note.nth,
      });
    case 'response':
      return responseText(note, language);
    case 'http-connection':
      return connectionText(note, language);
    case 'cookie': {
      const pair = note.op === 'dropped' || note.op === 'expired' ? note.name : `${note.name}=${note.value}`;
      const what = httpSentences.cookie[language]({
        verb: cookieVerbs[note.op][language],
        pair,
        domain: note.domain,
        path: note.path,
      });
      return note.op === 'withheld'
        ? httpSentences.because[language]({what, reason: verdictTexts[note.reason][language]})
        : what;
    }
    case 'session':
      return httpSentences.session[note.op][language]({id: note.id, live: note.live});
    case 'http-cache':
      return httpSentences.cache[note.op][language]({url: note.url, seconds: note.freshS});
    case 'attempt':
      return httpSentences.attempt[note.op][language]({ip: note.ip, other: note.other});
    case 'redirect':
      return note.refused
        ? httpSentences.tooMany[language]({status: note.status, to: note.to})
        : httpSentences.redirect[language]({status: note.status, method: note.method, to: note.to});
    case 'strict-transport':
      return note.op === 'stored'
        ? httpSentences.strict[language]({host: note.host, days: Math.floor(note.maxAgeS / secondsOfDay)})
        : httpSentences.overTls[language]({to: note.to, from: note.from});
    case 'retry': {
      const what = `${note.method} ${note.target}`;
      return note.allowed ? httpSentences.retry[language]({what}) : httpSentences.noRetry[language]({what});
    }
  }
};

/** Returns the result of `get(http://…)`, as a program would print it: `200, 5 B`. */
export const httpResultText = (action: AppAction, {result, exchanges, status, bytes}: HttpAnswer): string => {
  if (action.call === 'pipeline' && exchanges.length > 0) {
    const all = exchanges.map((each) => `${each.status}, ${each.bytes} B`).join('; ');
    return result === 'ok' ? all : `${result}; ${all}`;
  }
  const got = status === undefined ? '' : `${status}, ${bytes} B`;
  return result === 'ok' ? got : `${result}${got && `; ${got}`}`;
};
