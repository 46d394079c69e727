/** Invented people: a surname and a given name picked by the number of the home. */
const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'.split('');
const givenNames = [
  '伟',
  '芳',
  '娜',
  '敏',
  '静',
  '建国',
  '秀英',
  '丽华',
  '志强',
  '晓明',
  '桂兰',
  '子涵',
];
const areas = ['89.37', '118.52', '76.40', '135.08'];

const buildings = 3;
const entrances = 2;
const floors = 11;
const homesAFloor = 2;

/**
 * The house list of the demo's second community as CSV, as a property company would have it:
 * 132 homes, a row of shops and some parking spaces. Always the same.
 */
export function lakesideHouseList(): string {
  const rows = [
    '小区,楼栋,单元,楼层,房号,房屋类型,建筑面积,套内面积,业主姓名,手机号,入住日期',
    ...homes(),
    ...shops(),
    ...parkingSpaces(),
  ];
  return `\uFEFF${rows.join('\r\n')}\r\n`;
}

export const lakesideName = '翠湖雅苑';

function homes(): string[] {
  const rows: string[] = [];
  for (let building = 1; building <= buildings; building += 1) {
    for (let entrance = 1; entrance <= entrances; entrance += 1) {
      for (let floor = 1; floor <= floors; floor += 1) {
        for (let home = 1; home <= homesAFloor; home += 1) {
          const area = areas[(building + entrance + home) % areas.length] ?? '';
          const door = `${floor}0${home}`;
          rows.push(row([`${building}栋`, `${entrance}单元`, `${floor}`, door, '住宅', area]));
        }
      }
    }
  }
  return rows;

  function row(cells: string[]): string {
    const number = rows.length;
    const inner = (Number(cells[5]) * 0.8).toFixed(2);
    return [lakesideName, ...cells, inner, ...owner(number), '2021-09-30'].join(',');
  }
}

function shops(): string[] {
  return Array.from({ length: 6 }, (_, index) =>
    [
      lakesideName,
      '商铺',
      '',
      '1',
      `S${index + 1}`,
      '商铺',
      `${48 + index * 7}.60`,
      `${40 + index * 6}.20`,
      ...owner(200 + index),
      '2021-12-15',
    ].join(','),
  );
}

function parkingSpaces(): string[] {
  return Array.from({ length: 12 }, (_, index) =>
    [
      lakesideName,
      '地下车库',
      '',
      '-1',
      `B${String(index + 1).padStart(3, '0')}`,
      '车位',
      '12.72',
      '12.72',
      ...owner(index * 3),
      '2021-09-30',
    ].join(','),
  );
}

/** Of the owner of the n-th home, as the list has it. */
export function ownerPhoneOf(number: number): string {
  return `139${String(10_000_000 + number * 7919).slice(0, 8)}`;
}

function owner(number: number): string[] {
  const surname = surnames[(number * 7) % surnames.length] ?? '';
  const given = givenNames[(number * 5) % givenNames.length] ?? '';
  return [surname + given, ownerPhoneOf(number)];
}
