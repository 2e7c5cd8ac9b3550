// Finds the HTTP requests of a run with their responses, in the form that questions need.
import {type HttpConnection, httpConnectionsIn} from '../account/http/connections.ts';
import type {Trace} from '../sim/trace.ts';
import {type Field, fieldValues} from '../wire/http/field-lines.ts';
import type {Head} from '../wire/http/framing.ts';
import {oncePer} from '../wire/once-per.ts';

export type Message = HttpConnection['exchanges'][number]['request'];

export type Exchange = {
  readonly connection: HttpConnection;
  readonly index: number;
  readonly request: Message;
  readonly response: Message;
  readonly method: string;
  readonly target: string;
  readonly status: number;
  /** The number of the packet in which the HTTP request begins; `answers` is that of the response. */
  readonly asks: number;
  readonly answers: number;
};

export const lineOf = ({start}: Head): string =>
  start.kind === 'request'
    ? `${start.method} ${start.target} ${start.version}`
    : `${start.version} ${start.status}`;

export const fieldOf = ({fields}: Head, name: string): string | undefined => fieldValues(fields, name)[0];

/** Returns the request-response pairs on an HTTP connection; requests without a response are left out. */
const exchangesOn = (connection: HttpConnection): readonly Exchange[] =>
  connection.exchanges.flatMap(({request, response}, index) => {
    const [asked, answered] = [request.head.start, response?.head.start];
    const [asks] = request.packets;
    const [answers] = response?.packets ?? [];
    if (asked.kind !== 'request' || answered?.kind !== 'response' || !response) return [];
    if (asks === undefined || answers === undefined) return [];
    const {method, target} = asked;
    return {
      ...{connection, index, request, response, method, target},
      ...{status: answered.status, asks, answers},
    };
  });

export const exchanges = oncePer((trace: Trace): readonly Exchange[] =>
  httpConnectionsIn(trace).flatMap(exchangesOn),
);

export const urlOf = ({connection, request, target}: Exchange): string =>
  `${connection.secured ? 'https' : 'http'}://${fieldOf(request.head, 'host') ?? ''}${target}`;

/** Returns the header fields with these names (in lower case) as `Name: value` lines, in the order of the head. */
export const fieldLines = ({fields}: Head, names: readonly string[]): readonly string[] =>
  fields
    .filter(({name}: Field) => names.includes(name.toLowerCase()))
    .map(({name, value}) => `${name}: ${value}`);

/** Returns the value of a header field from lines such as `Name: value`; undefined if it is missing. `name` is in lower case. */
export const valueIn = (lines: readonly string[], name: string): string | undefined =>
  lines.find((each) => each.toLowerCase().startsWith(`${name}:`))?.slice(name.length + 2);
