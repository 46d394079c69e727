import {
  type Draft,
  draftStatement,
  prepareForBulk,
} from '../../apps/server/src/modules/billing/store/draft-store.ts';
import { type Database, sql } from '../../apps/server/src/platform/database/index.ts';
import { newId } from '../../apps/server/src/platform/id.ts';
import { bench } from './bills-seed.ts';

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Subplan Name'?: string;
  readonly 'Actual Total Time': number;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

interface Explained {
  readonly Plan: PlanNode;
  readonly Triggers: readonly { 'Constraint Name': string; Time: number; Calls: number }[];
  readonly 'Execution Time': number;
}

class RolledBack extends Error {}

/** Where the time of the run's statement goes, as the database itself tells it; nothing is kept. */
export async function profileDraft(db: Database): Promise<string[]> {
  const at = new Date();
  const runId = newId(at);
  const { companyId, communityId, month } = bench;
  const draft: Draft = {
    runId,
    communityId,
    month,
    millis: at.getTime(),
    look: 'nowhere',
  };
  let lines: string[] = [];
  const work = db.transaction(companyId, async (tx) => {
    await tx.run(sql`
      insert into billing.bill_run (company_id, id, community_id, month, created_at)
      values (${companyId}, ${runId}, ${communityId}, ${month}, ${at})`);
    await prepareForBulk(tx);
    const explained = await tx.one(sql<{ 'QUERY PLAN': [Explained] }>`
      explain (analyze, costs off, timing on, format json) ${draftStatement(tx, draft)}`);
    lines = summary(explained['QUERY PLAN'][0]);
    throw new RolledBack();
  });
  await work.catch((error: unknown) => {
    if (!(error instanceof RolledBack)) throw error;
  });
  return lines;
}

/** Times of nodes include what is below them, so the judging is taken off the inserts above it. */
function summary(explained: Explained): string[] {
  const nodes = allNodes(explained.Plan);
  const subplan = (name: string) =>
    nodes.find((node) => node['Subplan Name'] === `CTE ${name}`)?.['Actual Total Time'] ?? 0;
  const judged = subplan('candidate');
  const keys = explained.Triggers.map((trigger) => trigger.Time).reduce((a, b) => a + b, 0);
  const share = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  return [
    'Where the time of the statement goes (explain analyze, whose clock adds to every row):',
    `- judge every assignment: ${share(judged)}`,
    `- write the bills and their four indexes: ${share(subplan('billed') - judged)}`,
    `- totals by fee item: ${share(subplan('totalled'))}`,
    `- skipped units: ${share(explained.Plan['Actual Total Time'] - judged)}`,
    `- foreign keys: ${share(keys)} (${explained.Triggers.map(triggerText).join(', ')})`,
    `- in all: ${share(explained['Execution Time'])}`,
  ];
}

function triggerText(trigger: Explained['Triggers'][number]): string {
  return `${trigger['Constraint Name']} ${(trigger.Time / 1000).toFixed(2)} s`;
}

function allNodes(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(allNodes)];
}
