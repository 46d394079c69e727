import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rawMembers } from './scan.ts';

test('each value keeps the characters that came', () => {
  const text =
    ' { "a" : {"x":"\\u7269\\/}\\"{" , "y":[ 1,2 ]}, "s\\u0069gn":"a\\"b" ,"n":-1.5e3 } ';
  expect([...(rawMembers(text) ?? [])]).toEqual([
    ['a', '{"x":"\\u7269\\/}\\"{" , "y":[ 1,2 ]}'],
    ['sign', '"a\\"b"'],
    ['n', '-1.5e3'],
  ]);
  expect(rawMembers('{}')).toEqual(new Map());
});

test('whatever the object, its members are found whole', () => {
  const spaces = fc.constantFrom(undefined, 1, '\t');
  const objects = fc.dictionary(fc.string(), fc.jsonValue());
  fc.assert(
    fc.property(objects, spaces, (value, space) => {
      const members = rawMembers(JSON.stringify(value, undefined, space));
      const read = [...(members ?? [])].map(([name, raw]) => [name, JSON.parse(raw) as unknown]);
      expect(read).toEqual(Object.entries(JSON.parse(JSON.stringify(value)) as object));
    }),
  );
});

test('what is cut off, doubled or followed by more is nobody’s answer', () => {
  const whole = '{"a":{"b":"}"},"sign":"x"}';
  for (let length = 0; length < whole.length; length += 1) {
    expect(rawMembers(whole.slice(0, length))).toBeUndefined();
  }
  const wrong = ['', '[]', '"a"', `${whole}x`, `${whole}{}`, '{"a":1,"a":2}', '{"a":1,}', '{a:1}'];
  for (const text of [...wrong, '{"a" 1}', '{"a":}', '{"a":1 "b":2}', '{"a\n":1}']) {
    expect(rawMembers(text), text).toBeUndefined();
  }
});
