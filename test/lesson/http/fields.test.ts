// Fields of recorded messages. Oracle: the captures' side file (fixtures/captures/http.json), which tells each exchange.
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {fieldValues} from '../../../source/lesson/packet-field.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {captureFolder} from '../../wire/captures.ts';

type Exchange = {
  readonly method: string;
  readonly target: string;
  readonly host: string;
  readonly version: string;
  readonly status: number;
  readonly interim?: readonly number[];
  readonly requestFrame: number;
  readonly requestBodyBytes?: number;
  readonly contentLength?: number;
  readonly contentType?: string;
  readonly setCookie: readonly string[];
  readonly location?: string;
  readonly responseFrame: number;
};

const known: {readonly exchanges: {readonly [name: string]: readonly Exchange[]}} = JSON.parse(
  readFileSync(`${captureFolder}http.json`, 'utf8'),
);

const present = <T>(values: readonly (T | undefined)[]): readonly T[] =>
  values.flatMap((value) => (value === undefined ? [] : [value]));

describe.each(Object.entries(known.exchanges))('%s', (file, exchanges) => {
  const trace = capturedTrace(file);
  const values = (field: Parameters<typeof fieldValues>[2]) =>
    Array.from({length: trace.packetCount}, (_, index) =>
      fieldValues(trace, trace.packet(index + 1), field).map(({value}) => value),
    ).flat();
  const asked = exchanges.toSorted((a, b) => a.requestFrame - b.requestFrame);
  const answered = exchanges.toSorted((a, b) => a.responseFrame - b.responseFrame);

  test('requests', () => {
    expect(values('http.request.method')).toEqual(asked.map(({method}) => method));
    expect(values('http.request.uri')).toEqual(asked.map(({target}) => target));
    expect(values('http.host')).toEqual(asked.map(({host}) => host));
    expect(values('http.request.version')).toEqual(asked.map(({version}) => version));
  });

  test('responses, interim ones too', () => {
    expect(values('http.response.code')).toEqual(
      answered.flatMap(({interim = [], status}) => [...interim, status]),
    );
    expect(values('http.set_cookie')).toEqual(answered.flatMap(({setCookie}) => setCookie));
    expect(values('http.location')).toEqual(present(answered.map(({location}) => location)));
  });

  test('a request without content begins and ends in its frame', () => {
    for (const {requestFrame, requestBodyBytes = 0, method} of asked) {
      if (requestBodyBytes > 0) continue;
      const found = fieldValues(trace, trace.packet(requestFrame), 'http.request.method');
      expect(found.map(({value}) => value)).toContain(method);
    }
  });
});
