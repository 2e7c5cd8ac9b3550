// The octets of runs with TLS are pinned: signatures, keys and ciphertexts are the same on Node 20, 24 and 26, whose OpenSSL differ.
import {expect, test} from 'vitest';
import {digestOf} from '../../../scripts/run-digests.ts';
import {readSkeleton} from '../../helpers/skeletons.ts';

test.each([
  ['https-tls12', 'rsa', '57461b470388decffa932fb7cf6593fe9ae0dc9556bb566ecfefc8d63b56342a'],
  ['https-tls12', 'ecdhe', 'd337547c1e34e7347b2ff4fe265cf0dc99d7d21e51002ebb99733722be0f023f'],
  ['https-tls13', 'retry', '456f6d75b8211657110f329203d5e6de81551855af6463f9d30e0214b737624a'],
  ['https-tls13', 'replayed', '7fbe314d2102ae7826780fc2ee2d40c7ef04d5ae05ad183fba7976f398ec43b8'],
])('%s %s', (id, name, digest) => {
  const lesson = readSkeleton(id);
  const run = lesson.ok ? lesson.value.runs.find((each) => each.name === name) : undefined;
  if (!lesson.ok || !run) expect.fail('it cannot be read');
  expect(digestOf(lesson.value, run)).toBe(`sha256:${digest}`);
});
