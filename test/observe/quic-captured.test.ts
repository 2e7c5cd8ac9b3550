// Oracle: what tshark 4.0.17 and a separate QPACK program said about recorded captures (fixtures/captures-today), in all fields.
import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {CaptureInspector} from '../../source/observe/capture-inspector.ts';
import {http3Json, http3On} from '../../source/observe/http3-json.ts';
import {type CapturedQuic, capturedQuic} from '../../source/observe/quic-captured.ts';
import {quicJson} from '../../source/observe/quic-json.ts';
import {readBytes} from '../wire/captures.ts';
import {quicFile, quicFolder, quicKeys, quicNames} from './quic-captures.ts';

const quicOf = (name: string, secrets: boolean): readonly CapturedQuic[] => {
  const inspector = new CaptureInspector();
  for (const record of readBytes(readFileSync(quicFile(name))).records) inspector.add(record);
  inspector.finish();
  return capturedQuic(inspector, quicKeys(name, secrets));
};

const jsonOf = (quic: readonly CapturedQuic[]) => ({
  quic: quic.map(({connection}) => quicJson(connection)),
  http3: http3On(quic).map(http3Json),
});

const sideOf = (name: string) => JSON.parse(readFileSync(`${quicFolder}${name}.json`, 'utf8'));

describe.each(quicNames)('%s', (name) => {
  const side = sideOf(name);

  it('is read as its side file says', () => {
    const ours = jsonOf(quicOf(name, true));
    expect(ours).toEqual({quic: side.quic, http3: side.http3});
  });

  it('tells without secrets what is in clear, and nothing more', () => {
    const ours = jsonOf(quicOf(name, false));
    if (name === '28a-quic-moved') {
      // What says that both are one connection is sealed.
      expect(ours.quic.map(({client}) => client)).toEqual(['10.9.0.1:37157', '10.9.0.1:37280']);
      return;
    }
    const closed = side.quic.map((each: Record<string, unknown>) => {
      const {keyPhaseChanges: _1, streams: _2, close: _3, ...rest} = each;
      return {...rest, opened: false, alpn: null, earlyDataAccepted: null};
    });
    expect(ours).toEqual({quic: closed, http3: []});
  });
});
