// One HTTP client without a network: calls and bytes of servers go in as they are, time is what the test says.
import type {HttpAnswer, HttpCall} from '../../../source/stack/http/call.ts';
import {httpClientStep} from '../../../source/stack/http/client-program.ts';
import {type HttpClientSettings, httpClientDefaults} from '../../../source/stack/http/client-settings.ts';
import {httpClientStart} from '../../../source/stack/http/client-state.ts';
import type {StreamEnd} from '../../../source/stack/program.ts';
import {OneProgram} from './one-program.ts';

export class OneClient extends OneProgram<ReturnType<typeof httpClientStart>> {
  #calls = 0;

  constructor(changes: Partial<HttpClientSettings> = {}) {
    super(
      httpClientStep,
      httpClientStart({...httpClientDefaults, hosts: {'a.test': '192.0.2.1'}, ...changes}),
    );
  }

  /** Its token: 1, 2, 3 … */
  call(call: HttpCall): this {
    this.#calls += 1;
    return this.happen({kind: 'call', token: this.#calls, call});
  }

  get(path: string, more: object = {}): this {
    return this.call({call: 'get', url: path.includes(':') ? path : `http://a.test${path}`, ...more});
  }

  /** Streams that it has asked for, the oldest first. */
  get streams(): readonly string[] {
    return this.effects.flatMap((effect) => (effect.kind === 'connect' ? [effect.stream] : []));
  }

  #nth(nth: number): string {
    return this.streams.at(nth) ?? 'none';
  }

  /** Of its streams the last one, or the `nth`. */
  connected(nth = -1): this {
    return this.happen({kind: 'connected', stream: this.#nth(nth)});
  }

  /** One character for each octet. */
  hear(text: string, nth = -1): this {
    const data = Uint8Array.from(text, (each) => each.charCodeAt(0));
    return this.happen({kind: 'data', stream: this.#nth(nth), data});
  }

  end(how: StreamEnd = 'eof', nth = -1): this {
    return this.happen({kind: 'ended', stream: this.#nth(nth), how});
  }

  /** What it has written, with the place of the stream in front. */
  get written(): readonly string[] {
    return this.effects.flatMap((effect) =>
      effect.kind === 'write'
        ? [`${this.streams.indexOf(effect.stream)} ${new TextDecoder('latin1').decode(effect.data)}`]
        : [],
    );
  }

  /** First lines of its requests. */
  get requests(): readonly string[] {
    return this.written.map((text) => text.split(' HTTP/')[0] ?? '');
  }

  answer(token: number): HttpAnswer | undefined {
    return this.effects.flatMap((effect) =>
      effect.kind === 'return' && effect.token === token ? [effect.answer] : [],
    )[0];
  }

  /** `refused`, `ok 200`; undefined: still under way. */
  result(token: number): string | undefined {
    const answer = this.answer(token);
    return answer && [answer.result, answer.status].filter((each) => each !== undefined).join(' ');
  }

  /** `connect 0`, `abort 1`, in order. */
  get acts(): readonly string[] {
    return this.effects.flatMap((effect) =>
      effect.kind === 'connect' || effect.kind === 'abort' || effect.kind === 'close'
        ? [`${effect.kind} ${this.streams.indexOf(effect.stream)}`]
        : [],
    );
  }

  get addresses(): readonly string[] {
    return this.effects.flatMap((effect) => (effect.kind === 'connect' ? [effect.to.ip] : []));
  }
}
