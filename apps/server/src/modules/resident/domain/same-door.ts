/**
 * Whether somebody means this door: its number, or as people say it, with the words between the
 * numbers or without: 301, 2-301, 1栋2单元301, 1-2-301.
 */
export function isSameDoor(
  typed: string,
  door: { readonly doorNo: string; readonly label: string },
): boolean {
  const text = plain(typed);
  if (text === '') return false;
  const label = plain(door.label);
  return text === plain(door.doorNo) || text === label || numbersOf(text) === numbersOf(label);
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/\s+/g, '')
    .replace(/[室号房户]$/, '');
}

function numbersOf(text: string): string {
  return text.replace(/[栋幢座号楼单元弄室、，,\-—_/]+/g, '-').replace(/^-|-$/g, '');
}
