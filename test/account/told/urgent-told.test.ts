// Checks what is told of data that Linux does not deliver or does not accept. Oracle: test/fixtures/kernel/own, urgent/pointer-5 and
// close/close-wait-data-below. The first data of the lesson are 1460 bytes from seq=1001.
import {expect, test} from 'vitest';
import {toldAlone} from '../../view/story/told-with.ts';

const edit = (field: string, value: number) => ({kind: 'edit', field, value, mend: true}) as const;

test('the byte that an urgent pointer takes out of the stream', () => {
  const told = toldAlone('data-transfer base', 4, edit('tcp.flags.urg', 1));
  expect(told).toContain(
    'On Linux the server takes byte 1001 out of the stream: its program reads on without it.\n',
  );
  expect(told).toContain('服务器运行 Linux，把字节 1001 从字节流中取出');
  expect(toldAlone('data-transfer rfc', 4, edit('tcp.flags.urg', 1))).not.toMatch(
    /out of the stream|从字节流中取出/,
  );
});

test('a reset for data that go past the peer’s FIN', () => {
  const told = toldAlone('data-transfer base', 4, edit('tcp.flags.fin', 1));
  expect(told).toContain(
    'this segment carries data past it: the server answers with RST and ends the connection.\n',
  );
  expect(told).toContain('带来了越过 FIN 的数据：服务器回 RST，结束连接。');
  expect(toldAlone('data-transfer rfc', 4, edit('tcp.flags.fin', 1))).not.toMatch(/past it|越过 FIN/);
});
