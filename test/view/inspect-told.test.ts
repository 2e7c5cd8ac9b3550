// Sentences of `inspect` about captures of which the programs themselves have told what happened (fixtures/captures-today/README.md).
import {existsSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {inspectCapture} from '../../source/io/capture.ts';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {capturedQuic} from '../../source/observe/quic-captured.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import {inspectionReport} from '../../source/view/inspect/report.ts';
import {allOf} from '../../source/view/inspect/selection.ts';
import {parseKeyLog} from '../../source/wire/tls/key-log.ts';
import {keyLogOf, keysOf, todayFolder} from '../helpers/captured-today.ts';

const reportsOf = async (name: string): Promise<readonly [en: string, zh: string]> => {
  const path = `${todayFolder}${name}.pcap${existsSync(`${todayFolder}${name}.pcapng`) ? 'ng' : ''}`;
  const read = await inspectCapture(path);
  if (!read.ok) throw new Error(name);
  const {inspector, facts} = read.value;
  const log = keyLogOf(path);
  const keys = {crypto: nodeCrypto, log: parseKeyLog(log ? readFileSync(log) : new Uint8Array(0))};
  const told = allOf(
    inspector,
    capturedTls(inspector.connections, keysOf(path)),
    capturedQuic(inspector, keys),
  );
  const say = (language: 'en' | 'zh'): string =>
    inspectionReport({name, facts, inspector, told}, {language, columns: 500, ascii: false}).join('\n');
  return [say('en'), say('zh')];
};

test.each([
  [
    '27a-traceroute',
    /The path to 10\.77\.73\.40 was traced hop by hop \(with UDP, ICMP\): 10\.77\.73\.1, 10\.77\.73\.18, 10\.77\.73\.40\./,
    /（用 UDP、ICMP）：10\.77\.73\.1、10\.77\.73\.18、10\.77\.73\.40。/,
  ],
  [
    '24c-tls13-mutual-resumed',
    /On one connection the client also sent a certificate\. One connection resumed an earlier TLS session, without certificates\./,
    /在 1 条连接上，客户端也出示了证书。有 1 条连接恢复了先前的 TLS 会话，没有再出示证书。/,
  ],
  [
    '28d-traceroute-syn',
    /path from 10\.9\.0\.1 to 10\.8\.0\.2, traced with TCP: 1 10\.9\.0\.2 \([^)]*\), 2 10\.8\.0\.2 \([^)]*the destination\)$/m,
    /TCP.*1 10\.9\.0\.2.*2 10\.8\.0\.2/,
  ],
  ['28e-ping-one-hop', /3 echo requests to 10\.8\.0\.2: 2 answers/, /10\.8\.0\.2/],
  ['28e-ping-one-hop', /10\.9\.0\.2 reported by ICMP: TTL ran out \(packet 6\)/, /TTL/],
  [
    '25g-http-smuggling-cl-te',
    /^ {2}#1 no request could be read → 200 OK, text\/plain, 34 bytes \(packet 10\)$/m,
    /^ {2}#1 没有读到请求 → 200 OK，text\/plain，34 字节（分组 10）$/m,
  ],
  ['28f-h2-push', /HTTP\/2, 2 requests, 1 pushed;/, /HTTP\/2，2 个请求，推送 1 个/],
  [
    '28f-h2-push',
    /style\.css → 200, .*\(stream 2, pushed by the server, /,
    /style\.css → 200，.*（流 2，服务器推送，/,
  ],
])('%s: %s', async (name, english, chinese) => {
  const [en, zh] = await reportsOf(name);
  expect(en).toMatch(english);
  expect(zh).toMatch(chinese);
});

test('a traceroute by SYN is no row of refusals', async () => {
  const [en] = await reportsOf('28d-traceroute-syn');
  expect(en).not.toContain('answered the SYN with RST');
});
