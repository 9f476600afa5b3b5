import { Controller, Headers, HttpCode, Inject, Post, Res } from '@nestjs/common';
import type { Log } from '@latido/observability';
import { problemOfError, type ProblemDetails, ProblemError } from '@latido/service-host';
import {
  ApiBearerAuth,
  ApiHeader,
  ApiOperation,
  ApiResponse,
  ApiTags,
  LOG,
  requireValid,
  ValidBody,
} from '@latido/service-host/nest';
import type { Response } from 'express';
import { type AcceptAnswer, acceptOne } from './accept-answer';
import { CommandAcceptor } from './command-acceptor';
import { batchEntrySchema, batchSchema, commandSchema } from './command-schema';
import type { EventCommand } from './event-command';
import { inLanes } from './in-lanes';

/** What became of one entry of a batch. */
type EntryAnswer =
  | ({ readonly status: 202 } & { readonly event: AcceptAnswer })
  | { readonly status: number; readonly problem: ProblemDetails };

type BatchEntry = EventCommand & { readonly idempotencyKey?: string };

/** Takes commands in. */
@ApiTags('events')
@ApiBearerAuth()
@Controller('events')
export class CommandsController {
  constructor(
    @Inject(CommandAcceptor) private readonly acceptor: CommandAcceptor,
    @Inject(LOG) private readonly log: Log,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({ summary: 'Accept one event, durably; it is published in the background' })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'The same key with the same body is one event, however often it is sent',
  })
  @ApiResponse({ status: 202, description: 'Accepted: `{ id, subject, status: "pending", lamport, links }`' })
  @ApiResponse({ status: 413, description: '`body_too_large`: over 256 KB with its envelope' })
  @ApiResponse({ status: 422, description: '`invalid_request` names each field; `idempotency_key_reused`' })
  async accept(
    @ValidBody(commandSchema) command: EventCommand,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AcceptAnswer> {
    const answer = await acceptOne(this.acceptor, { command, key });
    response.location(answer.links.self);
    return answer;
  }

  @Post('batch')
  @ApiOperation({ summary: 'Accept up to 100 events; those of one subject keep their order' })
  @ApiResponse({ status: 202, description: 'All accepted: `{ results: [{ status: 202, event }] }`' })
  @ApiResponse({
    status: 207,
    description: 'Some refused: `{ results: [{ status, event | problem }] }`, in the order sent',
  })
  async acceptBatch(
    @ValidBody(batchSchema) { events }: { readonly events: readonly unknown[] },
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ readonly results: readonly EntryAnswer[] }> {
    if (key !== undefined)
      throw new ProblemError('invalid_request', {
        detail: 'a batch takes no Idempotency-Key: give each entry its own idempotencyKey',
      });
    const results = await inLanes(events, subjectOf, async (entry) => this.acceptEntry(entry));
    response.status(results.every(({ status }) => status === 202) ? 202 : 207);
    return { results };
  }

  private async acceptEntry(entry: unknown): Promise<EntryAnswer> {
    try {
      requireValid(batchEntrySchema, entry);
      const { idempotencyKey: key, ...command } = entry as BatchEntry;
      return { status: 202, event: await acceptOne(this.acceptor, { command, key }) };
    } catch (error) {
      const problem = problemOfError(error);
      if (problem.status >= 500)
        this.log.error({ event: 'entry_failed', code: problem.code, err: error }, problem.title);
      return { status: problem.status, problem };
    }
  }
}

/** The lane of an entry; what has no subject will be refused in any lane. */
function subjectOf(entry: unknown): string {
  const hasSubject = typeof entry === 'object' && entry !== null && 'subject' in entry;
  return hasSubject ? String(entry.subject) : '';
}
