// One HTTP server without a network: bytes of a client go in as they are, written bytes come out, time is what the test says.
import type {HttpEffect, HttpEvent} from '../../../source/stack/http/call.ts';
import type {HttpNote} from '../../../source/stack/http/note.ts';
import type {Route} from '../../../source/stack/http/route.ts';
import {httpServerStep} from '../../../source/stack/http/server-program.ts';
import {type HttpServerSettings, httpServerDefaults} from '../../../source/stack/http/server-settings.ts';
import {httpServerStart} from '../../../source/stack/http/server-state.ts';
import {messagesOf} from '../../../source/wire/http/message.ts';
import {feed, responseParser} from '../../../source/wire/http/parser.ts';
import {joinedOctets} from '../../../source/wire/octets.ts';
import {acted} from '../acted.ts';

const stream = 'c';

export class OneServer {
  nowUs = 0;
  readonly effects: HttpEffect[] = [];
  readonly timers = new Map<string, number>();
  #state: ReturnType<typeof httpServerStart>;

  constructor(routes: readonly Route[], changes: Partial<HttpServerSettings> = {}) {
    this.#state = httpServerStart({...httpServerDefaults, routes, ...changes});
    this.happen({kind: 'start'});
    const from = {ip: '192.0.2.10', port: 40_000};
    this.happen({kind: 'accepted', stream, port: 80, local: '198.51.100.20', from});
  }

  happen(event: HttpEvent): this {
    const env = {nowUs: this.nowUs, addresses: [], chance: () => 7};
    const {state, effects} = httpServerStep(this.#state, event, env);
    this.#state = state;
    for (const effect of effects) {
      if (effect.kind !== 'timer') continue;
      if (effect.op === 'arm') this.timers.set(effect.timer, effect.dueUs);
      else this.timers.delete(effect.timer);
    }
    acted(...effects);
    this.effects.push(...effects);
    return this;
  }

  /** One character for each octet. */
  hear(text: string): this {
    return this.happen({kind: 'data', stream, data: Uint8Array.from(text, (each) => each.charCodeAt(0))});
  }

  end(): this {
    return this.happen({kind: 'ended', stream, how: 'eof'});
  }

  /** The timer that is due next. */
  wait(): this {
    const [next] = [...this.timers].sort((a, b) => a[1] - b[1]);
    if (!next) return this;
    const [timer, dueUs] = next;
    this.timers.delete(timer);
    this.nowUs = dueUs;
    return this.happen({kind: 'timer', timer});
  }

  get bytes(): Uint8Array {
    return joinedOctets(this.effects.flatMap((effect) => (effect.kind === 'write' ? [effect.data] : [])));
  }

  get text(): string {
    return new TextDecoder('latin1').decode(this.bytes);
  }

  /** `methods`: of the requests, where one was not GET. */
  statuses(methods?: readonly string[]): readonly number[] {
    const {messages} = messagesOf(feed(responseParser(methods), this.bytes).parts);
    return messages.map(({head}) => (head.start.kind === 'response' ? head.start.status : 0));
  }

  get closing(): boolean {
    return this.effects.some(({kind}) => kind === 'finish' || kind === 'close');
  }

  get notes(): readonly HttpNote[] {
    return this.effects.flatMap((effect) => (effect.kind === 'note' ? [effect.note] : []));
  }
}
