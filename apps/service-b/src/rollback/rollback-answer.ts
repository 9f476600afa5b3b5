import type { RollbackRequest, RollbackResult } from '@latido/event-commit';
import { ProblemError } from '@latido/service-host';
import { type VersionView, versionView } from '../state/version-view';

/**
 * The answer to a rollback: the version it made, now or when it was asked for the first time.
 * @throws ProblemError 412 when somebody was faster, 410 for a pruned target, 404 for what is not there, 422 for a key
 *   that belongs to another rollback.
 */
export function rollbackAnswer(
  result: RollbackResult,
  { subject, toVersion, ifMatch }: RollbackRequest,
): VersionView {
  switch (result.outcome) {
    case 'rolled_back':
    case 'already_applied':
      return versionView(result.version);
    case 'precondition_failed':
      throw new ProblemError('precondition_failed', {
        detail: `If-Match is ${ifMatch}, but ${subject} is at version ${result.headNumber} or above`,
      });
    case 'target_pruned':
      throw new ProblemError('version_pruned', {
        detail: `the value of version ${toVersion} was removed by retention`,
      });
    case 'target_absent':
      throw new ProblemError('version_unknown', { detail: `${subject} has no version ${toVersion}` });
    case 'subject_absent':
      throw new ProblemError('subject_unknown', { detail: `there is no subject "${subject}"` });
    case 'key_conflict':
    default:
      throw new ProblemError('idempotency_key_reused');
  }
}
