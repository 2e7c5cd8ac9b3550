// Keeps the pending calls of an HTTP client, and answers each when the last of its requests has ended.
import {httpUrlText} from '../../wire/http/uri.ts';
import type {Exchanged, HttpAnswer, HttpResult} from './call.ts';
import {type Exchange, type Task, type Turn, update} from './client-state.ts';
import type {HttpRuleId} from './rules.ts';

export const emptyAnswer = {bytes: 0, content: new Uint8Array(), exchanges: []} as const;

export const giveBack = (turn: Turn, token: number, answer: HttpAnswer, reason?: HttpRuleId): void => {
  turn.effects.push({kind: 'return', token, answer, ...(reason && {reason})});
};

export const beginTask = (turn: Turn, token: number, left: number): void => {
  const task: Task = {left, result: 'ok', exchanges: [], content: new Uint8Array()};
  update(turn, {tasks: turn.state.tasks.with(`${token}`, task)});
};

const answerOf = ({result, status, content, exchanges}: Task): HttpAnswer => ({
  result,
  ...(status === undefined ? {} : {status}),
  bytes: exchanges.at(-1)?.bytes ?? 0,
  content,
  exchanges,
});

export type Came = {
  readonly status: number;
  readonly content: Uint8Array;
  readonly from: Exchanged['from'];
};

/** Records a response for the HTTP call to which its request belongs, as its latest one. */
export const noteExchanged = (turn: Turn, {token, url}: Exchange, {status, content, from}: Came): void => {
  const task = turn.state.tasks.get(`${token}`);
  if (!task) return;
  const exchanged = {url: httpUrlText(url), status, bytes: content.length, from};
  const exchanges = [...task.exchanges, exchanged];
  update(turn, {tasks: turn.state.tasks.with(`${token}`, {...task, status, content, exchanges})});
};

/** Ends one HTTP request of a call; after the last one the call is answered. If several requests fail, the call gets the first failure. */
export const endExchange = (turn: Turn, {token}: Exchange, result: HttpResult, reason?: HttpRuleId): void => {
  const task = turn.state.tasks.get(`${token}`);
  if (!task) return;
  const after = {...task, left: task.left - 1, result: task.result === 'ok' ? result : task.result};
  if (after.left > 0) {
    update(turn, {tasks: turn.state.tasks.with(`${token}`, after)});
    return;
  }
  update(turn, {tasks: turn.state.tasks.without(`${token}`)});
  giveBack(turn, token, answerOf(after), reason);
};
