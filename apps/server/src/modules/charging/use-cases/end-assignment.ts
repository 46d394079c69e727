import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Deps } from '../../../platform/deps.ts';
import { chargingErrors } from '../errors.ts';
import {
  type Assignment,
  deleteAssignment,
  lockAssignment,
  setAssignmentEnd,
} from '../store/assignment-store.ts';

export interface AssignmentEnd {
  readonly companyId: string;
  readonly actor: Actor;
  readonly assignmentId: string;
  /** The last day; a day before its first withdraws the assignment as if it had never been. */
  readonly toOn: string;
}

/** Ends what a unit pays. Bills that were issued stay: they keep what they were worked out from. */
export function endAssignment(
  deps: Pick<Deps, 'db' | 'clock'>,
  input: AssignmentEnd,
): Promise<Assignment> {
  return deps.db.transaction(input.companyId, async (tx) => {
    const assignment = await lockAssignment(tx, input.assignmentId);
    if (!assignment) throw chargingErrors.ASSIGNMENT_NOT_FOUND();
    if (assignment.toOn !== null && input.toOn > assignment.toOn) {
      const reason = `已于 ${assignment.toOn} 结束，不能改晚；请另行分配`;
      throw chargingErrors.ASSIGNMENT_INVALID({ problems: [{ field: 'toOn', reason }] });
    }
    const withdrawn = input.toOn < assignment.fromOn;
    if (withdrawn) await deleteAssignment(tx, assignment.id);
    else await setAssignmentEnd(tx, assignment.id, input.toOn);
    await recordAudit(tx, deps.clock, {
      actor: input.actor,
      action: withdrawn ? 'charging.withdraw_assignment' : 'charging.end_assignment',
      subjectKind: 'assignment',
      subjectId: assignment.id,
      detail: { assignment, toOn: input.toOn },
    });
    return { ...assignment, toOn: input.toOn };
  });
}
