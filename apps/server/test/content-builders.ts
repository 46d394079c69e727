import { draftAnnouncement } from '../src/modules/content/use-cases/announce.ts';
import type { StaffActor } from '../src/platform/actor.ts';
import type { TestSystem } from './harness.ts';

/** An announcement that nobody sees yet. @returns its id */
export function givenAnnouncement(system: TestSystem, actor: StaffActor): Promise<string> {
  const text = { kind: 'news' as const, title: '甲方公告', body: '甲方的公告内容。' };
  return draftAnnouncement(system.deps, { actor, text });
}
