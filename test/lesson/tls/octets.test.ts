// The octets of runs with TLS are pinned: signatures, keys and ciphertexts are the same on Node 20, 24 and 26, whose OpenSSL differ.
import {expect, test} from 'vitest';
import {readLesson} from '../../../scripts/lesson-files.ts';
import {digestOf} from '../../../scripts/run-digests.ts';
import {root} from '../../helpers/terminal.ts';

test.each([
  ['https-tls12', 'rsa', '1c05a90a42bf3a78c18da16c521664c31d0dd54a94dda6e5582ec206d48900d6'],
  ['https-tls12', 'ecdhe', '7040bf8f3739b722fa680ba876feee9bbcf22a783370e73e702cdd6eda43b4cd'],
  ['https-tls13', 'retry', '1d580dac81c3605933772abe7bd1320d34e323c3a2f060c695b844319749c2dd'],
  ['https-tls13', 'replayed', 'def38a5b25d6bce054c590a12b9f57f22908a8ed80d9044ad64b921e511c59a8'],
])('%s %s', (id, name, digest) => {
  const lesson = readLesson(`${root}test/fixtures/skeletons/${id}.yaml`, `${id}.yaml`);
  const run = lesson.ok ? lesson.value.runs.find((each) => each.name === name) : undefined;
  if (!lesson.ok || !run) expect.fail('it cannot be read');
  expect(digestOf(lesson.value, run, 1)).toBe(`sha256:${digest}`);
});
