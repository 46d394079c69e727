import { expect, test } from 'vitest';
import { maskDigits, maskName, maskPhone } from './mask.ts';
import {
  buildingNameOf,
  doorNoOf,
  entranceOf,
  labelOf,
  sortKeyOf,
  splitAddress,
} from './unit-label.ts';

test.each([
  ['1', '1栋'],
  ['01', '1栋'],
  ['1#', '1栋'],
  ['1 栋', '1栋'],
  ['一栋', '1栋'],
  ['十二栋', '12栋'],
  ['二十栋', '20栋'],
  ['a', 'A栋'],
  ['1号楼', '1号楼'],
  ['十号楼', '10号楼'],
  ['A座', 'A座'],
  ['北苑3幢', '北苑3幢'],
])('the building %s is written %s', (text, name) => {
  expect(buildingNameOf(text)).toBe(name);
});

test.each([
  ['1', '1'],
  ['01', '1'],
  ['二单元', '2'],
  ['0', ''],
  ['无', ''],
  ['东门', '东门'],
])('the entrance %s is written "%s"', (text, entrance) => {
  expect(entranceOf(text)).toBe(entrance);
});

test.each([
  ['1栋2单元301', '1栋2单元301'],
  ['1栋2单元301室', '1栋2单元301'],
  ['1-2-301', '1栋2单元301'],
  ['3-501', '3栋501'],
  ['1号楼301', '1号楼301'],
])('the address %s is the home %s', (text, label) => {
  const place = splitAddress(text);
  expect(place && labelOf(place)).toBe(label);
});

test('a door number alone is no address', () => {
  expect(splitAddress('301')).toBeUndefined();
  expect(doorNoOf(' 301 室')).toBe('301');
});

test('homes sort as people count', () => {
  const places = [
    ['10栋', '1', '101'],
    ['2栋', '10', '101'],
    ['2栋', '9', '1001'],
    ['2栋', '9', '901'],
  ].map(([building = '', entrance = '', doorNo = '']) => ({ building, entrance, doorNo }));
  const sorted = places.sort((a, b) => (sortKeyOf(a) < sortKeyOf(b) ? -1 : 1)).map(labelOf);
  expect(sorted).toEqual(['2栋9单元901', '2栋9单元1001', '2栋10单元101', '10栋1单元101']);
});

test.each([
  ['王', '*'],
  ['王明', '王*'],
  ['王小明', '王*明'],
  ['欧阳小明', '欧**明'],
  ['晨光物业服务有限公司', '晨光**公司'],
])('the name %s is shown as %s', (name, masked) => {
  expect(maskName(name)).toBe(masked);
});

test('phones and long numbers lose their middle', () => {
  expect(maskPhone('13912340001')).toBe('139****0001');
  expect(maskPhone('82345678')).toBe('****78');
  expect(maskDigits('电话13912340001')).toBe('电话139****0001');
  expect(maskDigits('证11010119900307007X号')).toBe('证110***********号');
  expect(maskDigits('301室 89.37')).toBe('301室 89.37');
});
