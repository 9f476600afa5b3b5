import { Controller, Headers, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import {
  ApiHeader,
  ApiOperation,
  ApiResponse,
  ApiTags,
  Audited,
  Roles,
  ValidBody,
} from '@latido/service-host/nest';
import type { Response } from 'express';
import { ROLLBACK_SCHEMA } from '../state/query-schemas';
import { etagOf, type VersionView } from '../state/version-view';
import { rollbackAnswer } from './rollback-answer';
import { readRollbackHeaders, requireFree } from './rollback-request';
import { Rollbacks } from './rollbacks';

/** Back to an older value, by a new version. */
@ApiTags('services')
@Controller('services/:subject/rollback')
export class RollbackController {
  constructor(@Inject(Rollbacks) private readonly rollbacks: Rollbacks) {}

  @Post()
  @HttpCode(200)
  @Roles('operator')
  @Audited('rollback')
  @ApiOperation({
    summary: 'Make a new version with the value of an old one, if the current version is still If-Match',
  })
  @ApiHeader({
    name: 'If-Match',
    required: true,
    description: 'The version that was seen as current, e.g. "7"',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Repeats with the same key are one rollback',
  })
  @ApiResponse({ status: 404, description: 'subject_unknown, version_unknown' })
  @ApiResponse({ status: 410, description: 'version_pruned: retention has removed the value' })
  @ApiResponse({ status: 412, description: 'precondition_failed: somebody was faster' })
  @ApiResponse({ status: 422, description: 'invalid_request, idempotency_key_reused' })
  @ApiResponse({ status: 428, description: 'precondition_required: If-Match is missing' })
  async rollBack(
    @Param('subject') subject: string,
    @ValidBody(ROLLBACK_SCHEMA) { toVersion }: { readonly toVersion: number },
    @Headers('if-match') ifMatch: string | undefined,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<VersionView> {
    requireFree(subject);
    const request = { subject, toVersion, ...readRollbackHeaders({ ifMatch, idempotencyKey }) };
    const made = rollbackAnswer(await this.rollbacks.rollBack(request), request);
    response.setHeader('ETag', etagOf(made));
    return made;
  }
}
