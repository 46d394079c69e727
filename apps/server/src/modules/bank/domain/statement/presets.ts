import type { BankField, BankLayoutContent } from '@wuye-pay/contract';

export interface LayoutPreset {
  readonly name: string;
  readonly content: BankLayoutContent;
}

const common = {
  headerRows: 1,
  creditIsNegative: false,
  creditWords: [] as string[],
  debitWords: [] as string[],
  dateFormat: 'auto' as const,
  encoding: 'auto' as const,
  checksBalance: true,
};

/**
 * Examples in the three manners of Chinese banks' exports, from common knowledge. Headings differ
 * from bank to bank and from year to year: they are to be saved under a name of one's own.
 */
export const layoutPresets: readonly LayoutPreset[] = [
  {
    name: '示例：借方、贷方两列',
    content: {
      ...common,
      amountStyle: 'two-columns',
      columns: columns([
        ['bookedOn', '交易日期'],
        ['debit', '借方发生额'],
        ['credit', '贷方发生额'],
        ['balance', '余额'],
        ['counterpartyName', '对方户名'],
        ['counterpartyAccount', '对方账号'],
        ['text', '摘要'],
        ['text', '附言'],
        ['bankReference', '交易流水号'],
      ]),
    },
  },
  {
    name: '示例：金额加借贷标志',
    content: {
      ...common,
      amountStyle: 'direction',
      creditWords: ['贷', '收入', '转入', 'C'],
      debitWords: ['借', '支出', '转出', 'D'],
      columns: columns([
        ['bookedOn', '记账日期'],
        ['direction', '借贷标志'],
        ['amount', '交易金额'],
        ['balance', '账户余额'],
        ['counterpartyName', '对方名称'],
        ['counterpartyAccount', '对方账号'],
        ['counterpartyBank', '对方开户行'],
        ['text', '用途'],
        ['bankReference', '流水号'],
      ]),
    },
  },
  {
    name: '示例：一列带正负号的金额',
    content: {
      ...common,
      amountStyle: 'signed',
      columns: columns([
        ['bookedOn', '交易时间'],
        ['amount', '交易金额'],
        ['balance', '联机余额'],
        ['counterpartyName', '对手信息'],
        ['text', '交易备注'],
      ]),
    },
  },
];

function columns(list: readonly (readonly [BankField, string])[]): BankLayoutContent['columns'] {
  return list.map(([field, header]) => ({ field, header }));
}
