// An HTTP/1.x client as a program of a host: the network side of a browser (RFC 9110, 9111, 9112, 6265).
import {afterSession} from '../../wire/http/cookie-jar.ts';
import {type HttpUrl, readHttpUrl} from '../../wire/http/uri.ts';
import {Table} from '../../wire/table.ts';
import {encodeUtf8} from '../../wire/utf8.ts';
import {stepBy} from '../program.ts';
import type {HttpCall, HttpEvent, RequestCall} from './call.ts';
import {onAttemptDue} from './client-attempts.ts';
import {continueTimer, onConnected, onTold, place, placeWaiting, sendHeld} from './client-connections.ts';
import {onData, onEnded, onSilence} from './client-incoming.ts';
import {cookieNote, originOf} from './client-request.ts';
import {begin} from './client-response.ts';
import {
  attemptTimer,
  dropConnection,
  type Exchange,
  type Group,
  httpClientStart,
  note,
  silenceTimer,
  type Turn,
  update,
} from './client-state.ts';
import {beginTask, emptyAnswer, giveBack} from './client-tasks.ts';
import {overTls} from './strict-transport.ts';

const exchangeOf = (
  turn: Turn,
  token: number,
  {url, call}: {readonly url: HttpUrl; readonly call: RequestCall},
): Exchange => {
  const {version} = turn.state.settings;
  const plain: Exchange = {
    token,
    method: call.call === 'post' ? 'POST' : call.call === 'request' ? call.method : 'GET',
    url,
    version,
    fields: [],
    omitHost: false,
    redirects: 0,
    attempts: 0,
    address: 0,
    sentUs: 0,
    conditional: false,
    holding: false,
    early: false,
  };
  if (call.call === 'open') return plain;
  const content =
    'body' in call && call.body !== undefined
      ? {
          bytes: encodeUtf8(call.body),
          type: call.type ?? 'application/x-www-form-urlencoded',
          expect: call.expect ?? false,
        }
      : undefined;
  return {
    ...plain,
    version: call.version ?? version,
    fields: call.headers ?? [],
    omitHost: call.omitHost ?? false,
    ...(call.cookies === undefined ? {} : {cookies: call.cookies}),
    ...(call.raw === undefined ? {} : {raw: call.raw}),
    early: call.earlyData ?? false,
    ...(content ? {body: content, holding: content.expect} : {}),
  };
};

/** Returns the URL if it can be requested, otherwise undefined; a client without TLS settings cannot use https. */
const askable = ({state}: Turn, text: string): HttpUrl | undefined => {
  const url = readHttpUrl(text);
  return url?.scheme === 'http' || state.settings.secure ? url : undefined;
};

function pipeline(turn: Turn, token: number, urls: readonly string[]): void {
  const read = urls.flatMap((each) => {
    const url = askable(turn, each);
    return url ? [overTls(turn, url)] : [];
  });
  const [first, ...rest] = read.map((url) => exchangeOf(turn, token, {url, call: {call: 'open', url: ''}}));
  const sameOrigin = read.every((url) => first !== undefined && originOf(url) === originOf(first.url));
  if (!first || read.length < urls.length || !sameOrigin) {
    giveBack(turn, token, {result: 'EINVAL', ...emptyAnswer});
    return;
  }
  beginTask(turn, token, urls.length);
  place(turn, [first, ...rest]);
}

function closeBrowser(turn: Turn, token: number): void {
  const {connections, tasks, jar} = turn.state;
  for (const {id, queue} of connections.values()) {
    if (queue.some(({holding}) => holding))
      turn.effects.push({kind: 'timer', timer: continueTimer(id), op: 'cancel', because: '9110:10.1.1/wait'});
    turn.effects.push({kind: 'close', stream: id});
    dropConnection(turn, id);
  }
  const left = afterSession(jar);
  for (const cookie of jar.cookies)
    if (!left.cookies.includes(cookie)) note(turn, cookieNote('dropped', cookie), '6265:5.3/session-end');
  for (const pending of tasks.keys()) giveBack(turn, Number(pending), {result: 'cancelled', ...emptyAnswer});
  const none = {tasks: Table.empty<never>()};
  update(turn, {...none, jar: left, waiting: [], resolving: Table.empty<Group>()});
  giveBack(turn, token, {result: 'ok', ...emptyAnswer});
}

function onCall(turn: Turn, token: number, call: HttpCall): void {
  if (call.call === 'closeBrowser') closeBrowser(turn, token);
  else if (call.call === 'pipeline') pipeline(turn, token, call.urls);
  else {
    const url = askable(turn, call.url);
    if (!url) {
      giveBack(turn, token, {result: 'EINVAL', ...emptyAnswer});
      return;
    }
    beginTask(turn, token, 1);
    begin(turn, exchangeOf(turn, token, {url, call}));
  }
}

function onTimer(turn: Turn, timer: string): void {
  const held = turn.state.connections.first(({id}) => continueTimer(id) === timer);
  const silent = turn.state.connections.first(({id}) => silenceTimer(id) === timer);
  if (held) sendHeld(turn, held);
  if (silent) onSilence(turn, silent);
  const attempt = turn.state.connections.first(({id}) => attemptTimer(id) === timer);
  if (attempt) onAttemptDue(turn, attempt);
}

function dispatch(turn: Turn, event: HttpEvent): void {
  switch (event.kind) {
    case 'start': {
      // After a restart the browser still has persistent cookies, stored responses and the list of hosts that require TLS, because they are
      // files.
      const {settings, jar, cache, strict, serial} = turn.state;
      turn.state = {...httpClientStart(settings), jar: afterSession(jar), cache, strict, serial};
      return;
    }
    case 'call':
      onCall(turn, event.token, event.call);
      return;
    case 'told':
      onTold(turn, event.token, event.told);
      return;
    case 'connected':
      onConnected(turn, event.stream);
      return;
    case 'data':
      onData(turn, event.stream, event.data);
      return;
    case 'ended':
      onEnded(turn, event.stream, event.how);
      return;
    case 'timer':
      onTimer(turn, event.timer);
      return;
    case 'accepted':
    case 'datagram':
    case 'unreachable':
      return;
  }
}

export const httpClientStep = stepBy((turn: Turn, event: HttpEvent) => {
  dispatch(turn, event);
  placeWaiting(turn);
});
