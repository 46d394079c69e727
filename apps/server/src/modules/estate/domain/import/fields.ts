import type { ImportField, SheetKind } from '@wuye-pay/contract';

export type DataSheetKind = Exclude<SheetKind, 'ignore'>;

export interface FieldOfKind {
  readonly field: ImportField;
  readonly zh: string;
  readonly en: string;
  readonly required: boolean;
  /** Other words for it in house lists, without units and marks. */
  readonly synonyms: readonly string[];
}

const field = (name: ImportField, zh: string, en: string, synonyms = ''): FieldOfKind => ({
  field: name,
  zh,
  en,
  required: false,
  synonyms: [zh, ...synonyms.split(' ').filter(Boolean)],
});
const required = (of: FieldOfKind): FieldOfKind => ({ ...of, required: true });

const community = field(
  'community',
  '小区',
  'Community',
  '小区名称 项目 项目名称 所属小区 所属项目',
);
const building = field(
  'building',
  '楼栋',
  'Building',
  '楼号 楼栋号 楼栋编号 楼栋名称 栋 栋号 幢 幢号 楼宇 楼幢 座 楼 楼座',
);
const entrance = field('entrance', '单元', 'Entrance', '单元号 单元编号 单元名称 门洞');
const ownerNo = field('ownerNo', '业主编号', 'Owner number', '业主编码 客户编号 业主序号');
const ownerName = field(
  'ownerName',
  '业主姓名',
  'Owner',
  '业主 业主名称 姓名 户主 户主姓名 产权人 产权人姓名 客户名称 住户 住户姓名 房主',
);
const phone = field(
  'phone',
  '手机号',
  'Phone',
  '手机 手机号码 电话 电话号码 联系电话 联系方式 业主电话 业主手机 业主手机号 业主联系电话',
);
const idNumber = field(
  'idNumber',
  '身份证号',
  'Identity number',
  '身份证 身份证号码 证件号 证件号码 业主身份证 业主身份证号',
);
const ownerRole = field('ownerRole', '业主类型', 'Role', '人员类型 住户类型 人员身份 住户身份');
const builtArea = field('builtArea', '建筑面积', 'Built area', '面积 房屋面积 产权面积 建面');

export const fieldsByKind: Readonly<Record<DataSheetKind, readonly FieldOfKind[]>> = {
  units: [
    community,
    building,
    entrance,
    required(
      field(
        'doorNo',
        '房号',
        'Door number',
        '房间 房间号 房屋编号 房屋号 门牌号 门牌 户号 室号 室 房屋 房屋名称 房屋地址 房产编号 门牌号码',
      ),
    ),
    field('floor', '楼层', 'Floor', '房屋楼层 所在楼层 层'),
    field('kind', '房屋类型', 'Kind', '类型 房产类型 房屋用途 用途 物业类型 业态 房屋性质'),
    builtArea,
    field('innerArea', '套内面积', 'Inner area', '室内面积 使用面积 套内建筑面积 实用面积'),
    field('chargeableArea', '计费面积', 'Chargeable area', '收费面积 计价面积'),
    field(
      'movedInOn',
      '入住日期',
      'Move-in date',
      '入住时间 交房日期 交房时间 交付日期 交付时间 接房日期 收房日期 收房时间 入伙日期',
    ),
    ownerNo,
    ownerName,
    phone,
    idNumber,
    ownerRole,
    field('feeNos', '房屋费用', 'Fees', '费用编号 收费编号 收费标准编号'),
    field(
      'feeFromOn',
      '费用开始时间',
      'Fees from',
      '费用开始日期 计费开始时间 计费开始日期 计费起始时间 收费开始时间 收费开始日期',
    ),
  ],
  owners: [required(ownerNo), required(ownerName), phone, idNumber, ownerRole],
  fees: [
    required(field('feeNo', '费用编号', 'Fee number', '收费编号')),
    field('feeType', '费用类型', 'Fee item', '费用大类'),
    required(field('feeName', '收费项目', 'Tariff', '费用名称 收费标准 收费项目名称')),
    field('cycleMonths', '缴费周期', 'Months a period', '收费周期'),
    field('startsOn', '计费起始时间', 'From', '计费开始时间 计费起始日期'),
    field('endsOn', '计费结束时间', 'To', '计费结束日期'),
    required(field('formula', '计算公式', 'Formula', '计费公式 计费方式')),
    field('price', '计费单价', 'Price', '单价'),
    field('surcharge', '固定费用', 'Fixed amount', '附加费 附加费用'),
  ],
  parking: [
    community,
    field('lot', '停车场编号', 'Car park', '停车场 停车场名称 车场 车库'),
    required(field('spaceNo', '车位编码', 'Space number', '车位编号 车位号 车位')),
    field('lotKind', '停车场类型', 'Kind of car park', '车位类型'),
    { ...builtArea, zh: '面积', en: 'Area', synonyms: ['面积', '车位面积', '建筑面积'] },
    ownerNo,
    ownerName,
    phone,
    idNumber,
    field('tenure', '出租还是出售', 'Let or sold', '租售方式 使用方式'),
    field('fromOn', '开始时间', 'From', '开始日期'),
    field('toOn', '结束时间', 'To', '结束日期'),
  ],
  buildings: [community, required(building), entrance],
};

/** Columns that other systems have and we do not need; they are no reason to ask. */
const unneeded = new Set(
  '总层数 是否有电梯 房屋户型 户型 租金 房屋状态 性别 年龄 编号 序号 备注 车牌号 车品牌 车类型 颜色 费用标识 付费类型 出账类型'.split(
    ' ',
  ),
);

export const isUnneeded = (header: string): boolean => unneeded.has(bareHeader(header));

export const isPersonal = (name: ImportField | null): boolean =>
  name === 'ownerName' || name === 'phone' || name === 'idNumber';

/** "建筑面积(m2) *" → 建筑面积. */
export function bareHeader(header: string): string {
  return header
    .replace(/[([【].*?[)\]】]/g, '')
    .replace(/[\s*★:/]|必填|选填|(m2|平方米|平米)$/g, '')
    .trim();
}

export function fieldOfHeader(kind: DataSheetKind, header: string): ImportField | undefined {
  const bare = bareHeader(header);
  return fieldsByKind[kind].find(({ synonyms }) => synonyms.includes(bare))?.field;
}
