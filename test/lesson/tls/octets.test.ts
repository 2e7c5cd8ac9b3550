// The octets of runs with TLS are pinned: signatures, keys and ciphertexts are the same on Node 20, 24 and 26, whose OpenSSL differ.
import {expect, test} from 'vitest';
import {digestOf} from '../../../scripts/run-digests.ts';
import {readSkeleton} from '../../helpers/skeletons.ts';

test.each([
  ['https-tls12', 'rsa', 'e9ef30ef4ac98d23fbfa0bb4f3511422642096c17ac76e6d8644f006819de356'],
  ['https-tls12', 'ecdhe', 'bf3dc00bafc0ef20a2d65bdd522323e5ffb3d9aae84396158da6fd840535dd34'],
  ['https-tls13', 'retry', '617eb3d6b89b1ce271911eef98f818b72a2fc4ea7202175ac139b7070c7f238b'],
  ['https-tls13', 'replayed', '916f1e09a215f14025d67c48c56938c73845752d56c9b4fb0fffe8111006b061'],
])('%s %s', (id, name, digest) => {
  const lesson = readSkeleton(id);
  const run = lesson.ok ? lesson.value.runs.find((each) => each.name === name) : undefined;
  if (!lesson.ok || !run) expect.fail('it cannot be read');
  expect(digestOf(lesson.value, run, 1)).toBe(`sha256:${digest}`);
});
