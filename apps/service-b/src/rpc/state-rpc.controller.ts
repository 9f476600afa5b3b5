import { Controller, Inject } from '@nestjs/common';
import { MessagePattern, Payload, RpcException } from '@nestjs/microservices';
import type { VersionedValue } from '@latido/versioned-value';
import { VERSIONED_VALUE } from '@latido/versioned-value/nest';
import { type CurrentState, currentState } from './current-state';
import { parseCurrentQuery } from './parse-current-query';

/** Answers the synchronous question of other services: what is the state of a subject now? */
@Controller()
export class StateRpcController {
  constructor(@Inject(VERSIONED_VALUE) private readonly values: VersionedValue) {}

  @MessagePattern({ cmd: 'state.current' })
  async current(@Payload() payload: unknown): Promise<CurrentState> {
    const query = parseCurrentQuery(payload);
    if ('problem' in query) throw new RpcException({ code: 'invalid_request', message: query.problem });
    return currentState(await this.values.current(query.subject));
  }
}
