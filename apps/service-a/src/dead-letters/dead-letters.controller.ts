import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ProblemError } from '@latido/service-host';
import {
  ApiBearerAuth,
  ApiOperation,
  ApiResponse,
  ApiTags,
  Audited,
  Roles,
  ValidQuery,
} from '@latido/service-host/nest';
import { DeadLetterDesk, type DeskLetter, type DeskRedrive } from './dead-letter-desk';

const limit = { type: 'integer', minimum: 1, maximum: 500, default: 100 } as const;
const listSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    queue: { enum: ['service-b-events', 'service-a-receipts'], description: 'The queue they fell out of' },
    limit: { ...limit, description: 'Letters of each queue' },
  },
} as const;
const redriveSchema = { type: 'object', additionalProperties: false, properties: { limit } } as const;

const DEFAULT_LIMIT = 100;

/** A dead letter as clients see it. */
type LetterView = Omit<DeskLetter, 'deadLetteredAtMs'> & { readonly deadLetteredAt: string };

/** A redrive as clients see it: `queue` tells the edge, `event` what became of the outbox entry. */
interface RedriveView {
  readonly id: string;
  readonly queue: string;
  readonly requestId?: string;
  readonly outcome: 'redriven' | 'failed';
  readonly event?: string;
  readonly code?: string;
  readonly detail?: string;
}

/**
 * Messages that somebody gave up, on the edges that service-a is an end of: events in the dead-letter queue of
 * `service-b-events`, receipts in that of `service-a-receipts`.
 */
@ApiTags('dead letters')
@Controller('dead-letters')
export class DeadLettersController {
  constructor(@Inject(DeadLetterDesk) private readonly desk: DeadLetterDesk) {}

  @Get()
  @ApiOperation({
    summary: 'Look at dead letters of both edges; a look hides them from other looks for a moment',
  })
  @ApiResponse({
    status: 200,
    description: '`{ items: [{ id, queue, requestId, reason, detail, body, ... }] }`',
  })
  async list(
    @ValidQuery(listSchema) query: { readonly queue?: string; readonly limit?: number },
  ): Promise<{ readonly items: readonly LetterView[] }> {
    const letters = await this.desk.list({ ...query, limit: query.limit ?? DEFAULT_LIMIT });
    return { items: letters.map(letterView) };
  }

  @Post('redrive')
  @HttpCode(200)
  @Roles('operator')
  @Audited('redrive_all_dead_letters')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Send the dead letters of both edges back to their queues' })
  @ApiResponse({
    status: 200,
    description: '`{ redriven, results: [{ id, queue, requestId, outcome, event }] }`',
  })
  async redriveAll(
    @ValidQuery(redriveSchema) query: { readonly limit?: number },
  ): Promise<{ readonly redriven: number; readonly results: readonly RedriveView[] }> {
    const results = (await this.desk.redriveAll({ limit: query.limit ?? DEFAULT_LIMIT })).flatMap(
      redriveView,
    );
    return { redriven: results.filter(({ outcome }) => outcome === 'redriven').length, results };
  }

  @Post(':id/redrive')
  @HttpCode(200)
  @Roles('operator')
  @Audited('redrive_dead_letter')
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Send one dead letter back to its queue; a failed event waits for its receipt again',
  })
  @ApiResponse({ status: 404, description: '`dead_letter_unknown`' })
  @ApiResponse({ status: 503, description: '`broker_unavailable`: it is still there' })
  async redrive(@Param('id') id: string): Promise<RedriveView> {
    const result = await this.desk.redrive(id);
    if (result.outcome === 'failed') throw new ProblemError('broker_unavailable', { detail: result.detail });
    const [view] = redriveView(result);
    if (view === undefined)
      throw new ProblemError('dead_letter_unknown', { detail: `there is no dead letter "${id}"` });
    return view;
  }
}

function letterView({ deadLetteredAtMs, ...letter }: DeskLetter): LetterView {
  return { ...letter, deadLetteredAt: new Date(deadLetteredAtMs).toISOString() };
}

function redriveView(result: DeskRedrive): readonly RedriveView[] {
  if (result.outcome === 'not_found') return [];
  const { id, queue, requestId } = result.letter;
  return [
    {
      id,
      queue,
      outcome: result.outcome,
      ...(requestId !== undefined && { requestId }),
      ...(result.outcome === 'redriven' && result.event !== undefined && { event: result.event }),
      ...(result.outcome === 'failed' && { code: result.code, detail: result.detail }),
    },
  ];
}
