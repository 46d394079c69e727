interface Text {
  readonly zh: string;
  readonly en: string;
}

type Detail = Readonly<Record<string, unknown>>;

const words: Readonly<Record<string, (detail: Detail) => Text>> = {
  'estate.edit_unit': ({ changed }) => {
    const changes = Object.entries(asRecord(changed)).map(([field, change]) => {
      const { from, to } = asRecord(change);
      return { field, from: shown(from), to: shown(to) };
    });
    const told = (name: (field: string) => string) =>
      changes.map(({ field, from, to }) => `${name(field)} ${from} → ${to}`).join('，');
    const zh = told((field) => fieldZh[field] ?? field);
    return { zh: `修改房屋：${zh}`, en: `Unit edited: ${told((field) => field)}` };
  },
  'estate.change_area': ({ effectiveOn, to }) => {
    const { builtM2, innerM2, chargeableM2 } = asRecord(to);
    const [built, inner, chargeable] = [builtM2, innerM2, chargeableM2].map(shown);
    const day = shown(effectiveOn);
    return {
      zh: `自 ${day} 起面积改为：建筑 ${built}，套内 ${inner}，计费 ${chargeable} m²`,
      en: `Areas from ${day}: built ${built}, inner ${inner}, chargeable ${chargeable} m²`,
    };
  },
  'estate.add_person': ({ role, name }) => ({
    zh: `登记${roleZh[shown(role)] ?? '人员'} ${shown(name)}`,
    en: `${shown(role)} ${shown(name)} added`,
  }),
  'estate.end_person': ({ toOn }) => ({
    zh: `结束一人的登记，最后一天 ${shown(toOn)}`,
    en: `A person left, last day ${shown(toOn)}`,
  }),
  'estate.edit_person': ({ name, changed }) => ({
    zh: `修改 ${shown(name)} 的${listed(changed, personZh)}`,
    en: `Changed of ${shown(name)}: ${listed(changed, {})}`,
  }),
  'estate.reveal_person': ({ name, reason }) => ({
    zh: `查看 ${shown(name)} 的完整资料，原因：${shown(reason)}`,
    en: `Looked at the clear data of ${shown(name)}: ${shown(reason)}`,
  }),
  'estate.replace_room_code': ({ reason }) => ({
    zh: `更换房屋码，原因：${shown(reason)}`,
    en: `Room code replaced: ${shown(reason)}`,
  }),
};

const fieldZh: Readonly<Record<string, string>> = {
  kind: '类型',
  floor: '楼层',
  doorNo: '房号',
  movedInOn: '入住日期',
  state: '状态',
};
const roleZh: Readonly<Record<string, string>> = {
  owner: '业主',
  tenant: '租户',
  family: '家属',
};
const personZh: Readonly<Record<string, string>> = {
  name: '姓名',
  phone: '手机号',
  idNumber: '身份证号',
};

/** An audit entry of a unit as a sentence for its timeline. */
export function historyText(action: string, detail: Detail): Text {
  return words[action]?.(detail) ?? { zh: action, en: action };
}

function asRecord(value: unknown): Detail {
  return value !== null && typeof value === 'object' ? (value as Detail) : {};
}

function shown(value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  return typeof value === 'number' ? String(value) : '—';
}

function listed(value: unknown, names: Readonly<Record<string, string>>): string {
  const items: unknown[] = Array.isArray(value) ? value : [];
  return items.map((item) => names[shown(item)] ?? shown(item)).join('、');
}
