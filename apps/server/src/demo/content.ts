import type { DemoClient } from './client.ts';

/** One announcement for everybody and one disclosure, so that the page is not empty. */
export async function ensureContent(client: DemoClient): Promise<void> {
  const known = await client.get<{ items: unknown[] }>('/api/announcements?limit=1');
  if (known.items.length > 0) return;
  for (const text of texts) {
    const { id } = await client.post<{ id: string }>('/api/announcements', text);
    await client.post(`/api/announcements/${id}/publish`);
  }
}

const texts = [
  {
    kind: 'disclosure',
    title: '第三季度公共收益公示',
    body: '# 收入\n- 电梯广告 18,600.00 元\n- 临时停车 9,240.00 元\n# 支出\n- 补充维修资金 20,000.00 元\n- 儿童乐园维护 3,150.00 元\n结余 4,690.00 元转入下季度。明细可到物业前台查阅。',
  },
  {
    kind: 'news',
    title: '周六上午清洗水箱，短时停水',
    body: '周六 9:00 到 12:00 清洗生活水箱，期间停水，请提前储水。\n恢复供水后请先放水一分钟再饮用。\n# 有问题\n- 在“报事”里留言\n- 或打电话给物业前台',
    isPinned: true,
  },
];
